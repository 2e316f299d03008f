package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitsandbox.internal.stream.StandardStream.STDERR;
import static org.junitsandbox.internal.stream.StandardStream.STDOUT;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.protocol.SupervisorMessage.CommandEnded;
import org.junitsandbox.internal.protocol.SupervisorMessage.DirectoryReported;
import org.junitsandbox.internal.protocol.SupervisorMessage.LimitsFound;
import org.junitsandbox.internal.protocol.SupervisorMessage.Pong;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;

/** What becomes of a command's output, and of output between commands. */
class SupervisorClientOutputTests extends SupervisorClientFixture {

    @Test
    void returnsOutputStatusAndDirectory() throws SupervisorException {
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
        assertThat(supervisor.words()).containsExactly("'it'\\''s'", "'pwd'");
    }

    @Test
    void countsOutputBeyondItsLimit() throws SupervisorException {
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
    void waitsForTheEndOfStderr() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.stdout("out");
            supervisor.report(STDOUT, new CommandEnded(run.id(), 0));
            supervisor.stdout("of a background process");
            for (int i = 0; i < 50; i++) {
                supervisor.stderr("late ");
            }
            supervisor.report(STDERR, new DirectoryReported(run.id(), "/work"));
        });
        Reply reply = run("command");

        assertEnded(reply, 0);
        assertThat(text(reply.stdout())).isEqualTo("out");
        assertThat(text(reply.stderr())).isEqualTo("late ".repeat(50));
    }

    @Test
    void waitsForTheEndOfStdout() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.report(STDERR, new DirectoryReported(run.id(), "/work"));
            supervisor.stderr("of a background process");
            supervisor.stdout("late");
            supervisor.report(STDOUT, new CommandEnded(run.id(), 4));
        });
        Reply reply = run("command");

        assertEnded(reply, 4);
        assertThat(text(reply.stdout())).isEqualTo("late");
        assertThat(text(reply.stderr())).isEmpty();
    }

    @Test
    void keepsOutputBetweenTwoRequestsApart() throws SupervisorException {
        run("first");
        supervisor.stdout("of a background process");
        supervisor.stderr("of another");

        assertNextCommandWorks();
        assertThat(text(client.strayOutput(STDOUT))).isEqualTo("of a background process");
        assertThat(text(client.strayOutput(STDERR))).isEqualTo("of another");
    }

    @Test
    void receivesOutputThatCameSinceTheLastCommand() throws SupervisorException {
        run("first");
        supervisor.stdout("since");
        assertThat(client.strayOutput(STDOUT).total()).isZero();

        client.receiveStrayOutput();

        assertThat(text(client.strayOutput(STDOUT))).isEqualTo("since");
        assertNextCommandWorks();
    }

    @Test
    void countsAsStrayWhatComesBeforeOrAfterACommand() throws SupervisorException {
        supervisor.onRequest(SupervisorRequest.Own.class, own -> {
            supervisor.stdout("before ");
            supervisor.report(STDOUT, new SupervisorMessage.CommandBegan(own.id(), 0));
            supervisor.stdout("output");
            supervisor.report(STDOUT, new CommandEnded(own.id(), 0));
            supervisor.stdout("after");
            supervisor.report(STDERR, new DirectoryReported(own.id(), "-"));
        });
        assertThat(text(client.run(requestOfLibrary("own")).stdout())).isEqualTo("output");

        assertThat(text(client.strayOutput(STDOUT))).isEqualTo("before after");
    }

    @Test
    void keepsTheFirst64KibOfStrayOutputAndCountsTheRest() throws SupervisorException {
        for (int i = 0; i < 20; i++) {
            supervisor.stdout("x".repeat(10_000));
        }
        client.receiveStrayOutput();

        assertThat(text(client.strayOutput(STDOUT))).isEqualTo("x".repeat(64 * 1024));
        assertThat(client.strayOutput(STDOUT).total()).isEqualTo(200_000);
        assertThat(client.strayOutput(STDERR).total()).isZero();
    }

    @Test
    void runsTheNextCommandThoughAProcessWritesForever() throws SupervisorException {
        run("first");
        supervisor.flood();

        assertNextCommandWorks();
    }

    @Test
    void keepsTheRestOfADirectoryWithARecordSeparatorOutOfTheNextOutput() throws SupervisorException {
        supervisor.onRun(run -> supervisor.end(run, 0, "/work/a\u001eb"));
        run("cd");

        assertNextCommandWorks();
    }

    @Test
    void believesOnlyTheLimitsFoundBeforeAnyCommand() throws SupervisorException {
        FakeSupervisor other = new FakeSupervisor();
        SupervisorClient opened = new SupervisorClient(other, "/home");
        assertThat(opened.foundLimits()).isEmpty();
        other.onRequest(Ping.class, ping -> {
            other.report(STDOUT, new LimitsFound("memory.max 1\ncore 0\n"));
            other.reportOnBoth(new Pong(ping.id()));
        });
        opened.open(OPEN_TIMEOUT);
        other.onRun(run -> {
            other.report(STDOUT, new LimitsFound("memory.max 2"));
            other.end(run, 0);
        });
        opened.run(request("lie"));

        assertThat(opened.foundLimits()).isEqualTo("memory.max 1\ncore 0\n");
    }

    @Nested
    class AListener {

        @Test
        void receivesOutputInItsOrder() throws SupervisorException {
            supervisor.onRun(run -> {
                supervisor.stdout("a");
                supervisor.stderr("b");
                supervisor.stdout("c");
                supervisor.end(run, 0);
            });
            List<String> received = new ArrayList<>();
            run((stream, bytes, offset, length) ->
                    received.add(stream + " " + new String(bytes, offset, length, UTF_8)));

            assertThat(received).containsExactly("STDOUT a", "STDERR b", "STDOUT c");
        }

        @Test
        void hasItsExceptionThrownAfterTheCommandsEnd() throws SupervisorException {
            RuntimeException thrown = new IllegalStateException("listener");
            List<String> received = new ArrayList<>();
            supervisor.onRun(run -> {
                supervisor.stdout("a");
                supervisor.stdout("b");
                supervisor.end(run, 6, "/work/sub");
            });

            assertThatThrownBy(() -> run((stream, bytes, offset, length) -> {
                        received.add(new String(bytes, offset, length, UTF_8));
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertThat(received).containsExactly("a");
            assertNextCommandWorks();
            assertThat(supervisor.statuses()).containsExactly(0, 6);
        }

        @Test
        void doesNotDisturbTheNextCommandByAnError() throws SupervisorException {
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
            assertNextCommandWorks();
            assertThat(supervisor.statuses()).containsExactly(0, 6);
        }
    }
}
