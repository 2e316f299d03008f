package org.junitsandbox.assertj;

import java.util.List;
import java.util.stream.Collectors;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.shell.SandboxProcess;
import org.junitsandbox.shell.StandardStream;
import org.junitsandbox.shell.StrayOutput;

/** Checks of what commands have left behind in a sandbox. */
final class LeftBehind {

    private static final int MAX_PROCESSES = 20;

    private LeftBehind() {}

    static Check noProcesses(List<SandboxProcess> processes) {
        int count = processes.size();
        String shown = processes.stream()
                .limit(MAX_PROCESSES)
                .map(process -> "\n  " + process)
                .collect(Collectors.joining());
        return Check.of(
                count == 0,
                "no process to be left",
                "but " + (count == 1 ? "1 is:" : count + " are:") + shown
                        + (count > MAX_PROCESSES ? "\n  and " + (count - MAX_PROCESSES) + " more" : ""));
    }

    static Check noOutput(StrayOutput output) {
        long bytes = output.output(StandardStream.STDOUT).totalBytes()
                + output.output(StandardStream.STDERR).totalBytes();
        return Check.of(
                output.isEmpty(),
                "no output while no command ran",
                "but background processes wrote " + Excerpt.count(bytes, "byte"));
    }

    static String report(StrayOutput output, Secrets secrets) {
        return "Stdout:  " + ResultReport.describe(output.output(StandardStream.STDOUT), secrets) + "\nStderr:  "
                + ResultReport.describe(output.output(StandardStream.STDERR), secrets);
    }
}
