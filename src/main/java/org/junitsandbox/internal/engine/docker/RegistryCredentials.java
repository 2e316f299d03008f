package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * The credentials of registries, where {@code docker login} keeps them: in a credential helper's store or in the file
 * {@code config.json}, which the environment variable {@code DOCKER_AUTH_CONFIG} can take the place of.
 */
final class RegistryCredentials {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryCredentials.class);

    /** The name under which Docker Hub's credentials are kept. */
    private static final String HUB = "https://index.docker.io/v1/";

    /** What a helper answers instead of a user name, if the secret is a token. */
    private static final String TOKEN = "<token>";

    private static final int HELPER_TIMEOUT_SECONDS = 60;

    private final @Nullable Object config;
    private final String helperPrefix;

    /**
     * @param config the settings as text; empty for none
     * @param helperPrefix what a helper's name begins with, in the path of its program
     */
    RegistryCredentials(Optional<String> config, String helperPrefix) throws IOException {
        try {
            this.config = config.isEmpty() ? null : JsonReader.read(config.get());
        } catch (IllegalArgumentException e) {
            throw new IOException("the credentials of registries are " + e.getMessage(), e);
        }
        this.helperPrefix = helperPrefix;
    }

    /** The credentials of the user of this process. */
    static RegistryCredentials ofThisProcess() throws IOException {
        String variable = System.getenv("DOCKER_AUTH_CONFIG");
        String folder = System.getenv("DOCKER_CONFIG");
        Path file = (folder == null || folder.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".docker")
                        : Path.of(folder))
                .resolve("config.json");
        Optional<String> config = variable != null
                ? Optional.of(variable)
                : Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        return new RegistryCredentials(config, "docker-credential-");
    }

    /**
     * Returns the credentials for an image.
     *
     * @param registry the registry's host as the image's name has it; empty for Docker Hub
     * @throws IOException if a helper fails
     */
    Optional<AuthConfig> of(String registry) throws IOException {
        String key = isHub(registry) ? HUB : registry;
        Object helper = JsonReader.at(config, "credHelpers", isHub(registry) ? "docker.io" : registry);
        if (helper == null) {
            helper = JsonReader.at(config, "credHelpers", key);
        }
        if (helper == null) {
            helper = JsonReader.at(config, "credsStore");
        }
        Optional<AuthConfig> stored =
                helper instanceof String name && !name.isBlank() ? ask(name, key) : Optional.empty();
        return stored.isPresent() ? stored : inFile(key);
    }

    /** Returns the registry's host in an image's name; empty for Docker Hub. */
    static String registry(String image) {
        return Objects.requireNonNullElse(DockerImageName.parse(image).getRegistry(), "");
    }

    /** Returns the credentials for an image's registry, as the header of a request has them; empty for none. */
    Optional<String> header(String image) throws IOException {
        return of(registry(image)).map(RegistryCredentials::json).map(RegistryCredentials::base64);
    }

    /** Returns the credentials for images, as the header of a build has them. */
    String encoded(Collection<String> images) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        for (String image : images) {
            String registry = registry(image);
            Optional<AuthConfig> found = of(registry);
            if (found.isPresent()) {
                all.put(isHub(registry) ? HUB : registry, json(found.get()));
            }
        }
        String json = all.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        return base64(json);
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(AuthConfig credentials) {
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        members.put("username", credentials.getUsername());
        members.put("password", credentials.getPassword());
        members.put("identitytoken", credentials.getIdentitytoken());
        members.put("serveraddress", credentials.getRegistryAddress());
        return members.entrySet().stream()
                .filter(member -> member.getValue() != null)
                .map(member -> quoted(member.getKey()) + ":" + quoted(String.valueOf(member.getValue())))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Returns a string of JSON, in ASCII. */
    private static String quoted(String text) {
        return text.chars()
                .mapToObj(c -> c < ' ' || c > '~' || c == '"' || c == '\\'
                        ? String.format("\\u%04x", c)
                        : String.valueOf((char) c))
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static boolean isHub(String registry) {
        return registry.isEmpty() || registry.equals("docker.io") || registry.equals("index.docker.io");
    }

    private Optional<AuthConfig> inFile(String key) {
        if (!(JsonReader.at(config, "auths") instanceof Map<?, ?> all)) {
            return Optional.empty();
        }
        for (Map.Entry<?, ?> entry : all.entrySet()) {
            String server = String.valueOf(entry.getKey());
            if (server.equals(key) || server.endsWith("://" + key)) {
                return credentials(entry.getValue(), server);
            }
        }
        return Optional.empty();
    }

    private static Optional<AuthConfig> credentials(@Nullable Object entry, String server) {
        AuthConfig credentials = new AuthConfig().withRegistryAddress(server);
        String token = text(entry, "identitytoken");
        if (!token.isEmpty()) {
            credentials.withIdentityToken(token);
        }
        String both = new String(Base64.getMimeDecoder().decode(text(entry, "auth")), StandardCharsets.UTF_8);
        int colon = both.indexOf(':');
        String user = colon < 0 ? text(entry, "username") : both.substring(0, colon);
        String password = colon < 0 ? text(entry, "password") : both.substring(colon + 1);
        if (!user.isEmpty()) {
            credentials.withUsername(user).withPassword(password);
        }
        return user.isEmpty() && token.isEmpty() ? Optional.empty() : Optional.of(credentials);
    }

    private static String text(@Nullable Object value, String name) {
        return JsonReader.at(value, name) instanceof String text ? text : "";
    }

    /** Asks a helper. One that has nothing fails, with an answer that says so. */
    private Optional<AuthConfig> ask(String helper, String server) throws IOException {
        String program = helperPrefix + helper;
        Process process = new ProcessBuilder(program, "get")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            send(process, server);
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(HELPER_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(program + " does not end");
            }
            if (process.exitValue() != 0) {
                if (answer.contains("credentials not found")) {
                    return Optional.empty();
                }
                throw new IOException(program + " failed with exit code " + process.exitValue() + ": "
                        + answer.strip());
            }
            return stored(JsonReader.read(answer), server);
        } catch (IllegalArgumentException e) {
            throw new IOException(program + " gave an answer that is " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + program, e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static void send(Process helper, String server) {
        try (OutputStream input = helper.getOutputStream()) {
            input.write(server.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debug("A credential helper has not read which server is asked for", e);
        }
    }

    private static Optional<AuthConfig> stored(@Nullable Object answer, String server) {
        String user = text(answer, "Username");
        String secret = text(answer, "Secret");
        AuthConfig credentials = new AuthConfig().withRegistryAddress(server);
        return Optional.of(
                user.equals(TOKEN)
                        ? credentials.withIdentityToken(secret)
                        : credentials.withUsername(user).withPassword(secret));
    }
}
