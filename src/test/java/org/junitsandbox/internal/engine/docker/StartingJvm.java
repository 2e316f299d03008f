package org.junitsandbox.internal.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Container;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junitsandbox.harness.ChildJvm;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.OwnLabels;

/** A child JVM that starts one container after the other, until it is ended as by Ctrl-C. */
record StartingJvm(String session) {

    /** Starts a JVM, and ends it so long after it has begun to start containers. */
    static StartingJvm run(long millis) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(ChildJvm.commandLine(List.of(), StartingJvm.class))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String session = output.readLine();
            assertThat(output.readLine()).isEqualTo("started");
            Thread.sleep(millis);
            process.destroy();
            process.waitFor();
            return new StartingJvm(session);
        }
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws EngineException {
        System.out.println(OwnLabels.SESSION_ID);
        ContainerEngine engine = TestEngine.engine();
        for (int thread = 0; thread < 3; thread++) {
            new Thread(() -> {
                try {
                    while (true) {
                        engine.start(TestEngine.config("cat")).close();
                        System.out.println("started");
                    }
                } catch (EngineException e) {
                    // The JVM is about to end.
                }
            }).start();
        }
    }

    /** Returns what is left of its containers. */
    List<String> containers() {
        return TestEngine.CLIENT.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(OwnLabels.SESSION, session))
                .exec()
                .stream()
                .map(Container::getId)
                .toList();
    }
}
