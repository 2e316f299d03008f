package org.junitsandbox.internal.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.BuildContext;

/** One request to build an image. Another thread may close it: then the engine stops building. */
final class BuildRequest implements Closeable {

    private static final int OK = 200;

    private final DockerHttpClient http;
    private final String path;
    private final String credentials;
    private final BuildContextStream archive;
    private volatile DockerHttpClient.@Nullable Response response;
    private volatile boolean closed;

    /**
     * @param credentials those of registries, as the API has them
     */
    BuildRequest(DockerHttpClient http, BuildContext context, String path, String credentials) throws IOException {
        this.http = http;
        this.path = path;
        this.credentials = credentials;
        this.archive = new BuildContextStream(context);
    }

    /** Sends it and returns the image's id. */
    String send(BuildOutput output) throws IOException {
        try (DockerHttpClient.Response answer = execute();
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(answer.getBody(), StandardCharsets.UTF_8))) {
            response = answer;
            if (closed) {
                throw new IOException("the build was ended");
            }
            if (answer.getStatusCode() != OK) {
                throw new IOException(BoundedCall.message(lines.lines().collect(Collectors.joining("\n"))));
            }
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    output.add(line);
                }
            }
        }
        if (output.error().isPresent()) {
            throw new IOException(output.error().get().strip());
        }
        return output.id().orElseThrow(() -> new IOException("its answer names no image"));
    }

    private DockerHttpClient.Response execute() throws IOException {
        try {
            return http.execute(DockerHttpClient.Request.builder()
                    .method(DockerHttpClient.Request.Method.POST)
                    .path(path)
                    .putHeader("Content-Type", "application/x-tar")
                    .putHeader("X-Registry-Config", credentials)
                    .body(archive)
                    .build());
        } catch (RuntimeException e) {
            IOException broken = archive.failure();
            throw broken != null ? broken : new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        archive.close();
        DockerHttpClient.Response answer = response;
        if (answer != null) {
            answer.close();
        }
    }
}
