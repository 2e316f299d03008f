package org.junitsandbox.verdicts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.assertj.SandboxAssertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.assertj.SandboxSoftAssertions;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.OwnUser;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.SandboxInterruptedException;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.SandboxSpec;

@Timeout(300)
class TrialIT {

    private static Shell shell;

    @BeforeAll
    static void open() {
        shell = Shell.open(SandboxSpec.of("busybox:latest"));
    }

    @AfterAll
    static void close() {
        shell.close();
    }

    /** Runs each input as a script. */
    private static Trial scripts(Rule... rules) {
        return Trial.of(shell, file -> Command.of("sh", file)).rules(rules);
    }

    private static TrialInput script(String text) {
        return TrialInput.hostile("script", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> violations(Rule rule, String script) {
        return scripts(rule).over(Stream.of(script(script))).all().get(0).violations();
    }

    @Test
    void runsEachInputInACleanSandbox() {
        String text = "cat /tmp/old 2>/dev/null && exit 9; echo >/tmp/old; cd /tmp; sleep 1000 & exit 3";
        Verdicts verdicts = scripts(Rule.staysInside("/work")).over(Stream.of(script(text), script(text)));

        assertThat(verdicts.all()).hasSize(2).allSatisfy(verdict -> {
            assertThat(verdict.outcome()).hasToString("Optional[exited with code 3]");
            assertThat(verdict.outputBytes()).contains(0L);
            assertThat(verdict.violations())
                    .extracting(OwnUser::hidden)
                    .containsExactly("added /tmp/old (regular file, 1 byte, mode 0644, owner 65534:65534): outside");
        });
    }

    @Test
    void writesATable() {
        Verdicts verdicts = scripts(Rule.staysInside("/work/out"), Rule.takesHarmlessInputs())
                .over(Stream.of(
                        TrialInput.harmless("taken.sh", "echo 123".getBytes(StandardCharsets.UTF_8)),
                        TrialInput.hostile("x\n\033[2J", "echo >a; echo >b; exit 7".getBytes(StandardCharsets.UTF_8)),
                        TrialInput.harmless("refused.sh", "exit 1".getBytes(StandardCharsets.UTF_8))));

        String figures = " +[\\d.]+ m?s +[\\d.]+ m?s +(<= )?[\\d.]+ [KM]iB +";
        String outside = " \\(regular file, 1 byte, mode 0644, owner 65534:65534\\): outside";
        List<String> lines = OwnUser.hidden(verdicts.toString()).lines().toList();
        assertThat(lines)
                .satisfiesExactly(
                        line -> assertThat(line).matches("file +outcome +time +CPU time +memory +output  violations"),
                        line -> assertThat(line).matches("taken.sh +exited with code 0" + figures + "4 B"),
                        line -> assertThat(line).matches(
                                "x\\\\n\\\\u001B\\[2J +exited with code 7" + figures + "0 B +added /work/a" + outside),
                        line -> assertThat(line).matches(" +added /work/b" + outside),
                        line -> assertThat(line).matches("refused.sh +exited with code 1" + figures
                                + "0 B +harmless, but the command exited with code 1"));
        assertThat(lines.subList(2, 4)).extracting(line -> line.indexOf("added")).containsOnly(
                lines.get(0).indexOf("violations"));
        assertThat(verdicts.violations().all()).extracting(verdict -> verdict.input().name())
                .containsExactly("x\n\033[2J", "refused.sh");
    }

    @Test
    void showsNoSecrets() {
        try (Shell other = Shell.open(SandboxSpec.of("busybox:latest"))) {
            other.mask("swordfish");
            Rule rule = (input, result, sandbox) -> List.of("printed " + result.stdout());
            Verdicts verdicts = Trial.of(other, file -> Command.of("printf", "a swordfish"))
                    .rules(rule)
                    .over(Stream.of(script("")));

            assertThat(verdicts.all().get(0).violations()).containsExactly("printed a ***");
        }
    }

    @Test
    void judgesCost() {
        assertThat(violations(Rule.finishesWithin(Duration.ofMillis(100)), "sleep 0.2"))
                .singleElement().asString().matches("took [\\d.]+ m?s, the limit is 0.1 s");
        assertThat(violations(Rule.finishesWithin(Duration.ofMinutes(1)), ":")).isEmpty();
        assertThat(violations(Rule.usesCpuAtMost(Duration.ofMillis(1)), "for i in $(seq 9999); do :; done"))
                .singleElement().asString().matches("CPU time .* m?s, the limit is 1 ms");
        assertThat(violations(Rule.usesCpuAtMost(Duration.ofMinutes(1)), ":")).isEmpty();
        assertThat(violations(Rule.usesAtMost("4KiB"), "head -c 20000000 /dev/zero >f"))
                .singleElement().asString().matches("memory (at most )?\\d+ MiB.*, the limit is 4.0 KiB");
        assertThat(violations(Rule.usesAtMost("256MiB"), ":")).isEmpty();
        assertThat(violations(Rule.printsAtMost("3B"), "echo 12; echo 3 >&2"))
                .containsExactly("printed 5 B, the limit is 3 B");
        assertThat(violations(Rule.printsAtMost("5B"), "echo 12; echo 3 >&2")).isEmpty();
    }

    @Test
    void judgesAttemptsToReachANetwork() {
        assertThat(violations(Rule.triesNoNetwork(), "nc -w 1 192.0.2.1 80"))
                .containsExactly("1 attempt to reach an IPv4 address");
        assertThat(violations(Rule.triesNoNetwork(), ":")).isEmpty();
    }

    @Test
    void judgesWhatIsLeftRunning() {
        assertThat(violations(Rule.leavesNothingRunning(), "sleep 1000 &"))
                .singleElement().asString().startsWith("left running: pid ").endsWith(": sleep 1000");
        assertThat(violations(Rule.leavesNothingRunning(), "sleep 0")).isEmpty();
    }

    @Test
    void judgesWhatIsTakenAndRefused() {
        Verdicts verdicts = Trial.of(shell, file -> Command.of("sh", file).timeLimit(Duration.ofMillis(300)))
                .rules(Rule.takesHarmlessInputs(), Rule.refusesHostileInputs())
                .over(Stream.of("exit 0", "exit 1", "sleep 1000")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .flatMap(text -> Stream.of(TrialInput.harmless("f", text), TrialInput.hostile("f", text))));

        assertThat(verdicts.all())
                .extracting(verdict -> String.join(", ", verdict.violations()))
                .containsExactly(
                        "",
                        "hostile, but the command exited with code 0",
                        "harmless, but the command exited with code 1",
                        "",
                        "harmless, but the command timed out after 0.3 s",
                        "hostile, but the command timed out after 0.3 s");
    }

    @Test
    void goesOnAfterASandboxThatIsLost() {
        AtomicBoolean killed = new AtomicBoolean();
        Verdicts verdicts = Trial.of(shell, file -> {
                    if (killed.compareAndSet(false, true)) {
                        EngineExec.kill(shell);
                    }
                    return Command.of("sh", file);
                })
                .over(Stream.of(script("exit 1"), script("exit 2")));

        assertThat(verdicts.all())
                .satisfiesExactly(
                        lost -> {
                            assertThat(lost.outcome()).isEmpty();
                            assertThat(lost.failure()).get().asString().startsWith("The sandbox was lost ");
                            assertThat(lost.violations()).containsExactly(lost.failure().orElseThrow());
                            assertThat(lost.wallTime()).isEmpty();
                        },
                        next -> assertThat(next.outcome()).hasToString("Optional[exited with code 2]"));
    }

    @Test
    void goesOnAfterAnInputThatCannotBeGiven() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return length;
            }
        };
        Verdicts verdicts = scripts()
                .over(Stream.of(
                        TrialInput.hostile("unreadable", () -> {
                            throw new IOException("no\nway");
                        }),
                        TrialInput.hostile("endless", () -> endless),
                        script("exit 4")));

