package org.junitsandbox.shell;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A figure of a {@link Usage}: its exact value, or what it is at most, or that it is not known, and why. What is not
 * known is never 0. Immutable, so safe for use by several threads.
 *
 * @param <T> the type of its value
 * @since 0.1
 */
public final class Figure<T> {

    private final @Nullable T bound;
    private final @Nullable String reason;

    private Figure(@Nullable T bound, @Nullable String reason) {
        this.bound = bound;
        this.reason = reason;
    }

    static <T> Figure<T> exactly(T value) {
        return new Figure<>(value, null);
    }

    /**
     * @param reason why no more is known: a clause
     */
    static <T> Figure<T> atMost(T bound, String reason) {
        return new Figure<>(bound, reason);
    }

    /**
     * @param reason why it is not known: a clause
     */
    static <T> Figure<T> unknown(String reason) {
        return new Figure<>(null, reason);
    }

    <R> Figure<R> map(Function<T, R> function) {
        return new Figure<>(bound == null ? null : function.apply(bound), reason);
    }

    /**
     * Whether its value is known.
     *
     * @return true if {@link #value()} returns it
     */
    public boolean isExact() {
        return bound != null && reason == null;
    }

    /**
     * Returns the exact value.
     *
     * @return the value
     * @throws IllegalStateException if it is not known; the message has the reason
     */
    public T value() {
        if (bound == null || reason != null) {
            throw new IllegalStateException("The value is not known: " + this);
        }
        return bound;
    }

    /**
     * Returns what the value is at most.
     *
     * @return the value itself if it is exact; empty if nothing is known
     */
    public Optional<T> upperBound() {
        return Optional.ofNullable(bound);
    }

    /**
     * Returns why the exact value is not known.
     *
     * @return a clause without a full stop; empty if it is exact
     */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Figure<?> that
                && Objects.equals(bound, that.bound)
                && Objects.equals(reason, that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(bound, reason);
    }

    /**
     * Returns the figure for messages.
     *
     * @return for example {@code "3"}, {@code "at most 3 (reason)"} or {@code "unknown (reason)"}
     */
    @Override
    public String toString() {
        if (reason == null) {
            return String.valueOf(bound);
        }
        return (bound == null ? "unknown" : "at most " + bound) + " (" + reason + ")";
    }
}
