package org.junitsandbox.shell;

import org.junitsandbox.spec.Base;
import org.junitsandbox.spec.SandboxSpec;

/** Names the image of a spec in messages. */
final class ImageDescription {

    private ImageDescription() {}

    /** Returns for example {@code image debian:bookworm-slim with setup}. */
    static String of(SandboxSpec spec) {
        String base = spec.base() instanceof Base.Image image
                ? "image " + image.name()
                : "Dockerfile " + ((Base.Dockerfile) spec.base()).path();
        return base + (spec.setup().isEmpty() ? "" : " with setup");
    }
}
