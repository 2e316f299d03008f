package org.junitsandbox.internal.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Builds the command line with which a shell of the image becomes the supervisor of a sandbox. */
public final class Supervisor {

    private static final String START = load("start.sh");

    private static final String SCRIPT = load("supervisor.sh");

    private Supervisor() {}

    /**
     * Returns the container's command.
     *
     * @param shell the shell that runs both the supervisor and the worker, an absolute path in the image
     * @param home the directory in which a worker starts
     */
    public static List<String> commandLine(String shell, String home) {
        return List.of(shell, "-c", START, shell, home, SCRIPT);
    }

    private static String load(String name) {
        try (InputStream script = Supervisor.class.getResourceAsStream(name)) {
            if (script == null) {
                throw new IllegalStateException(name + " is missing beside " + Supervisor.class.getName());
            }
            // Without its comments: every container's configuration and process list shows it.
            return new String(script.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
