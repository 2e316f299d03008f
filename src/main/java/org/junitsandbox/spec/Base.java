package org.junitsandbox.spec;

import java.nio.file.Path;
import java.util.Objects;
import org.junitsandbox.internal.text.SourceText;

/**
 * What a sandbox starts from.
 *
 * @since 0.1
 */
public sealed interface Base {

    /**
     * An image known by name.
     *
     * @param name as an engine takes it: {@code debian:bookworm-slim}, {@code registry.example/tool@sha256:…}
     * @param pullPolicy when the image is pulled; {@link PullPolicy#DEFAULT} becomes {@link PullPolicy#MISSING}
     */
    record Image(String name, PullPolicy pullPolicy) implements Base {
        /**
         * Makes a base of an image's name.
         *
         * @param name must not be blank
         * @param pullPolicy when the image is pulled
         */
        public Image {
            SourceText.checkNotBlank(name, "The image's name", "for example \"debian:bookworm-slim\"");
            pullPolicy = Objects.requireNonNull(pullPolicy) == PullPolicy.DEFAULT ? PullPolicy.MISSING : pullPolicy;
        }
    }

    /**
     * An image built from a Dockerfile, once for its contents and those of its folder.
     *
     * @param path the Dockerfile; its folder is the build's context
     */
    record Dockerfile(Path path) implements Base {
        /**
         * Makes a base of a Dockerfile.
         *
         * @param path becomes absolute
         */
        public Dockerfile {
            path = path.toAbsolutePath().normalize();
        }
    }
}
