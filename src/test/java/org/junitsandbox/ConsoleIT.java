package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junitsandbox.Sandbox.Flag;
import org.junitsandbox.harness.HostileText;
import org.junitsandbox.harness.Recycling;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.StandardStream;

/** What {@code sandbox.console} prints. */
@ResourceLock(Resources.SYSTEM_ERR)
class ConsoleIT {

    /** Runs a class, whose tests must succeed, and returns the lines that its sandboxes printed to stderr. */
    private static List<String> printed(Map<String, String> parameters, Class<?> type) {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            Fixtures.run(parameters, type)
                    .testEvents()
                    .assertStatistics(events -> events.started(1).succeeded(1));
        } finally {
            System.setErr(before);
        }
        return printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("[" + type.getName()))
                .toList();
    }

    private static String name(Class<?> type, String rest) {
        return "[" + type.getName() + " " + rest + "] ";
    }

    @Sandbox(image = "busybox")
    static class Usual {
        @Test
        void runs(Shell shell) {
            shell.run("echo one; echo two >&2\nprintf three; exit 3");
            shell.run(Command.of("true").environment("A", "1"));
            shell.copyInText("text", "file");
            shell.note("half way");
            shell.reset();
        }
    }

    @Test
    void showsCommandsTheirOutputAndHowTheyEnded() {
        List<String> lines = printed(Map.of(SandboxParameters.CONSOLE, "true"), Usual.class);
        String name = name(Usual.class, "runs(Shell)");

        assertThat(lines).allSatisfy(line -> assertThat(line).startsWith(name));
        List<String> texts = lines.stream()
                .map(line -> line.substring(name.length()).replaceAll("after [0-9.]+ m?s", "after TIME"))
                .toList();
        assertThat(texts)
                .filteredOn(text -> !text.equals("ERR | two"))
                .containsExactly(
                        "$ echo one; echo two >&2",
                        "> printf three; exit 3",
                        "out | one",
                        "out | three",
                        "ended its shell with code 3, after TIME, in /work",
                        "$ true",
                        "  with environment A=1",
                        "exited with code 0, after TIME, in /work",
                        "copy in: 4 bytes to file: done, after TIME",
                        "# half way",
                        "reset to a clean container: done, after TIME");
        // The order of the two streams is not known.
        assertThat(texts.indexOf("ERR | two")).isBetween(2, 4);
    }

    @Test
    void showsNothingByDefault() {
        assertThat(printed(Map.of(), Usual.class)).isEmpty();
    }

    @Sandbox(image = "busybox", console = Flag.TRUE)
    static class Hostile {
        @Test
        void writes(Shell shell) {
            shell.run(Command.of("cat; cat /dev/fd/0 >&2").stdin(HostileText.of("output")));
            shell.run("printf '\\033]0;title\\007\\377\\n'; : " + HostileText.of("command").replace("'", ""));
            shell.copyInText("x", HostileText.of("name"));
            shell.note(HostileText.of("note"));
        }
    }

    @Test
    void escapesAllThatComesFromASandbox() {
        List<String> lines = printed(Map.of(), Hostile.class);

        HostileText.assertPrintable(String.join("\n", lines));
        assertThat(String.join("\n", lines))
                .contains("out | output\\u001B[2J", "out | \\u001B]0;title\\u0007\uFFFD\n")
                .contains("# note\\u001B", "name\\u001B")
                .doesNotContain("\n\tat ");
    }

    @Sandbox(image = "busybox", console = Flag.TRUE)
    static class Secret {
        @Test
        void keeps(Shell shell) {
            shell.mask("swordfish");
            shell.mask("line 1\nline 2");
            shell.run("printf sword; sleep 0.2; printf fi; sleep 0.2; echo sh, sword");
            shell.run(Command.of("echo $TOKEN; printf 'line 1\\n'; sleep 0.2; echo line 2")
                    .secretEnvironment("TOKEN", "s3cret"));
        }
    }

    @Test
    void masksSecretsThatComeInParts() {
        String all = String.join("\n", printed(Map.of(), Secret.class));

        assertThat(all).contains("] out | ***, sword\n", "] out | ***\n", "  with environment TOKEN=***\n");
        assertThat(all.replaceAll("(?m)^.*[$] .*$", "")).doesNotContain("fish", "s3cret", "line 1", "line 2");
    }

    @Sandbox(image = "busybox", console = Flag.TRUE)
    static class Recycled {
        @Test
        void isReset(Shell shell) {
            String container = Recycling.container(shell);
            shell.run("(while :; do echo stray; sleep 0.01; done) & echo first");
            shell.reset();
            // On a busy machine, a new container may come before the one that was cleaned.
            for (int i = 0; i < 3 && !Recycling.container(shell).equals(container); i++) {
                shell.reset();
            }
            assertThat(Recycling.container(shell)).isEqualTo(container);
            shell.note("cleaned");
            shell.run("echo second; sleep 0.1");
        }
    }

    @Test
    void showsNothingOfAnEarlierUseInACleanedContainer() {
        Recycling.assumeThatItHappens();
        String name = name(Recycled.class, "isReset(Shell)");
        List<String> lines = printed(Map.of("sandbox.pool.spares", "0"), Recycled.class).stream()
                .map(line -> line.substring(name.length()))
                .toList();

        assertThat(lines).contains("out | first");
        assertThat(lines.subList(lines.indexOf("# cleaned") + 1, lines.size()))
                .satisfiesExactly(
                        command -> assertThat(command).isEqualTo("$ echo second; sleep 0.1"),
                        output -> assertThat(output).isEqualTo("out | second"),
                        end -> assertThat(end).startsWith("exited with code 0, after "));
    }

    @Sandbox(image = "busybox", console = Flag.TRUE)
    static class Parallel {
        private static final String LOOP = "i=0; while [ $i -lt 2000 ]; do echo %1$s-%1$s-%1$s; i=$((i+1)); done";

        @Test
        void bothRun(Shell shell, @Sandbox(name = "other") Shell other, Sandboxes sandboxes) {
            CompletableFuture<CommandResult> first = shell.runAsync(LOOP.formatted("one"));
            other.run(LOOP.formatted("two"));
            sandboxes.open(sandboxes.spec()).run("echo unnamed");
            first.join();
        }
    }

    @Test
    void doesNotMixSandboxesWithinALine() {
        List<String> lines = printed(Map.of(), Parallel.class);
        String method = "bothRun(Shell, Shell, Sandboxes)";

        String one = name(Parallel.class, method) + "out | one-one-one";
        String two = name(Parallel.class, method + ", sandbox other") + "out | two-two-two";
        assertThat(lines).filteredOn(one::equals).hasSize(2000);
        assertThat(lines).filteredOn(two::equals).hasSize(2000);
        assertThat(lines).contains(name(Parallel.class, method + " #2") + "out | unnamed");
        assertThat(lines).filteredOn(line -> line.contains("out | ")).hasSize(4001);
    }

    @Sandbox(image = "busybox", console = Flag.TRUE)
    static class Much {
        private static final int BYTES = 100_000_000;

        @Test
        void comes(Shell shell) {
            CommandResult lines = shell.run("yes 'much output' | head -c " + BYTES);
            CommandResult endless = shell.run("head -c " + BYTES + " /dev/zero");

            assertThat(lines.output(StandardStream.STDOUT).totalBytes()).isEqualTo(BYTES);
            assertThat(endless.output(StandardStream.STDOUT).totalBytes()).isEqualTo(BYTES);
            shell.run("echo last");
        }
    }

    @Test
    void isBoundedWhateverComes() {
        List<String> lines = printed(Map.of(), Much.class);
        String name = name(Much.class, "comes(Shell)");

        assertThat(lines)
                .contains(name + "out | last", name + "out | [... 99998000 more characters of this line]")
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(20_000));
    }
}
