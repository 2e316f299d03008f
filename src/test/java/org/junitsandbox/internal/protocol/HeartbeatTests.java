package org.junitsandbox.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.protocol.Heartbeat.Step;

/** All times are in nanoseconds; those of a test begin anywhere, as those of the JVM do. */
class HeartbeatTests {

    private static final long FIRST = Heartbeat.FIRST_PING_DELAY_NANOS;

    private static final long INTERVAL = Heartbeat.PING_INTERVAL_NANOS;

    private static final long TIMEOUT = Heartbeat.SILENCE_TIMEOUT.toNanos();

    private static Step next(Heartbeat heartbeat, long now, boolean answered) {
        return heartbeat.next(now, answered, false, now);
    }

    private static Step nextAfterShellEnded(Heartbeat heartbeat, long now, boolean answered) {
        return heartbeat.next(now, answered, true, now);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1, -86_400_000_000_000L})
    void pingsFirstAfterADelayAndThenAtIntervals(long start) {
        Heartbeat heartbeat = new Heartbeat(start);

        assertThat(next(heartbeat, start, true)).isEqualTo(Step.WAIT);
        assertThat(heartbeat.nanosToNextStep(start)).isEqualTo(FIRST);
        assertThat(next(heartbeat, start + FIRST - 1, true)).isEqualTo(Step.WAIT);
        assertThat(heartbeat.nanosToNextStep(start + FIRST - 1)).isOne();
        assertThat(next(heartbeat, start + FIRST, true)).isEqualTo(Step.SEND_PING);
        assertThat(heartbeat.nanosToNextStep(start + FIRST)).isEqualTo(INTERVAL);
        assertThat(next(heartbeat, start + FIRST + INTERVAL - 1, true)).isEqualTo(Step.WAIT);
        assertThat(next(heartbeat, start + FIRST + INTERVAL, true)).isEqualTo(Step.SEND_PING);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1})
    void sendsNoPingWhileOneIsUnanswered(long start) {
        Heartbeat heartbeat = new Heartbeat(start);
        next(heartbeat, start + FIRST, true);

        assertThat(next(heartbeat, start + FIRST + INTERVAL, false)).isEqualTo(Step.WAIT);
        assertThat(heartbeat.nanosToNextStep(start + FIRST + INTERVAL)).isEqualTo(INTERVAL);
        assertThat(next(heartbeat, start + FIRST + 2 * INTERVAL, true)).isEqualTo(Step.SEND_PING);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1})
    void findsASilenceThatIsTooLong(long start) {
        Heartbeat heartbeat = new Heartbeat(start);
        long ping = start + FIRST;
        heartbeat.next(ping, true, false, start);

        assertThat(heartbeat.next(ping + TIMEOUT, false, false, start)).isEqualTo(Step.WAIT);
        assertThat(heartbeat.next(ping + TIMEOUT + 1, false, false, start)).isEqualTo(Step.SILENT);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1})
    void waitsAsLongAsOutputComes(long start) {
        Heartbeat heartbeat = new Heartbeat(start);
        long ping = start + FIRST;
        heartbeat.next(ping, true, false, start);
        long output = ping + TIMEOUT;

        assertThat(heartbeat.next(output + TIMEOUT, false, false, output)).isEqualTo(Step.WAIT);
        assertThat(heartbeat.next(output + TIMEOUT + 1, false, false, output)).isEqualTo(Step.SILENT);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1})
    void asksNoQuestionOfACommandThatIsQuietButAnswered(long start) {
        Heartbeat heartbeat = new Heartbeat(start);
        long ping = start + FIRST;
        heartbeat.next(ping, true, false, start);

        assertThat(heartbeat.next(ping + TIMEOUT + 1, true, false, ping)).isEqualTo(Step.SEND_PING);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pingsAtOnceAfterTheShellEndedAndWaitsForThatAnswer(boolean answered) {
        Heartbeat heartbeat = new Heartbeat(0);

        assertThat(nextAfterShellEnded(heartbeat, 1, answered)).isEqualTo(Step.SEND_PING);
        assertThat(nextAfterShellEnded(heartbeat, 2, false)).isEqualTo(Step.WAIT);
        assertThat(nextAfterShellEnded(heartbeat, 3, true)).isEqualTo(Step.SHELL_ENDED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnIfTheShellThatEndedWasAnEarlierOne(boolean answered) {
        Heartbeat heartbeat = new Heartbeat(0);
        nextAfterShellEnded(heartbeat, 1, true);

        assertThat(next(heartbeat, 2, answered)).isEqualTo(Step.WAIT);
        assertThat(nextAfterShellEnded(heartbeat, 3, answered)).isEqualTo(Step.SEND_PING);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - 1})
    void findsASilenceAfterTheEndOfAShell(long start) {
        Heartbeat heartbeat = new Heartbeat(start);
        heartbeat.next(start + 1, true, true, start);
        for (long now = start + INTERVAL; now - start <= TIMEOUT; now += INTERVAL) {
            assertThat(heartbeat.next(now, false, true, start)).isEqualTo(Step.WAIT);
        }

        assertThat(heartbeat.next(start + TIMEOUT + 2, false, true, start)).isEqualTo(Step.SILENT);
    }
}
