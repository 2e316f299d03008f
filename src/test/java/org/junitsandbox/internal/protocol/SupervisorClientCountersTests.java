package org.junitsandbox.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.internal.stream.StandardStream.STDOUT;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.protocol.SupervisorException.Reason;
import org.junitsandbox.internal.protocol.SupervisorMessage.CountersRead;
import org.junitsandbox.internal.protocol.SupervisorRequest.ReadCounters;

/** What the client makes of answers to its requests for the kernel's counters. */
class SupervisorClientCountersTests extends SupervisorClientFixture {

    @Test
    void knowsTheCountersOfTheBeginningAndThoseOfNow() throws SupervisorException {
        supervisor.counters = "memory.failcnt 7 \n";

        assertThat(client.firstCounters()).as("before they are needed").isEmpty();
        assertThat(client.readCounters()).isEqualTo("memory.failcnt 7 \n");
        assertThat(client.firstCounters()).isEqualTo("memory.failcnt 0 \n");
    }

    @Test
    void keepsTheCountersOfTheBeginningWhateverCommandsRunMeanwhile() throws SupervisorException {
        run("first");
        supervisor.counters = "memory.failcnt 7 \n";
        client.readCounters();
        supervisor.counters = "memory.failcnt 9 \n";

        assertThat(client.readCounters()).isEqualTo("memory.failcnt 9 \n");
        assertThat(client.firstCounters()).isEqualTo("memory.failcnt 0 \n");
    }

    @Test
    void takesNoAnswerThatACommandMadeUp() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.report(STDOUT, new CountersRead("guessed", "memory.failcnt 1 \n"));
            supervisor.end(run, 0);
        });
        run("forger");
        supervisor.counters = "memory.failcnt 7 \n";

        assertThat(client.readCounters()).isEqualTo("memory.failcnt 7 \n");
    }

    @Test
    void takesNoSecondAnswer() throws SupervisorException {
        AtomicBoolean first = new AtomicBoolean(true);
        supervisor.onRequest(ReadCounters.class, read -> {
            supervisor.report(STDOUT, new CountersRead(read.token(), first.getAndSet(false) ? "true" : "later"));
            supervisor.report(STDOUT, new CountersRead(read.token(), "replayed"));
        });

        assertThat(client.readCounters()).isEqualTo("true");
        assertThat(client.readCounters()).isEqualTo("later");
    }

    @Test
    void keepsOutputBeforeTheAnswerFromTheNextCommand() throws SupervisorException {
        supervisor.stdout("of the background");
        client.readCounters();

        assertNextCommandWorks();
    }

    @Test
    void failsIfTheStreamsBreakBeforeTheAnswer() {
        supervisor.onRequest(ReadCounters.class, read -> supervisor.breakStreams(new IOException("reset by peer")));

        SupervisorException failure = failure(client::readCounters);

        assertThat(failure.reason()).isEqualTo(Reason.DISCONNECTED);
        assertThat(failure).hasMessage("the connection to the container broke");
    }
}
