package org.junitsandbox.shell.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.Shell;

/** Commands of several threads at once, in a shell for each and in one shell. */
class ConcurrentCommandsIT {

    @Test
    void separatesTheOutputOfEightThreadsWithAShellEach() throws Exception {
        List<ShellKind> kinds = List.of(ShellKind.values());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> outputs = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                String name = "thread " + thread;
                ShellKind kind = kinds.get(thread % kinds.size());
                outputs.add(threads.submit(() -> runMany(kind, name)));
            }
            for (int thread = 0; thread < 8; thread++) {
                assertThat(outputs.get(thread).get()).isEqualTo(("thread " + thread + "\n").repeat(200));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static String runMany(ShellKind kind, String name) {
        StringBuilder output = new StringBuilder();
        try (Shell shell = Shell.open(kind.spec())) {
            for (int i = 0; i < 200; i++) {
                output.append(shell.run("echo " + name).stdout());
            }
        }
        return output.toString();
    }

    @Test
    void letsEightThreadsOnOneShellTakeTurns() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Shell shell = Shell.open(ShellKind.DASH.spec())) {
            List<Future<String>> outputs = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                String text = "echo start " + thread + "; sleep 0.01; echo end " + thread;
                outputs.add(threads.submit(() -> shell.run(text).stdout()));
            }
            for (int thread = 0; thread < 8; thread++) {
                assertThat(outputs.get(thread).get()).isEqualTo("start " + thread + "\nend " + thread + "\n");
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
