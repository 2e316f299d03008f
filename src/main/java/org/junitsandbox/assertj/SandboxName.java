package org.junitsandbox.assertj;

import org.junitsandbox.spec.Base;

/** Names a sandbox for messages, by what it was made from. */
final class SandboxName {

    private SandboxName() {}

    static String of(Base base) {
        return base instanceof Base.Image named
                ? named.name()
                : ((Base.Dockerfile) base).path().toString();
    }
}
