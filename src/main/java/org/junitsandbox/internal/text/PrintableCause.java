package org.junitsandbox.internal.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cause of a failure, with a text that is {@linkplain Printable#lines printable}. A stack trace prints the texts of
 * all causes, and that of an {@code IOException}, for one, has a file's name as it is.
 */
public final class PrintableCause extends Exception {

    private static final long serialVersionUID = 1;

    private final String text;

    private PrintableCause(Throwable original, @Nullable Throwable cause) {
        super(original.getMessage() == null ? null : Printable.lines(original.getMessage()), cause);
        this.text = Printable.lines(original.toString());
        setStackTrace(original.getStackTrace());
    }

    /** Returns {@code cause} itself where all that its stack trace prints is printable, and a copy otherwise. */
    public static @Nullable Throwable of(@Nullable Throwable cause) {
        return cause == null || isPrintable(cause, newSet()) ? cause : copy(cause, newSet());
    }

    /** Of failures themselves, as their {@code equals} may be anything. */
    private static Set<Throwable> newSet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static boolean isPrintable(Throwable failure, Set<Throwable> seen) {
        String text = failure.toString();
        return !seen.add(failure)
                || (text.equals(Printable.lines(text))
                        && (failure.getCause() == null || isPrintable(failure.getCause(), seen))
                        && Arrays.stream(failure.getSuppressed()).allMatch(other -> isPrintable(other, seen)));
    }

    /** A failure can be among its own causes; it is copied once. */
    private static @Nullable Throwable copy(@Nullable Throwable original, Set<Throwable> seen) {
        if (original == null || !seen.add(original)) {
            return null;
        }
        PrintableCause copy = new PrintableCause(original, copy(original.getCause(), seen));
        for (Throwable other : original.getSuppressed()) {
            Throwable suppressed = copy(other, seen);
            if (suppressed != null) {
                copy.addSuppressed(suppressed);
            }
        }
        return copy;
    }

    /** Begins with the class of the original, as its stack trace does. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return text;
    }
}