        assertThat(verdicts.all())
                .satisfiesExactly(
                        unreadable -> assertThat(unreadable.violations())
                                .containsExactly("cannot be read: java.io.IOException: no\\nway"),
                        tooLarge -> assertThat(tooLarge.isViolation()).isTrue(),
                        next -> assertThat(next.isViolation()).isFalse());
        assertThat(verdicts.toString().lines().skip(1).limit(2)).allMatch(line -> line.contains("  not known  "));
    }

    @Test
    void reportsWhatCannotBeJudged() {
        assertThat(violations(Rule.staysInside("/work/out"), "mkdir out && chmod 0 out"))
                .singleElement().asString().startsWith("cannot be judged: Cannot list the files in the sandbox: ");
    }

    @Test
    void keepsTheFirstOfManyViolations() {
        assertThat(violations(Rule.staysInside("/work/out"), "for i in $(seq 30); do : >f$i; done"))
                .hasSize(21)
                .endsWith("and 10 more");
    }

    @Test
    void takesOneInputAfterTheOther() {
        List<String> steps = new ArrayList<>();
        Stream<TrialInput> inputs = IntStream.range(0, 3)
                .mapToObj(i -> TrialInput.hostile("f" + i, () -> {
                    steps.add("open " + i);
                    return new ByteArrayInputStream(new byte[0]) {
                        @Override
                        public void close() {
                            steps.add("close " + i);
                        }
                    };
                }))
                .onClose(() -> steps.add("end"));

        Trial.of(shell, file -> Command.of("sh", file))
                .prepare(clean -> steps.add("prepare"))
                .rules((input, result, clean) -> {
                    steps.add("judge " + input);
                    return List.of();
                })
                .over(inputs);

        assertThat(steps)
                .containsExactly(
                        "open 0", "close 0", "prepare", "judge f0", "open 1", "close 1", "prepare", "judge f1",
                        "open 2", "close 2", "prepare", "judge f2", "end");
    }

    @Test
    void marksFilesOnAWritableRoot() {
        SandboxSpec spec = SandboxSpec.of("busybox:latest").profile(Profile.TRUSTED.network("none"));
        Cluster.assumeThatItRuns(spec);
        try (Shell writable = Shell.open(spec)) {
            Trial trial = Trial.of(writable, file -> Command.of("sh", file)).rules(Rule.staysInside("/work"));
            TrialInput input = script("echo >/etc/new");

            assertThatIllegalStateException().isThrownBy(() -> trial.over(Stream.of(input)));
            assertThat(trial.prepare(Shell::markFiles).over(Stream.of(input)).all().get(0).violations())
                    .containsExactly("added /etc/new (regular file, 1 byte, mode 0644, owner 0:0): outside");
        }
    }

    @Test
    void endsWhenItsThreadIsInterrupted() {
        Thread.currentThread().interrupt();
        Throwable failure = catchThrowable(() -> scripts().over(Stream.of(script(":"))));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isInstanceOf(SandboxInterruptedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "a\0"})
    void refusesANameThatIsNotAFileName(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> TrialInput.hostile(name, new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> TrialInput.harmless("x".repeat(256), new byte[0]));
    }

    @Test
    void failsAnAssertionWithTheTableOfViolations() {
        Verdicts verdicts = scripts(Rule.takesHarmlessInputs())
                .over(Stream.of(
                        script("exit 5"), TrialInput.harmless("%n.sh", "exit 6".getBytes(StandardCharsets.UTF_8))));

        assertThat(catchThrowable(() -> assertThat(verdicts).hasNoViolations()))
                .hasMessage("\nExpecting each of at least one input to violate no rule\nbut 1 of 2 inputs did\n\n"
                        + verdicts.violations());
        assertThat(verdicts.violations().toString()).contains("%n.sh").doesNotContain("script");
        assertThat(scripts().over(Stream.of(script("exit 5")))).hasNoViolations();
        assertThat(catchThrowable(() -> assertThat(scripts().over(Stream.empty())).hasNoViolations()))
                .hasMessageContaining("but there was none");

        SandboxSoftAssertions softly = new SandboxSoftAssertions();
        softly.assertThat(verdicts).hasNoViolations();
        softly.assertThat((Verdicts) null).hasNoViolations();
        assertThat(softly.errorsCollected()).hasSize(2);
    }
}
