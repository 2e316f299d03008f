package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;

/**
 * Beginning and end of what a command writes to one stream, in bounded memory. For commands that return no result. Not
 * safe for use by several threads.
 */
final class OutputEnds {

    private static final int HALF = KeptOutput.MAX_BYTES / 2;

    private final ByteArrayOutputStream head = new ByteArrayOutputStream();

    /** A ring of the last bytes after the head. */
    private byte[] tail = {};

    private long bytesOfTail;

    void add(byte[] bytes, int offset, int length) {
        int toHead = Math.min(length, HALF - head.size());
        head.write(bytes, offset, toHead);
        int skipped = Math.max(0, length - toHead - HALF);
        bytesOfTail += skipped;
        addToTail(bytes, offset + toHead + skipped, length - toHead - skipped);
    }

    private void addToTail(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        if (tail.length == 0) {
            tail = new byte[HALF];
        }
        int at = (int) (bytesOfTail % HALF);
        int toEnd = Math.min(length, HALF - at);
        System.arraycopy(bytes, offset, tail, at, toEnd);
        System.arraycopy(bytes, offset + toEnd, tail, 0, length - toEnd);
        bytesOfTail += length;
    }

    KeptOutput kept() {
        int start = bytesOfTail <= HALF ? 0 : (int) (bytesOfTail % HALF);
        byte[] end = new byte[(int) Math.min(bytesOfTail, HALF)];
        System.arraycopy(tail, start, end, 0, end.length - start);
        System.arraycopy(tail, 0, end, end.length - start, start);
        return new KeptOutput(head.toByteArray(), end, head.size() + bytesOfTail);
    }
}
