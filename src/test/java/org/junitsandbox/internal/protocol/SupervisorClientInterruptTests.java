package org.junitsandbox.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.internal.stream.StandardStream.STDERR;
import static org.junitsandbox.internal.stream.StandardStream.STDOUT;

import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.protocol.SupervisorException.Reason;
import org.junitsandbox.internal.protocol.SupervisorMessage.CommandEnded;
import org.junitsandbox.internal.protocol.SupervisorMessage.DataStored;
import org.junitsandbox.internal.protocol.SupervisorMessage.DirectoryReported;
import org.junitsandbox.internal.protocol.SupervisorMessage.Killed;
import org.junitsandbox.internal.protocol.SupervisorRequest.Data;
import org.junitsandbox.internal.protocol.SupervisorRequest.Kill;

/** What an interrupt of the waiting thread does. */
class SupervisorClientInterruptTests extends SupervisorClientFixture {

    @Test
    void killsEverythingAndKeepsTheOutput() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.stdout("so far");
            supervisor.interruptCaller();
        });
        SupervisorException failure = failedRun();

        assertThat(Thread.currentThread().isInterrupted()).as("reported by the exception, not by the flag").isFalse();
        assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(text(failure.stdout())).isEqualTo("so far");
        assertThat(supervisor.requests).singleElement().isInstanceOf(Kill.class);
        assertNextCommandWorks();
    }

    @Test
    void runsNothingToItsEndIfInterruptedBefore() throws SupervisorException {
        supervisor.onRun(run -> {});
        Thread.currentThread().interrupt();
        SupervisorException failure = failedRun();

        assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(supervisor.requests).singleElement().isInstanceOf(Kill.class);
        assertNextCommandWorks();
    }

    @Test
    void keepsASecondInterruptWhileEverythingIsKilled() throws SupervisorException {
        supervisor.onRun(run -> supervisor.interruptCaller());
        supervisor.onRequest(Kill.class, kill -> {
            supervisor.interruptCaller();
            supervisor.reportOnBoth(new Killed(kill.id()));
        });

        assertThat(failedRun().reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        assertNextCommandWorks();
    }

    @Test
    void storesInputBeforeItObeysAnInterrupt() throws SupervisorException {
        supervisor.onRequest(Data.class, sent -> {
            supervisor.interruptCaller();
            supervisor.report(STDOUT, new DataStored(0));
        });
        supervisor.onRun(run -> {});

        assertThat(failure(() -> run("cat", new byte[3])).reason()).isEqualTo(Reason.INTERRUPTED);
        assertThat(supervisor.data).hasSize(1);
        assertNextCommandWorks();
    }

    @Test
    void keepsAnInterruptWhileOpening() throws SupervisorException {
        FakeSupervisor other = new FakeSupervisor();
        other.interruptCaller();
        new SupervisorClient(other, "/home").open(OPEN_TIMEOUT);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void keepsAnInterruptThatComesWithTheCommandsEnd() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.report(STDERR, new DirectoryReported(run.id(), "/work"));
            supervisor.interruptCallerWith(new CommandEnded(run.id(), 0));
        });
        assertEnded(run("command"), 0);

        assertThat(Thread.interrupted()).isTrue();
    }
}
