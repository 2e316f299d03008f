package org.junitsandbox.harness;

import org.junitsandbox.spec.SandboxSpec;

/** The shells that the library is tested with. */
public enum ShellKind {
    DASH("debian:bookworm-slim", "/bin/sh"),
    BASH("debian:bookworm-slim", "/bin/bash"),
    BUSYBOX("busybox:latest", "/bin/sh");

    private final String image;
    private final String program;

    ShellKind(String image, String program) {
        this.image = image;
        this.program = program;
    }

    String program() {
        return program;
    }

    public SandboxSpec spec() {
        return SandboxSpec.of(image).shell(program);
    }
}
