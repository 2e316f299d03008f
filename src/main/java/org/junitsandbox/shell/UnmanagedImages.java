package org.junitsandbox.shell;

import org.junitsandbox.spec.Base;
import org.junitsandbox.spec.EngineChoice;
import org.junitsandbox.spec.PullPolicy;
import org.junitsandbox.spec.SandboxSpec;

/** The images of an engine without an image store, which gets them by itself: they are only known by their names. */
final class UnmanagedImages {

    private UnmanagedImages() {}

    /**
     * Returns the name of the image that the sandboxes of {@code spec} start from.
     *
     * @param engine names the engine in messages
     * @throws ImageException if the spec has a setting that needs an image store; the message names the setting and
     *     what to do instead
     */
    static String imageFor(SandboxSpec spec, String engine) {
        if (!(spec.base() instanceof Base.Image image)) {
            throw unsupported(spec, engine, "dockerfile", "cannot build images", "`image`");
        }
        if (!spec.setup().isEmpty()) {
            throw unsupported(spec, engine, "setup", "cannot make images of containers", "`image`, without `setup`");
        }
        if (image.pullPolicy() != PullPolicy.MISSING) {
            throw new ImageException(
                    "No image for a sandbox from " + ImageDescription.of(spec) + ": `pullPolicy` is "
                            + image.pullPolicy() + ", and " + engine + " decides by itself when it pulls an image. Set"
                            + " it to MISSING.",
                    null);
        }
        return image.name();
    }

    private static ImageException unsupported(
            SandboxSpec spec, String engine, String setting, String lack, String instead) {
        return new ImageException(
                "No image for a sandbox from " + ImageDescription.of(spec) + ": `" + setting + "` is set, and " + engine
                        + " " + lack + ". Build the image elsewhere, push it to a registry that the engine pulls from,"
                        + " and set its name as " + instead + "; or set " + EngineChoice.REGISTRY_PROPERTY
                        + ", for a Docker engine to do that.",
                null);
    }
}
