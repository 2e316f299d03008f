package org.junitsandbox.internal.engine.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a user can name an engine with: environment variables, {@code ~/.testcontainers.properties}, a class on the
 * class path, the context of the docker program.
 */
final class EngineSettings {

    private final Map<String, String> environment;
    private final Path home;
    private final Path propertiesFile;
    private final Properties properties;

    /**
     * Reads the settings.
     *
     * @param home the user's home directory
     */
    EngineSettings(Map<String, String> environment, Path home) throws UnreachableException {
        this.environment = environment;
        this.home = home;
        this.propertiesFile = home.resolve(".testcontainers.properties");
        this.properties = read(propertiesFile);
    }

    private static Properties read(Path file) throws UnreachableException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (InputStream stream = Files.newInputStream(file)) {
                properties.load(stream);
            } catch (IOException | IllegalArgumentException e) {
                throw UnreachableException.unreadable(file, e);
            }
        }
        return properties;
    }

    Path home() {
        return home;
    }

    /** The value of an environment variable that is set and not blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** Whether Testcontainers has noted that it found its engine by one of its own classes. */
    boolean remembers(String strategy) {
        return property("docker.client.strategy").filter(type -> type.endsWith("." + strategy)).isPresent();
    }

    /**
     * Returns the engine that the user names, by the first of the means above that names one.
     *
     * @return the engine, whether it answers or not; empty if nothing names one
     */
    Optional<NamedEngine> named() throws UnreachableException {
        Optional<NamedEngine> byEnvironment = byVariable();
        if (byEnvironment.isPresent() || variable("DOCKER_CONTEXT").isPresent()) {
            return byEnvironment;
        }
        Optional<NamedEngine> byProperties = byProperty();
        if (byProperties.isPresent()) {
            return byProperties;
        }
        Optional<NamedEngine> byClassPath = EngineStrategy.onClassPath();
        return byClassPath.isPresent() ? byClassPath : DockerContext.current(dockerConfig());
    }

    private Optional<NamedEngine> byVariable() throws UnreachableException {
        Optional<String> host = variable("DOCKER_HOST");
        if (host.isPresent()) {
            return Optional.of(
                    new EngineAddress("DOCKER_HOST", host.get(), certificates(), "correct or remove DOCKER_HOST"));
        }
        Optional<String> context = variable("DOCKER_CONTEXT");
        if (context.isPresent()) {
            return new DockerContext(dockerConfig(), context.get(), "DOCKER_CONTEXT").engine();
        }
        for (String name : List.of("TESTCONTAINERS_DOCKER_CLIENT_STRATEGY", "DOCKER_CLIENT_STRATEGY")) {
            Optional<String> type = variable(name);
            if (type.isPresent()) {
                return Optional.of(new EngineStrategy(name, type.get().strip()));
            }
        }
        return Optional.empty();
    }

    private Optional<NamedEngine> byProperty() {
        for (String key : List.of("tc.host", "docker.host")) {
            Optional<String> address = property(key);
            if (address.isPresent()) {
                return Optional.of(new EngineAddress(
                        key + " in " + propertiesFile,
                        address.get(),
                        certificates(),
                        "correct or remove that line, or set DOCKER_HOST"));
            }
        }
        return property("docker.client.strategy")
                .filter(type -> !EngineStrategy.isOfTestcontainers(type))
                .map(type -> new EngineStrategy(propertiesFile.toString(), type.strip()));
    }

    /** Returns the folder of the files for TLS, as set for Testcontainers; null if TLS is not asked for. */
    private @Nullable Path certificates() {
        String verify = setting("docker.tls.verify").orElse("").strip();
        if (!verify.equals("1") && !verify.equalsIgnoreCase("true")) {
            return null;
        }
        return setting("docker.cert.path").map(Path::of).orElseGet(this::dockerConfig);
    }

    private Path dockerConfig() {
        return variable("DOCKER_CONFIG").map(Path::of).orElseGet(() -> home.resolve(".docker"));
    }

    private Optional<String> setting(String property) {
        return variable(property.replace('.', '_').toUpperCase(Locale.ROOT)).or(() -> property(property));
    }

    private Optional<String> property(String name) {
        return Optional.ofNullable(properties.getProperty(name)).filter(value -> !value.isBlank());
    }
}
