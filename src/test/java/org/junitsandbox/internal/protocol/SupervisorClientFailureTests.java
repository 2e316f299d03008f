package org.junitsandbox.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.internal.stream.StandardStream.STDERR;
import static org.junitsandbox.internal.stream.StandardStream.STDOUT;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.protocol.SupervisorException.Reason;
import org.junitsandbox.internal.protocol.SupervisorMessage.CommandEnded;
import org.junitsandbox.internal.protocol.SupervisorMessage.DirectoryReported;
import org.junitsandbox.internal.protocol.SupervisorMessage.Malformed;
import org.junitsandbox.internal.protocol.SupervisorMessage.Pong;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;

/** What ends the use of a client. */
class SupervisorClientFailureTests extends SupervisorClientFixture {

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
    void failsForGoodAtAMalformedMessage(String message) {
        supervisor.onRun(run -> {
            assertThat(run.id()).isOne();
            supervisor.stdout("so far");
            supervisor.stderr("error");
            supervisor.report(STDOUT, new Malformed(message, ""));
        });
        SupervisorException failure = failedRun();

        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_MESSAGE);
        assertThat(failure)
                .hasMessageStartingWith("it sent a message outside the protocol, ")
                .hasMessageEndingWith(": " + message);
        assertThat(text(failure.stdout())).isEqualTo("so far");
        assertThat(text(failure.stderr())).isEqualTo("error");
        assertThat(failedRun().reason()).isEqualTo(Reason.MALFORMED_MESSAGE);
        assertThat(supervisor.runs).hasSize(1);
    }

    @Test
    void keepsTheOutputIfTheStreamsEndAnywhereBeforeTheLastMarkersEnd() {
        int length = supervisor.marker(new CommandEnded(1, 0)).length();
        for (int cut = 0; cut < length; cut++) {
            FakeSupervisor ending = new FakeSupervisor();
            int count = cut;
            ending.onRun(run -> {
                ending.stdout("so far");
                ending.stderr("error");
                ending.report(STDERR, new DirectoryReported(1, "/work"));
                ending.stdout(ending.marker(new CommandEnded(1, 0)).substring(0, count));
                ending.endStreams();
            });
            SupervisorClient other = new SupervisorClient(ending, "/home");
            SupervisorException failure = failure(() -> {
                other.open(OPEN_TIMEOUT);
                other.run(request("command"));
            });

            assertThat(failure.reason()).as("cut at %d", cut).isEqualTo(Reason.DISCONNECTED);
            assertThat(text(failure.stdout())).as("cut at %d", cut).isEqualTo("so far");
            assertThat(text(failure.stderr())).as("cut at %d", cut).isEqualTo("error");
        }
    }

    @Test
    void failsForGoodIfTheStreamsBreak() {
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
    void failsForGoodIfARequestCannotBeSent() {
        supervisor.failOnSending();
        SupervisorException failure = failedRun();

        assertThat(failure.reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(failure).hasRootCauseMessage("broken pipe");
        assertThat(failedRun().reason()).isEqualTo(Reason.DISCONNECTED);
    }

    /** What comes after a command: its input is dropped, and the kernel's counter is asked for as it was not quick. */
    @Test
    void keepsTheResultOfACommandAfterWhichNothingCanBeSent() throws SupervisorException {
        supervisor.onRun(run -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            supervisor.stdout("all");
            supervisor.end(run, 3);
            supervisor.failOnSending();
        });
        Reply reply = run("command", new byte[1]);

        assertEnded(reply, 3);
        assertThat(text(reply.stdout())).isEqualTo("all");
        assertThat(failedRun().reason()).isEqualTo(Reason.DISCONNECTED);
    }

    @Test
    void keepsTheOutputIfAKillCannotBeSent() {
        supervisor.onRun(run -> {
            supervisor.stdout("so far");
            supervisor.failOnSending();
        });
        SupervisorException failure = failure(() -> run(Duration.ofMillis(20)));

        assertThat(failure.reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(text(failure.stdout())).isEqualTo("so far");
    }

    @Test
    void failsIfTheStreamsEndedBetweenTwoCommands() {
        supervisor.endStreams();

        assertThat(failedRun().reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(supervisor.runs).isEmpty();
    }

    @Test
    void keepsTheOutputOfAContainerThatEndsWhileOpening() {
        FakeSupervisor other = new FakeSupervisor();
        other.stderr("exec: no such file");
        other.endStreams();
        SupervisorException failure =
                failure(() -> new SupervisorClient(other, "/home").open(OPEN_TIMEOUT));

        assertThat(failure.reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(text(failure.stderr())).isEqualTo("exec: no such file");
    }

    @Test
    void failsIfTheSupervisorIsNotReadyInTime() {
        FakeSupervisor other = new FakeSupervisor();
        other.onRequest(Ping.class, ping -> other.report(STDOUT, new Pong(ping.id())));
        SupervisorException failure =
                failure(() -> new SupervisorClient(other, "/home").open(Duration.ofMillis(1)));

        assertThat(failure.reason()).isEqualTo(Reason.SILENT);
        assertThat(failure).hasMessage("its shell was not ready within 0.001 s");
    }
}
