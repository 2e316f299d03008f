package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;

/**
 * Has the engine ask the registry of an image's name for the image, without a pull. docker-java has no such call.
 *
 * <p>Source: Docker's HTTP API, {@code GET /distribution/{name}/json}. Podman has no such path, and so never finds one.
 */
final class RegistryQuery {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private static final String REMEDY =
            "\nCheck the registry's name, that it can be reached, and its credentials (docker login).";

    private final DockerHttpClient http;
    private final String name;

    /** An answer of the engine. */
    private record Answer(int status, String body) {}

    /**
     * @param name with a tag
     */
    RegistryQuery(DockerHttpClient http, String name) {
        this.http = http;
        this.name = name;
    }

    /** Returns the image's name with its digest; empty if it is not there. */
    Optional<String> run(Duration timeout) throws EngineException {
        Optional<String> credentials = credentials();
        Answer answer = BoundedCall.interruptible(
                "ask for image " + name,
                timeout,
                BoundedCall.onLivingConnection(() -> answer(credentials)));
        return switch (answer.status()) {
            case OK -> Optional.of(name.substring(0, name.lastIndexOf(':')) + "@" + digest(answer));
            case NOT_FOUND -> Optional.empty();
            // Some registries answer so where there is no such image yet, although a push would make it.
            case UNAUTHORIZED, FORBIDDEN -> {
                if (credentials.isEmpty()) {
                    throw failure(answer, REMEDY);
                }
                yield Optional.empty();
            }
            default -> throw failure(answer, REMEDY);
        };
    }

    private Optional<String> credentials() throws EngineException {
        try {
            return RegistryCredentials.ofThisProcess().header(name);
        } catch (IOException e) {
            throw new EngineException(Fault.IMAGE, "The credentials for image " + name + ": " + e.getMessage(), e);
        }
    }

    private Answer answer(Optional<String> credentials) throws IOException {
        DockerHttpClient.Request.Builder request = DockerHttpClient.Request.builder()
                .method(DockerHttpClient.Request.Method.GET)
                .path("/distribution/" + name + "/json");
        credentials.ifPresent(header -> request.putHeader("X-Registry-Auth", header));
        try (DockerHttpClient.Response response = http.execute(request.build())) {
            return new Answer(
                    response.getStatusCode(),
                    new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private String digest(Answer answer) throws EngineException {
        try {
            if (JsonReader.at(JsonReader.read(answer.body()), "Descriptor", "digest") instanceof String digest) {
                return digest;
            }
        } catch (IllegalArgumentException e) {
            throw failure(answer, " (" + e.getMessage() + ")");
        }
        throw failure(answer, "");
    }

    private EngineException failure(Answer answer, String remedy) {
        return new EngineException(
                Fault.IMAGE,
                "The engine could not ask for image " + name + ": " + BoundedCall.message(answer.body()) + " (status "
                        + answer.status() + ")" + remedy,
                null);
    }
}
