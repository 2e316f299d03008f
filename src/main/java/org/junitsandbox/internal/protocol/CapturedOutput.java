package org.junitsandbox.internal.protocol;

/**
 * What one stream of a command held.
 *
 * @param bytes the first of its bytes, as many as the limit let be kept
 * @param total how many bytes there were in all
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record CapturedOutput(byte[] bytes, long total) {

    static final CapturedOutput NOTHING = new CapturedOutput(new byte[0], 0);

    public boolean truncated() {
        return total > bytes.length;
    }
}
