package org.junitsandbox.internal.engine.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A context of the docker program: an engine under a name.
 *
 * @param config the folder of the program's settings
 * @param name the context's name
 * @param chosenBy what chooses it, for messages
 */
record DockerContext(Path config, String name, String chosenBy) {

    /** The context that stands for no choice. */
    private static final String DEFAULT = "default";

    private static final String CORRECTION =
            "choose another context (`docker context ls` lists them, `docker context use` chooses), or set DOCKER_HOST";

    /** Returns the engine of the context that {@code docker context use} has chosen; empty if none was chosen. */
    static Optional<NamedEngine> current(Path config) throws UnreachableException {
        Path file = config.resolve("config.json");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Object context = JsonReader.at(read(file), "currentContext");
        return context instanceof String name && !name.isBlank()
                ? new DockerContext(config, name, file.toString()).engine()
                : Optional.empty();
    }

    /** Returns the engine of the context; empty for the default context, which names none. */
    Optional<NamedEngine> engine() throws UnreachableException {
        if (name.equals(DEFAULT)) {
            return Optional.empty();
        }
        Path file = folder("meta").resolve("meta.json");
        if (!Files.exists(file)) {
            throw unusable("does not exist: there is no " + file);
        }
        Object host = JsonReader.at(read(file), "Endpoints", "docker", "Host");
        if (!(host instanceof String address) || address.isBlank()) {
            throw unusable("has no engine's address in " + file);
        }
        Path certificates = folder("tls").resolve("docker");
        return Optional.of(new EngineAddress(
                description(), address, Files.isDirectory(certificates) ? certificates : null, CORRECTION));
    }

    private String description() {
        return "The docker context \"" + name + "\" (set by " + chosenBy + ")";
    }

    private UnreachableException unusable(String finding) {
        return new UnreachableException(description() + " " + finding, "To name an engine, " + CORRECTION + ".", null);
    }

    private Path folder(String kind) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return config.resolve("contexts").resolve(kind).resolve(HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static @Nullable Object read(Path file) throws UnreachableException {
        try {
            return JsonReader.read(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            throw UnreachableException.unreadable(file, e);
        }
    }
}
