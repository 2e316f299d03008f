package org.junitsandbox.internal.protocol;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The answers to requests for the kernel's counters: of each token that is expected, the first one. */
final class CounterAnswers {

    private final Set<String> expected = new HashSet<>();
    private final Map<String, String> texts = new HashMap<>();

    void expect(String token) {
        expected.add(token);
    }

    /** Takes an answer. One that is not expected is no answer of the supervisor's. */
    void note(SupervisorMessage.CountersRead answer) {
        if (expected.remove(answer.token())) {
            texts.put(answer.token(), answer.text());
        }
    }

    boolean has(String token) {
        return texts.containsKey(token);
    }

    /** Returns the text of an answer, and forgets it. */
    @Nullable String take(String token) {
        return texts.remove(token);
    }
}
