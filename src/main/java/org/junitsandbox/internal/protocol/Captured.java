package org.junitsandbox.internal.protocol;

/**
 * What one stream of a command held.
 *
 * @param bytes the first of its bytes, as many as the limit let be kept
 * @param total how many bytes there were in all
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Captured(byte[] bytes, long total) {

    static final Captured NOTHING = new Captured(new byte[0], 0);

    public boolean truncated() {
        return total > bytes.length;
    }
}
