package org.junitsandbox.internal.engine.docker;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where engines listen that nobody has named, in Testcontainers' order. */
final class UsualSockets {

    private static final Path SYSTEM = Path.of("/var/run/docker.sock");

    private static final URI WINDOWS = URI.create("npipe:////./pipe/docker_engine");

    private final EngineSettings settings;
    private final String operatingSystem;

    /**
     * @param operatingSystem the name that the Java platform has for it
     */
    UsualSockets(EngineSettings settings, String operatingSystem) {
        this.settings = settings;
        this.operatingSystem = operatingSystem;
    }

    /** Returns the addresses of the sockets that exist, and that of the system's engine in any case. */
    List<URI> addresses() {
        if (operatingSystem.startsWith("Windows")) {
            return List.of(WINDOWS);
        }
        if (!isLinux() && !operatingSystem.startsWith("Mac")) {
            return List.of();
        }
        Path home = settings.home().resolve(".docker");
        Set<Path> sockets = new LinkedHashSet<>();
        // Testcontainers notes which of its own ways it has found an engine by, and tries that first.
        if (settings.remembers("UnixSocketClientProviderStrategy")) {
            sockets.add(SYSTEM);
        }
        if (isLinux()) {
            runtimeFolders().forEach(folder -> sockets.add(folder.resolve("docker.sock")));
            sockets.add(home.resolve("run/docker.sock"));
        }
        sockets.add(SYSTEM);
        sockets.add(home.resolve("desktop/docker.sock"));
        sockets.add(home.resolve("run/docker.sock"));
        return sockets.stream()
                .filter(socket -> socket.equals(SYSTEM) || Files.exists(socket))
                .map(UsualSockets::address)
                .toList();
    }

    /** Returns the address of a Podman that listens; Testcontainers does not look for it. */
    Optional<URI> podman() {
        return Stream.concat(runtimeFolders().stream(), Stream.of(Path.of("/run")))
                .map(folder -> folder.resolve("podman/podman.sock"))
                .filter(socket -> isLinux() && Files.exists(socket))
                .findFirst()
                .map(UsualSockets::address);
    }

    private boolean isLinux() {
        return operatingSystem.startsWith("Linux");
    }

    /** The folders in which a user's own daemons have their sockets. */
    private List<Path> runtimeFolders() {
        List<Path> folders = new ArrayList<>();
        settings.variable("XDG_RUNTIME_DIR").map(Path::of).ifPresent(folders::add);
        try {
            folders.add(Path.of("/run/user/" + Files.getAttribute(Path.of("/proc/self"), "unix:uid")));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // Where there is no /proc, nothing else shows the user's number: XDG_RUNTIME_DIR has to do.
            return folders;
        }
        return folders;
    }

    private static URI address(Path socket) {
        return URI.create("unix://" + socket.toUri().getRawPath());
    }
}
