package org.junitsandbox.internal.text;

/**
 * The sizes that a setting may have.
 *
 * @param least the smallest, in bytes
 * @param most the largest, in bytes; {@link Long#MAX_VALUE} for no bound
 */
public record SizeRange(long least, long most) {

    /** What is kept in a Java array. */
    public static final long MAX_ARRAY_BYTES = 1L << 30;

    /** The output of one command that is kept, per stream. */
    public static final SizeRange OUTPUT = new SizeRange(0, MAX_ARRAY_BYTES);

    /**
     * Checks a size.
     *
     * @param name the setting, to begin the message with
     * @throws IllegalArgumentException if the size is outside this range
     */
    public void check(String name, long bytes) {
        if (bytes < least || bytes > most) {
            throw new IllegalArgumentException(name + " is " + Units.describe(bytes) + ": expected "
                    + Units.describe(least) + (most == Long.MAX_VALUE ? " or more" : " to " + Units.describe(most)));
        }
    }
}
