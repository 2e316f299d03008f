package org.junitsandbox.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.EnumReader;
import org.junitsandbox.internal.text.SourceText;

/**
 * What a sandbox is: its image, what its commands may do, and how much they may use. Immutable; the methods of a
 * setting's name return a changed copy. Equal specs give interchangeable sandboxes.
 *
 * @param base the image to start from
 * @param setup shell commands that add to the image, as root and with network; they run once for as long as the image
 *     made by them exists. They are trusted.
 * @param setupNetwork the network of the set-up commands and of a Dockerfile's, or null for the engine's default; not
 *     part of what the image is known by
 * @param profile what commands may do
 * @param limits how much they may use
 * @param shell the shell program, an absolute path in the image
 * @param environment environment variables of every command
 * @param runtime the OCI runtime's name, for example {@code "runsc"}, or null for the engine's default
 * @param limitCheck what to do about a limit that does not hold
 * @since 0.1
 */
public record SandboxSpec(
        Base base,
        List<String> setup,
        @Nullable String setupNetwork,
        Profile profile,
        ResourceLimits limits,
        String shell,
        Map<String, String> environment,
        @Nullable String runtime,
        LimitCheck limitCheck) {

    /** The system property that says which network set-up commands use where a spec does not. */
    public static final String SETUP_NETWORK_PROPERTY = "sandbox.setup.network";

    /**
     * The system property that says what to do about a limit that does not hold where a spec does not: {@code warn},
     * say.
     */
    public static final String LIMIT_CHECK_PROPERTY = "sandbox.limits";

    /** The image to start from. */
    public sealed interface Base {}

    /**
     * An image known by name.
     *
     * @param name as an engine takes it: {@code debian:bookworm-slim}, {@code registry.example/tool@sha256:…}
     */
    public record Image(String name, PullPolicy pullPolicy) implements Base {
        public Image {
            Objects.requireNonNull(pullPolicy, "pullPolicy");
            if (name.isBlank()) {
                throw new IllegalArgumentException(
                        "The image's name is blank: expected for example \"debian:bookworm-slim\"");
            }
        }
    }

    /**
     * An image built from a Dockerfile, once for its contents and those of its folder.
     *
     * @param path the Dockerfile; its folder is the build's context
     */
    public record Dockerfile(Path path) implements Base {
        public Dockerfile {
            path = path.toAbsolutePath().normalize();
        }
    }

    public SandboxSpec {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(limitCheck, "limitCheck");
        setup = List.copyOf(setup);
        setup.forEach(command -> SourceText.check(command, "A setup command"));
        environment = Map.copyOf(environment);
        environment.forEach(SourceText::checkVariable);
        if (!shell.startsWith("/")) {
            throw new IllegalArgumentException(
                    "The shell is \"" + shell + "\": expected an absolute path, for example \"/bin/bash\"");
        }
    }

    /** A sandbox from an image that is pulled when it is missing. */
    public static SandboxSpec of(String image) {
        return of(new Image(image, PullPolicy.MISSING));
    }

    /** A sandbox from a Dockerfile; the folder that holds it is the build's context. */
    public static SandboxSpec ofDockerfile(Path dockerfile) {
        return of(new Dockerfile(dockerfile));
    }

    public static SandboxSpec of(Base base) {
        return new SandboxSpec(
                base,
                List.of(),
                System.getProperty(SETUP_NETWORK_PROPERTY),
                Profile.UNTRUSTED,
                ResourceLimits.DEFAULT,
                "/bin/sh",
                Map.of(),
                null,
                defaultLimitCheck());
    }

    /** Adds set-up commands after those there are. */
    public SandboxSpec setup(String... commands) {
        List<String> all = new ArrayList<>(setup);
        all.addAll(List.of(commands));
        return new SandboxSpec(base, all, setupNetwork, profile, limits, shell, environment, runtime, limitCheck);
    }

    public SandboxSpec setupNetwork(@Nullable String network) {
        return new SandboxSpec(base, setup, network, profile, limits, shell, environment, runtime, limitCheck);
    }

    public SandboxSpec profile(Profile changed) {
        return new SandboxSpec(base, setup, setupNetwork, changed, limits, shell, environment, runtime, limitCheck);
    }

    public SandboxSpec limits(ResourceLimits changed) {
        return new SandboxSpec(base, setup, setupNetwork, profile, changed, shell, environment, runtime, limitCheck);
    }

    /**
     * Chooses the shell.
     *
     * @param program an absolute path in the image, for example {@code "/bin/bash"}
     */
    public SandboxSpec shell(String program) {
        return new SandboxSpec(base, setup, setupNetwork, profile, limits, program, environment, runtime, limitCheck);
    }

    /** Sets one environment variable of every command. */
    public SandboxSpec environment(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put(name, value);
        return new SandboxSpec(base, setup, setupNetwork, profile, limits, shell, all, runtime, limitCheck);
    }

    public SandboxSpec runtime(@Nullable String name) {
        return new SandboxSpec(base, setup, setupNetwork, profile, limits, shell, environment, name, limitCheck);
    }

    /** Chooses what to do about a limit that does not hold; {@link LimitCheck#REQUIRE} where nothing is said. */
    public SandboxSpec limitCheck(LimitCheck changed) {
        return new SandboxSpec(base, setup, setupNetwork, profile, limits, shell, environment, runtime, changed);
    }

    private static LimitCheck defaultLimitCheck() {
        String name = System.getProperty(LIMIT_CHECK_PROPERTY, LimitCheck.REQUIRE.name());
        try {
            return EnumReader.read(name.strip(), EnumSet.allOf(LimitCheck.class));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("System property " + LIMIT_CHECK_PROPERTY + ": " + e.getMessage(), e);
        }
    }
}
