package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junitsandbox.internal.stream.StandardStream.STDERR;
import static org.junitsandbox.internal.stream.StandardStream.STDOUT;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.protocol.SupervisorException.Reason;
import org.junitsandbox.internal.protocol.Reply.Ending;
import org.junitsandbox.internal.stream.StreamSink;

@Timeout(60)
class SupervisorClientTests {

    private static final Duration NO_LIMIT = Duration.ofHours(1);

    private final FakeSupervisor supervisor = new FakeSupervisor();
    private final SupervisorClient conversation = new SupervisorClient(supervisor, "/home");

    @BeforeEach
    void open() throws SupervisorException {
        conversation.open(Duration.ofSeconds(30));
        supervisor.requests.clear();
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private Reply run(String text) throws SupervisorException {
        return conversation.run(new Request(text, null, NO_LIMIT, 1_000, null, false));
    }

    private Reply run(String text, byte[] input) throws SupervisorException {
        return conversation.run(new Request(text, input, NO_LIMIT, 1_000, null, false));
    }

    private Reply run(Duration timeLimit) throws SupervisorException {
        return conversation.run(new Request("slow", null, timeLimit, 1_000, null, false));
    }

    private Reply run(StreamSink listener) throws SupervisorException {
        return conversation.run(new Request("loud", null, NO_LIMIT, 1_000, listener, false));
    }

    private Reply runOwn(String text) throws SupervisorException {
        return conversation.run(new Request(text, null, NO_LIMIT, 1_000, null, true));
    }

    private SupervisorException failedRun() {
        return failure(() -> run("command"));
    }

    private interface Action {
        void take() throws SupervisorException;
    }

    private static SupervisorException failure(Action action) {
        SupervisorException failure = catchThrowableOfType(SupervisorException.class, action::take);
        assertThat(failure).as("the failure").isNotNull();
        return failure;
    }

    private static String text(CapturedOutput captured) {
        return new String(captured.bytes(), UTF_8);
    }

    private static void assertEnded(Reply reply, int status) {
        assertThat(reply.ending()).isEqualTo(Ending.COMMAND_ENDED);
        assertThat(reply.status()).hasValue(status);
    }

    private void assertGoesOn() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.stdout("still here");
            supervisor.end(run, 0);
        });
        Reply reply = run("next");

        assertEnded(reply, 0);
        assertThat(text(reply.stdout())).isEqualTo("still here");
        assertThat(text(reply.stderr())).isEmpty();
    }

    @Test
    void whatIsFoundOfTheLimitsIsWhatWasSaidBeforeAnyCommand() throws SupervisorException {
        FakeSupervisor other = new FakeSupervisor();
        SupervisorClient opened = new SupervisorClient(other, "/home");
        assertThat(opened.foundLimits()).isEmpty();
        other.onRequest("ping", id -> {
            other.answer(STDOUT, "found memory.max 1\ncore 0\n");
            other.answer(STDOUT, "pong " + id);
            other.answer(STDERR, "pong " + id);
        });
        opened.open(Duration.ofSeconds(30));
        other.onRun(run -> {
            other.answer(STDOUT, "found memory.max 2");
            other.end(run, 0);
        });
        opened.run(new Request("lie", null, NO_LIMIT, 1_000, null, false));

        assertThat(opened.foundLimits()).isEqualTo("memory.max 1\ncore 0\n");
    }

    @Test
    void aReplyHoldsOutputStatusAndDirectory() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.stdout("one");
            supervisor.stderr("error");
            supervisor.stdout("two");
            supervisor.end(run, 3, "/work/sub dir");
        });
        Reply reply = run("it's");

        assertEnded(reply, 3);
        assertThat(text(reply.stdout())).isEqualTo("onetwo");
        assertThat(text(reply.stderr())).isEqualTo("error");
        assertThat(reply.directory()).isEqualTo("/home");
        assertThat(reply.outOfMemory()).isFalse();
        assertThat(run("pwd").directory()).isEqualTo("/work/sub dir");
        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::word).containsExactly("'it'\\''s'", "'pwd'");
    }

    @Test
    void outputBeyondItsLimitIsCountedOnly() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.stdout("x".repeat(600));
            supervisor.stdout("y".repeat(600));
            supervisor.stderr("z".repeat(1_000));
            supervisor.end(run, 0);
        });
        Reply reply = run("command");

        assertThat(text(reply.stdout())).isEqualTo("x".repeat(600) + "y".repeat(400));
        assertThat(reply.stdout().total()).isEqualTo(1_200);
        assertThat(reply.stdout().truncated()).isTrue();
        assertThat(text(reply.stderr())).isEqualTo("z".repeat(1_000));
        assertThat(reply.stderr().truncated()).isFalse();
    }

    @Test
    void theEndOfStderrMayComeLongAfterThatOfStdout() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.stdout("out");
            supervisor.answer(STDOUT, "end " + run.id() + " 0");
            supervisor.stdout("of a background process");
            for (int i = 0; i < 50; i++) {
                supervisor.stderr("late ");
            }
            supervisor.answer(STDERR, "end " + run.id() + " /work");
        });
        Reply reply = run("command");

        assertEnded(reply, 0);
        assertThat(text(reply.stdout())).isEqualTo("out");
        assertThat(text(reply.stderr())).isEqualTo("late ".repeat(50));
    }

    @Test
    void theEndOfStdoutMayComeLongAfterThatOfStderr() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.answer(STDERR, "end " + run.id() + " /work");
            supervisor.stderr("of a background process");
            supervisor.stdout("late");
            supervisor.answer(STDOUT, "end " + run.id() + " 4");
        });
        Reply reply = run("command");

        assertEnded(reply, 4);
        assertThat(text(reply.stdout())).isEqualTo("late");
        assertThat(text(reply.stderr())).isEmpty();
    }

    @Test
    void theLateEndOfAnEarlierCommandIsIgnored() throws SupervisorException {
        run("first");
        FakeSupervisor.Run first = supervisor.runs.get(0);
        supervisor.onRun(run -> {
            supervisor.end(first, 9, "/wrong");
            supervisor.stdout("of the second");
            supervisor.end(run, 2, "/right");
        });
        Reply reply = run("second");

        assertEnded(reply, 2);
        assertThat(text(reply.stdout())).isEqualTo("of the second");
        assertThat(run("third").directory()).isEqualTo("/right");
    }

    @Test
    void theEndOfAnEarlierShellIsNotTheCommandsThoughStderrIsAheadOfIt() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.answer(STDERR, "end " + run.id() + " /sub");
            supervisor.answer(STDOUT, "exit 5");
            supervisor.answer(STDOUT, "renewed");
            supervisor.stdout("out");
            supervisor.answer(STDOUT, "end " + run.id() + " 4");
        });
        supervisor.onRun(run -> {
            supervisor.answer(STDOUT, "exit 5");
            supervisor.answer(STDERR, "end " + run.id() + " /sub");
            supervisor.answer(STDOUT, "renewed");
            supervisor.stdout("out");
            supervisor.answer(STDOUT, "end " + run.id() + " 4");
        });
        for (int i = 0; i < 2; i++) {
            Reply reply = run("command");

            assertEnded(reply, 4);
            assertThat(text(reply.stdout())).isEqualTo("out");
        }
    }

    @Test
    void aShellThatFollowedAnEarlierOneIsNotForgotten() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.answer(STDOUT, "exit 5");
            supervisor.answer(STDOUT, "renewed");
            supervisor.end(run, 4, "/sub");
        });
        run("first");
        Reply next = run("second");

        assertThat(next.directory()).isEqualTo("/sub");
        assertThat(supervisor.runs.get(1).status()).isEqualTo("4");
    }

    @Test
    void outputBetweenTwoRequestsIsDropped() throws SupervisorException {
        run("first");
        supervisor.stdout("of a background process");
        supervisor.stderr("of another");

        assertGoesOn();
    }

    @Test
    void aProcessThatWritesForEverDoesNotStopTheNextCommand() throws SupervisorException {
        run("first");
        supervisor.flood();

        assertGoesOn();
    }

    @Test
    void aCommandFindsTheStatusOfTheOneBefore() throws SupervisorException {
        supervisor.onRun(run -> supervisor.end(run, 7));
        run("first");
        run("second");
        run("third");

        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::status).containsExactly("0", "7", "0");
    }

    @Test
    void aCommandOfTheLibrarysOwnLeavesStatusAndDirectoryAlone() throws SupervisorException {
        supervisor.onRun(run -> supervisor.end(run, 7, "/user"));
        supervisor.onRun(run -> supervisor.end(run, 5, "/own"));
        run("first");
        assertEnded(runOwn("own"), 5);
        Reply reply = run("second");

        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::status).containsExactly("0", "-", "7");
        assertThat(reply.directory()).isEqualTo("/user");
    }

    @Test
    void aShellThatEndsSaysWithWhichStatus() throws SupervisorException {
        supervisor.onRun(run -> supervisor.end(run, 7, "/work/sub"));
        supervisor.onRun(run -> {
            supervisor.stdout("out");
            supervisor.answer(STDOUT, "exit 3");
            supervisor.stderr("last words");
        });
        run("first");
        Reply reply = run("exit 3");

        assertThat(reply.ending()).isEqualTo(Ending.SHELL_ENDED);
        assertThat(reply.status()).hasValue(3);
        assertThat(text(reply.stdout())).isEqualTo("out");
        assertThat(text(reply.stderr())).isEqualTo("last words");
        assertThat(reply.directory()).isEqualTo("/work/sub");
        assertThat(supervisor.requests).singleElement().asString().startsWith("ping ");
    }

    @Test
    void afterTheEndOfAShellTheNextCommandStartsAnew() throws SupervisorException {
        supervisor.onRun(run -> supervisor.end(run, 7, "/work/sub"));
        supervisor.onRun(run -> supervisor.answer(STDOUT, "exit 3"));
        run("first");
        run("exit 3");
        supervisor.requests.clear();

        assertThat(run("next").directory()).isEqualTo("/home");
        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::status).containsExactly("0", "7", "0");
        assertThat(supervisor.requests).isEmpty();
    }

    @Test
    void aShellThatIsFoundGoneEndedWithoutAStatus() throws SupervisorException {
        supervisor.onRun(run -> supervisor.stdout("so far"));
        supervisor.onRequest("ping", id -> {
            supervisor.answer(STDOUT, "gone " + id);
            supervisor.answer(STDOUT, "pong " + id);
            supervisor.answer(STDERR, "pong " + id);
        });
        Reply reply = run("kill -9 $PPID");

        assertThat(reply.ending()).isEqualTo(Ending.SHELL_ENDED);
        assertThat(reply.status()).isEmpty();
        assertThat(text(reply.stdout())).isEqualTo("so far");
    }

    @Test
    void anAnswerThatTheCommandEndedCountsBeforeThatOfItsShell() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.answer(STDOUT, "end " + run.id() + " 5");
            supervisor.answer(STDOUT, "exit 3");
            supervisor.answer(STDERR, "end " + run.id() + " /work");
        });

        assertEnded(run("command"), 5);
    }

    @Test
    void aShellThatDiesHalfwayThroughSayingTheEndIsNotWaitedFor() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.answer(STDOUT, "end " + run.id() + " 5");
            supervisor.answer(STDOUT, "exit 137");
            supervisor.stderr("errors");
        });
        Reply reply = run("command");

        assertThat(reply.ending()).isEqualTo(Ending.SHELL_ENDED);
        assertThat(reply.status()).hasValue(5);
        assertThat(new String(reply.stderr().bytes(), UTF_8)).isEqualTo("errors");
    }

    @Test
    void theEndOfAnEarlierShellIsNotTakenForThatOfTheCommand() throws SupervisorException {
        for (String replaced : List.of("gone 0", "renewed")) {
            supervisor.onRun(run -> {
                supervisor.answer(STDOUT, "exit 137");
                supervisor.answer(STDOUT, replaced);
                supervisor.stdout("output");
                supervisor.end(run, 5);
            });
            Reply reply = run("command");

            assertEnded(reply, 5);
            assertThat(new String(reply.stdout().bytes(), UTF_8)).as(replaced).isEqualTo("output");
            assertThat(reply.directory()).isEqualTo("/home");
        }
    }

    @Test
    void aShellThatEndsBetweenTwoCommandsIsReplacedFirst() throws SupervisorException {
        supervisor.onRun(run -> supervisor.end(run, 7, "/work/sub"));
        run("first");
        supervisor.answer(STDOUT, "exit 0");
        supervisor.onRequest("ping", id -> {
            supervisor.answer(STDOUT, "gone " + id);
            supervisor.answer(STDOUT, "pong " + id);
            supervisor.answer(STDERR, "pong " + id);
        });
        List<Integer> pingsBeforeRun = new ArrayList<>();
        supervisor.onRun(run -> {
            pingsBeforeRun.add(supervisor.requests.size());
            supervisor.stdout("output");
            supervisor.end(run, 0);
        });
        Reply reply = run("second");

        assertEnded(reply, 0);
        assertThat(text(reply.stdout())).isEqualTo("output");
        assertThat(reply.directory()).isEqualTo("/home");
        assertThat(pingsBeforeRun).containsExactly(1);
        assertThat(supervisor.requests).singleElement().asString().startsWith("ping ");
        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::status).containsExactly("0", "0");
    }

    @Test
    void aCommandThatGotARenewedShellStartedAtHome() throws SupervisorException {
        supervisor.onRun(run -> supervisor.end(run, 0, "/work/sub"));
        supervisor.onRun(run -> {
            supervisor.answer(STDOUT, "renewed");
            supervisor.end(run, 0, "/home/sub");
        });
        run("first");
        Reply reply = run("second");

        assertEnded(reply, 0);
        assertThat(reply.directory()).isEqualTo("/home");
        assertThat(run("third").directory()).isEqualTo("/home/sub");
    }

    @Test
    void aTimeLimitKillsEverythingAndKeepsTheOutput() throws SupervisorException {
        supervisor.onRun(run -> supervisor.end(run, 7, "/work/sub"));
        run("first");
        supervisor.onRun(run -> {
            supervisor.stdout("so far");
            supervisor.stderr("error");
        });
        supervisor.onRequest("kill", id -> {
            supervisor.stdout(", and more");
            supervisor.answer(STDOUT, "killed " + id);
            supervisor.answer(STDERR, "killed " + id);
        });
        Reply reply = run(Duration.ofMillis(20));

        assertThat(reply.ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(reply.status()).isEmpty();
        assertThat(text(reply.stdout())).isEqualTo("so far, and more");
        assertThat(text(reply.stderr())).isEqualTo("error");
        assertThat(reply.directory()).isEqualTo("/work/sub");
        assertThat(reply.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
        assertThat(supervisor.requests).singleElement().asString().startsWith("kill ");
    }

    @Test
    void afterATimeLimitTheNextCommandStartsAnew() throws SupervisorException {
        supervisor.onRun(run -> supervisor.end(run, 7, "/work/sub"));
        supervisor.onRun(run -> {});
        run("first");
        run(Duration.ofNanos(1));

        assertThat(run("next").directory()).isEqualTo("/home");
        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::status).containsExactly("0", "7", "0");
        assertGoesOn();
    }

    @Test
    void anInterruptKillsEverythingAndKeepsTheOutput() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.stdout("so far");
            supervisor.interruptCaller();
        });
        SupervisorException failure = failedRun();

        assertThat(Thread.currentThread().isInterrupted()).as("told by the exception, not the flag").isFalse();
        assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(text(failure.stdout())).isEqualTo("so far");
        assertThat(supervisor.requests).singleElement().asString().startsWith("kill ");
        assertGoesOn();
    }

    @Test
    void aThreadThatIsInterruptedAlreadyRunsNothingToItsEnd() throws SupervisorException {
        supervisor.onRun(run -> {});
        Thread.currentThread().interrupt();
        SupervisorException failure = failedRun();

        assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(supervisor.requests).singleElement().asString().startsWith("kill ");
        assertGoesOn();
    }

    @Test
    void aSecondInterruptWhileEverythingIsKilledStaysSet() throws SupervisorException {
        supervisor.onRun(run -> supervisor.interruptCaller());
        supervisor.onRequest("kill", id -> {
            supervisor.interruptCaller();
            supervisor.answer(STDOUT, "killed " + id);
            supervisor.answer(STDERR, "killed " + id);
        });

        assertThat(failedRun().reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        assertGoesOn();
    }

    @Test
    void anInterruptWhileInputIsStoredWaitsForTheCommand() throws SupervisorException {
        supervisor.onRequest("data", slot -> {
            supervisor.interruptCaller();
            supervisor.answer(STDOUT, "data 0");
        });
        supervisor.onRun(run -> {});

        assertThat(failure(() -> run("cat", new byte[3])).reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(supervisor.data).hasSize(1);
        assertGoesOn();
    }

    @Test
    void anInterruptWhileOpeningStaysSet() throws SupervisorException {
        FakeSupervisor other = new FakeSupervisor();
        other.interruptCaller();
        new SupervisorClient(other, "/home").open(Duration.ofSeconds(30));

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void status137IsWantOfMemoryOnlyIfAKillWasCountedMeanwhile() throws SupervisorException {
        List<Integer> counts = new ArrayList<>(List.of(0, 2, 2, 3));
        supervisor.onRequest("oom", none -> supervisor.answer(STDOUT, "oom " + counts.remove(0)));
        List<Boolean> outOfMemory = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            supervisor.onRun(run -> supervisor.end(run, 137));
            outOfMemory.add(run("command").outOfMemory());
        }

        assertThat(outOfMemory).containsExactly(false, true, false, true);
    }

    @Test
    void aShellThatWasKilledForWantOfMemoryIsToldSo() throws SupervisorException {
        supervisor.onRequest("oom", none -> supervisor.answer(STDOUT, "oom 1"));
        supervisor.onRun(run -> supervisor.answer(STDOUT, "exit 137"));
        Reply reply = run("command");

        assertThat(reply.ending()).isEqualTo(Ending.SHELL_ENDED);
        assertThat(reply.outOfMemory()).isTrue();
    }

    @Test
    void anotherStatusIsNoWantOfMemoryWhateverIsCounted() throws SupervisorException {
        int[] count = {0};
        supervisor.onRequest("oom", none -> supervisor.answer(STDOUT, "oom " + ++count[0]));
        supervisor.onRun(run -> supervisor.end(run, 1));

        assertThat(run("command").outOfMemory()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {8_190, 1})
    void aShortTextTravelsInItsRequest(int length) throws SupervisorException {
        String text = "ä".repeat(length);
        run(text);

        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::word).containsExactly("'" + text + "'");
        assertThat(supervisor.requests).isEmpty();
    }

    @Test
    void aTextOfAFewLinesTravelsInItsRequest() throws SupervisorException {
        String text = "echo\n".repeat(63);
        run(text);

        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::word).containsExactly("'" + text + "'");
        assertThat(supervisor.requests).isEmpty();
    }

    @Test
    void aLongTextTravelsAsData() throws SupervisorException {
        String text = "ä".repeat(70_000);
        run(text);

        assertThat(supervisor.requests).first().isEqualTo("data text 2 8928");
        assertThat(supervisor.data).singleElement().isEqualTo(text.getBytes(UTF_8));
        assertThat(supervisor.runs).singleElement().satisfies(run -> {
            assertThat(run.word()).matches("\"\\$\\(.*\\\\command -p cat /dev/shm/\\.[\\w-]+\\.text .*\\)\"");
            assertThat(run.input()).isEqualTo("-");
        });
    }

    @Test
    void textsJustBeyondEitherLimitTravelAsData() throws SupervisorException {
        String manyLines = "echo\n".repeat(64);
        run("x".repeat(8_191));
        run(manyLines);

        assertThat(supervisor.data).containsExactly("x".repeat(8_191).getBytes(UTF_8), manyLines.getBytes(UTF_8));
    }

    @Test
    void stdinTravelsAsDataAndIsDroppedAfterwards() throws SupervisorException {
        byte[] input = new byte[65_536 + 5];
        input[65_536] = 1;
        run("cat", input);

        assertThat(supervisor.requests).containsSubsequence("data in 1 5", "drop").startsWith("data in 1 5");
        assertThat(supervisor.data).containsExactly(input);
        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::input).containsExactly("in");
        run("true");

        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::input).containsExactly("in", "-");
    }

    @Test
    void emptyStdinIsStdinAllTheSame() throws SupervisorException {
        run("cat", new byte[0]);

        assertThat(supervisor.requests).startsWith("data in 0 0");
        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::input).containsExactly("in");
    }

    @Test
    void inputThatCannotBeStoredFailsItsCommandAlone() throws SupervisorException {
        supervisor.onRequest("data", slot -> supervisor.answer(STDOUT, "data 1"));
        SupervisorException failure = failure(() -> run("cat", new byte[3]));

        assertThat(failure.reason()).isEqualTo(Reason.INPUT_NOT_STORED);
        assertThat(failure).hasMessage("3 bytes do not fit into the container's /dev/shm");
        assertThat(supervisor.requests).containsExactly("data in 0 3", "drop");
        assertThat(supervisor.runs).isEmpty();
        assertGoesOn();
    }

    private Reply run(byte[] input, byte @Nullable [] nextInput) throws SupervisorException {
        return conversation.run(new Request("cat", input, nextInput, NO_LIMIT, 1_000, null, true));
    }

    @Test
    void theInputOfTheNextRequestsIsOnItsWayWhileTheirCommandsBeforeRun() throws SupervisorException {
        byte[] first = {1};
        byte[] second = {1, 2};
        byte[] third = {1, 2, 3};
        supervisor.onRun(run -> {
            assertThat(supervisor.data).as("sent before the command").containsExactly(first);
            supervisor.onRequest("data", slot -> {
                supervisor.answer(STDOUT, "data 0");
                supervisor.end(run, 0);
                supervisor.onRequest("data", next -> supervisor.answer(STDOUT, "data 0"));
            });
        });
        run(first, second);
        assertThat(supervisor.data).as("sent before the command's end").containsExactly(first, second);

        run(second, third);
        run(third, null);

        assertThat(supervisor.data).containsExactly(first, second, third);
        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::input).containsExactly("in", "next", "in");
        assertThat(supervisor.requests).containsExactly("data in 0 1", "data next 0 2", "data in 0 3", "drop");
    }

    @Test
    void inputThatWasOnItsWayForARequestThatDoesNotComeIsDropped() throws SupervisorException {
        run(new byte[1], new byte[2]);

        assertThat(run("true").status()).hasValue(0);

        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::input).containsExactly("in", "-");
        assertThat(supervisor.requests).containsExactly("data in 0 1", "data next 0 2", "drop");
    }

    @Test
    void inputThatWasOnItsWayAndCannotBeStoredFailsTheCommandThatItIsFor() throws SupervisorException {
        byte[] second = {1, 2};
        supervisor.onRequest("data", slot -> supervisor.answer(STDOUT, "data " + (supervisor.data.size() - 1)));
        assertThat(run(new byte[1], second).status()).hasValue(0);

        assertThat(failure(() -> run(second, null))).hasMessage("2 bytes do not fit into the container's /dev/shm");

        assertThat(supervisor.runs).hasSize(1);
        assertThat(supervisor.requests).last().isEqualTo("drop");
        assertGoesOn();
    }

    @Test
    void stdinIsDroppedAfterATimeLimit() throws SupervisorException {
        supervisor.onRun(run -> {});
        conversation.run(new Request("cat", new byte[3], Duration.ofNanos(1), 1_000, null, false));

        assertThat(supervisor.requests).first().isEqualTo("data in 0 3");
        assertThat(supervisor.requests).last().isEqualTo("drop");
    }

    @Test
    void aListenerIsToldOutputInItsOrder() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.stdout("a");
            supervisor.stderr("b");
            supervisor.stdout("c");
            supervisor.end(run, 0);
        });
        List<String> told = new ArrayList<>();
        run((stream, bytes, offset, length) -> told.add(stream + " " + new String(bytes, offset, length, UTF_8)));

        assertThat(told).containsExactly("STDOUT a", "STDERR b", "STDOUT c");
    }

    @Test
    void whatAListenerThrowsIsThrownAfterTheCommandsEnd() throws SupervisorException {
        RuntimeException thrown = new IllegalStateException("listener");
        List<String> told = new ArrayList<>();
        supervisor.onRun(run -> {
            supervisor.stdout("a");
            supervisor.stdout("b");
            supervisor.end(run, 6, "/work/sub");
        });

        assertThatThrownBy(() -> run((stream, bytes, offset, length) -> {
                    told.add(new String(bytes, offset, length, UTF_8));
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(told).containsExactly("a");
        assertGoesOn();
        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::status).containsExactly("0", "6");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "nonsense",
        "nonsense 1",
        " end",
        "end",
        "end 1",
        "end 1 ",
        "end 1 x",
        "end x 0",
        "exit",
        "exit x",
        "pong",
        "pong x",
        "killed x",
        "data x",
        "data 99999999999",
        "oom",
        "oom x"
    })
    void anAnswerOutsideTheRulesEndsTheConversation(String answer) {
        supervisor.onRun(run -> {
            assertThat(run.id()).isOne();
            supervisor.stdout("so far");
            supervisor.stderr("error");
            supervisor.answer(STDOUT, answer);
        });
        SupervisorException failure = failedRun();

        assertThat(failure.reason()).isEqualTo(Reason.CONFUSED);
        assertThat(failure).hasMessage("it gave an answer outside the rules: " + answer);
        assertThat(text(failure.stdout())).isEqualTo("so far");
        assertThat(text(failure.stderr())).isEqualTo("error");
        assertThat(failedRun().reason()).isEqualTo(Reason.CONFUSED);
        assertThat(supervisor.runs).hasSize(1);
    }

    @Test
    void streamsThatEndAnywhereBeforeTheLastMarkersEndLeaveTheOutputSoFar() {
        int length = supervisor.marker("end 1 0").length();
        for (int cut = 0; cut < length; cut++) {
            FakeSupervisor ending = new FakeSupervisor();
            int count = cut;
            ending.onRun(run -> {
                ending.stdout("so far");
                ending.stderr("error");
                ending.answer(STDERR, "end 1 /work");
                ending.stdout(ending.marker("end 1 0").substring(0, count));
                ending.endStreams();
            });
            SupervisorClient other = new SupervisorClient(ending, "/home");
            SupervisorException failure = failure(() -> {
                other.open(Duration.ofSeconds(30));
                other.run(new Request("command", null, NO_LIMIT, 1_000, null, false));
            });

            assertThat(failure.reason()).as("cut at %d", cut).isEqualTo(Reason.DISCONNECTED);
            assertThat(text(failure.stdout())).as("cut at %d", cut).isEqualTo("so far");
            assertThat(text(failure.stderr())).as("cut at %d", cut).isEqualTo("error");
        }
    }

    @Test
    void streamsThatBreakEndTheConversation() {
        IOException cause = new IOException("reset");
        supervisor.onRun(run -> {
            supervisor.stdout("so far");
            supervisor.breakStreams(cause);
        });
        SupervisorException failure = failedRun();

        assertThat(failure.reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(failure).hasCause(cause);
        assertThat(text(failure.stdout())).isEqualTo("so far");
        SupervisorException later = failedRun();

        assertThat(later.reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(text(later.stdout())).isEmpty();
        assertThat(supervisor.runs).hasSize(1);
    }

    @Test
    void aRequestThatCannotBeSentEndsTheConversation() {
        supervisor.failOnSending();
        SupervisorException failure = failedRun();

        assertThat(failure.reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(failure).hasRootCauseMessage("broken pipe");
        assertThat(failedRun().reason()).isEqualTo(Reason.DISCONNECTED);
    }

    @Test
    void aKillThatCannotBeSentLeavesTheOutputSoFar() {
        supervisor.onRun(run -> {
            supervisor.stdout("so far");
            supervisor.failOnSending();
        });
        SupervisorException failure = failure(() -> run(Duration.ofMillis(20)));

        assertThat(failure.reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(text(failure.stdout())).isEqualTo("so far");
    }

    @Test
    void streamsThatEndedBetweenTwoCommandsEndTheConversation() {
        supervisor.endStreams();

        assertThat(failedRun().reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(supervisor.runs).isEmpty();
    }

    @Test
    void aContainerThatEndsWhileOpeningLeavesWhatItSaid() {
        FakeSupervisor other = new FakeSupervisor();
        other.stderr("exec: no such file");
        other.endStreams();
        SupervisorException failure =
                failure(() -> new SupervisorClient(other, "/home").open(Duration.ofSeconds(30)));

        assertThat(failure.reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(text(failure.stderr())).isEqualTo("exec: no such file");
    }

    @Test
    void aSupervisorThatIsNotReadyInTimeIsSilent() {
        FakeSupervisor other = new FakeSupervisor();
        other.onRequest("ping", id -> other.answer(STDOUT, "pong " + id));
        SupervisorException failure =
                failure(() -> new SupervisorClient(other, "/home").open(Duration.ofMillis(1)));

        assertThat(failure.reason()).isEqualTo(Reason.SILENT);
        assertThat(failure).hasMessage("its shell was not ready within 0 s");
    }

    @Test
    void anInterruptThatComesWithTheCommandsEndStaysSet() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.answer(STDERR, "end " + run.id() + " /work");
            supervisor.interruptCallerWithAnswer("end " + run.id() + " 0");
        });
        assertEnded(run("command"), 0);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anErrorFromAListenerDoesNotMixUpTheNextCommandsOutput() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.stdout("a");
            supervisor.stdout("b");
            supervisor.end(run, 6, "/work/sub");
        });
        assertThatThrownBy(() -> run((stream, bytes, offset, length) -> {
                    throw new AssertionError("listener");
                }))
                .hasMessage("listener");

        // As if the rest came late.
        assertThat(supervisor.runs).hasSize(1);
        assertGoesOn();
        assertThat(supervisor.runs).extracting(FakeSupervisor.Run::status).containsExactly("0", "6");
    }

    @Test
    void aTimeLimitOfCenturiesIsNone() throws SupervisorException {
        assertEnded(run(Duration.ofSeconds(Long.MAX_VALUE)), 0);
    }

    @Test
    void stdinIsDroppedAfterAnInterrupt() {
        supervisor.onRun(run -> supervisor.interruptCaller());
        failure(() -> run("cat", new byte[3]));

        assertThat(supervisor.requests).last().isEqualTo("drop");
    }

    @Test
    void aLongTextIsDroppedAfterwards() throws SupervisorException {
        run("x".repeat(9_000));

        assertThat(supervisor.requests).contains("drop");
    }

    @Test
    void aDirectoryWithARecordSeparatorLeavesNothingInTheNextCommandsOutput() throws SupervisorException {
        supervisor.onRun(run -> supervisor.end(run, 0, "/work/a\u001eb"));
        run("cd");

        assertGoesOn();
    }
}
