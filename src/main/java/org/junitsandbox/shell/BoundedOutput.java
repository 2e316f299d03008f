package org.junitsandbox.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes bytes to a stream until they exceed a limit. */
final class BoundedOutput {

    private final OutputStream target;
    private final long limitBytes;
    private long bytes;

    BoundedOutput(OutputStream target, long limitBytes) {
        this.target = target;
        this.limitBytes = limitBytes;
    }

    /**
     * Writes a part, unless that would exceed the limit.
     *
     * @throws UncheckedIOException if the stream cannot be written
     */
    void write(byte[] part, int offset, int length) {
        bytes += length;
        if (!isExceeded()) {
            try {
                target.write(part, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    boolean isExceeded() {
        return bytes > limitBytes;
    }
}
