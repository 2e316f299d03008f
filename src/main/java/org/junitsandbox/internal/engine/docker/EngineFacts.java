package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an engine reports of itself. docker-java is not asked for it: its class for the answer takes a tenth of a second
 * to load.
 */
final class EngineFacts {

    private static final int OK = 200;

    private final @Nullable Object answer;

    private EngineFacts(@Nullable Object answer) {
        this.answer = answer;
    }

    /** Reads the answer of an engine. */
    static EngineFacts of(String json) throws IOException {
        try {
            return new EngineFacts(JsonReader.read(json));
        } catch (IllegalArgumentException e) {
            throw new IOException("its facts are no JSON (" + e.getMessage() + ")", e);
        }
    }

    /** Asks an engine. */
    static EngineFacts ask(DockerHttpClient http) throws IOException {
        Request request =
                Request.builder().method(Request.Method.GET).path("/info").build();
        try (Response response = http.execute(request)) {
            String body = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            if (response.getStatusCode() != OK) {
                throw new IOException(
                        "it refuses to report its facts: status " + response.getStatusCode() + ", "
                                + BoundedCall.message(body));
            }
            return of(body);
        }
    }

    private @Nullable String text(String name) {
        Object value = JsonReader.at(answer, name);
        return value == null ? null : value.toString();
    }

    /** The version of its server, for messages. */
    String version() {
        return Objects.requireNonNullElse(text("ServerVersion"), "of unknown version");
    }

    /** The OCI runtime that it uses unless another one is asked for; null if it does not report it. */
    @Nullable String defaultRuntime() {
        return text("DefaultRuntime");
    }

    /** The number of its CPUs, at least 1. */
    int cpus() {
        String cpus = text("NCPU");
        return cpus != null && cpus.matches("[1-9]\\d{0,8}") ? Integer.parseInt(cpus) : 1;
    }

    /** Its time; null if it does not report it. */
    @Nullable String time() {
        return text("SystemTime");
    }

    /** Whether its containers are those of Windows. */
    boolean isWindows() {
        return "windows".equals(text("OSType"));
    }

    /**
     * Whether it can pause a container. A rootless Podman has no control groups of version 1, with which it would do
     * that, and refuses to try.
     */
    boolean canPause() {
        return !(Boolean.TRUE.equals(JsonReader.at(answer, "Rootless")) && "1".equals(text("CgroupVersion")));
    }
}
