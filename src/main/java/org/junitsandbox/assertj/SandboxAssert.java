package org.junitsandbox.assertj;

import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.SoftAssertionsProvider;
import org.assertj.core.internal.Failures;
import org.jspecify.annotations.Nullable;

/**
 * What the assertions of this package share. None of their methods may be final, and each class needs a public
 * constructor of one argument: AssertJ makes soft assertions by subclassing them.
 */
abstract class SandboxAssert<S extends SandboxAssert<S, A>, A> extends AbstractAssert<S, A> {

    /** What collects failures; null where the first one is thrown. */
    @Nullable SoftAssertionsProvider softly;

    SandboxAssert(@Nullable A actual, Class<S> type) {
        super(actual, type);
    }

    S verify(Check check, Supplier<String> report) {
        if (check.found() != null) {
            FailureMessage message = new FailureMessage(check, report.get());
            Check.Diff diff = check.diff();
            if (diff == null) {
                throwAssertionError(message);
            } else {
                throw Failures.instance().failure(info, message, diff.found(), diff.expected());
            }
        }
        return myself;
    }

    /**
     * Does what must hold before one can go on to a part of what was given. A soft failure lets one go on all the same.
     */
    void beforeNavigation(Runnable assertions) {
        try {
            assertions.run();
        } catch (AssertionError failure) {
            if (softly == null) {
                throw failure;
            }
            softly.collectAssertionError(failure);
        }
    }

    /** Goes on to assertions on a part; AssertJ by itself would leave soft assertions here. */
    <N extends AbstractAssert<N, V>, V> N navigate(
            Class<N> assertType, Class<V> valueType, Function<@Nullable V, N> hard, @Nullable V value) {
        N next = softly == null ? hard.apply(value) : softly.proxy(assertType, valueType, value);
        if (info.hasDescription()) {
            next.as(info.description());
        }
        return next.withRepresentation(info.representation());
    }
}
