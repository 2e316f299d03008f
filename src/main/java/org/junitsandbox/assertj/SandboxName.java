package org.junitsandbox.assertj;

import org.junitsandbox.spec.SandboxSpec;

/** Names a sandbox for messages, by what it was made from. */
final class SandboxName {

    private SandboxName() {}

    static String of(SandboxSpec.Base base) {
        return base instanceof SandboxSpec.Image named
                ? named.name()
                : ((SandboxSpec.Dockerfile) base).path().toString();
    }
}
