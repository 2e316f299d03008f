package org.junitsandbox.internal.protocol;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks a supervisor for the kernel's counters: at the beginning of a session, and whenever they are needed. */
final class CounterRequests {

    private final SupervisorChannel channel;
    private final CounterAnswers answers;

    /** Stands for the request of the beginning until its answer is needed. */
    private @Nullable String firstToken;

    private String first = "";

    CounterRequests(SupervisorChannel channel, CounterAnswers answers) {
        this.channel = channel;
        this.answers = answers;
    }

    /** Has the counters read before the first command, without waiting for them. */
    void begin() throws SupervisorException {
        firstToken = send();
    }

    /** Returns the counters as they are now, as lines of the kernel's files. */
    String read() throws SupervisorException {
        String text = await(send());
        if (firstToken != null) {
            first = await(firstToken);
            firstToken = null;
        }
        return text;
    }

    /** Returns the counters of the beginning; empty before the first {@link #read}. */
    String first() {
        return first;
    }

    private String send() throws SupervisorException {
        String token = SupervisorClient.randomName();
        answers.expect(token);
        channel.send(new SupervisorRequest.ReadCounters(token));
        return token;
    }

    private String await(String token) throws SupervisorException {
        channel.awaitAnswer(
                () -> answers.has(token), Heartbeat.SILENCE_TIMEOUT, "it did not read the kernel's counters");
        return Objects.requireNonNull(answers.take(token));
    }
}
