package org.junitsandbox.internal.protocol;

/**
 * The output of a command on one stream.
 *
 * @param bytes the first bytes, as many as the output limit allows
 * @param total the number of all bytes, kept or not
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record CapturedOutput(byte[] bytes, long total) {

    static final CapturedOutput NOTHING = new CapturedOutput(new byte[0], 0);

    /** Whether there was more output than was kept. */
    public boolean truncated() {
        return total > bytes.length;
    }
}
