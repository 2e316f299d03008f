package org.junitsandbox.assertj;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is expected, and what was found instead.
 *
 * @param expectation completes "Expecting …"
 * @param found what was found, beginning with "but"; null where the expectation holds
 * @param diff the two texts, if it helps to see them side by side
 */
record Check(String expectation, @Nullable String found, @Nullable Diff diff) {

    record Diff(String expected, String found) {}

    static Check of(boolean holds, String expectation, String otherwise) {
        return new Check(expectation, holds ? null : otherwise, null);
    }

    /** For what takes time to put into words, such as large content whose secrets are to be masked. */
    static Check of(boolean holds, String expectation, Supplier<String> otherwise) {
        return new Check(expectation, holds ? null : otherwise.get(), null);
    }

    /** The same expectation, but something else was found. */
    Check but(String otherFound) {
        return new Check(expectation, otherFound, null);
    }
}
