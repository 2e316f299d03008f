package org.junitsandbox.internal.audit;

import java.util.Optional;

/**
 * An amount, and the kernel's line that shows it.
 *
 * @param value {@link #UNLIMITED} where there is no limit
 * @param evidence for messages: "pids.max is max"
 */
record Amount(long value, String evidence) {

    /** More than any machine has. */
    static final long UNLIMITED = Long.MAX_VALUE;

    /** Control groups of version 1 have a number for it: the largest that a page's size leaves. */
    private static final long UNLIMITED_FROM = 1L << 62;

    /** Reads a number; "max", "unlimited" and what no machine has are {@link #UNLIMITED}. */
    static Optional<Amount> parse(String text, String evidence) {
        return text.equals("max") || text.equals("unlimited")
                ? Optional.of(new Amount(UNLIMITED, evidence))
                : number(text).map(value -> new Amount(value >= UNLIMITED_FROM ? UNLIMITED : value, evidence));
    }

    /** Reads a decimal number; empty if it is not one. */
    static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    boolean isUnlimited() {
        return value == UNLIMITED;
    }
}
