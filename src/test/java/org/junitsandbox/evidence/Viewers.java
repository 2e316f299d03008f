package org.junitsandbox.evidence;

import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** A sandbox with Debian's programs that show what is written, unmodified. */
final class Viewers {

    static final SandboxSpec SPEC = SandboxSpec.of("debian:bookworm-slim")
            .setup("apt-get update", "apt-get install -y --no-install-recommends asciinema chromium")
            .limits(ResourceLimits.DEFAULT
                    .memory("2GiB")
                    .work("256MiB")
                    .tmp("256MiB")
                    .processes(512)
                    .cpus(2)
                    .commandTime("5m"));

    private Viewers() {}
}
