package org.junitsandbox.internal.text;

/**
 * The sizes that a setting accepts.
 *
 * @param min the smallest, in bytes
 * @param max the largest, in bytes; {@link Long#MAX_VALUE} for no bound
 */
public record SizeRange(long min, long max) {

    /** The largest size of what is kept in a Java array, in bytes. */
    public static final long MAX_ARRAY_BYTES = 1L << 30;

    /** The output of one command that is kept, per stream. */
    public static final SizeRange OUTPUT = new SizeRange(0, MAX_ARRAY_BYTES);

    /**
     * Checks a size and returns it.
     *
     * @param name the setting, to begin the message with
     * @throws IllegalArgumentException if the size is outside this range
     */
    public long check(String name, long bytes) {
        if (bytes < min || bytes > max) {
            throw new IllegalArgumentException(name + " is " + Units.describe(bytes) + ": expected "
                    + Units.describe(min) + (max == Long.MAX_VALUE ? " or more" : " to " + Units.describe(max)));
        }
        return bytes;
    }
}
