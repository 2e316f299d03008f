package org.junitsandbox.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/** Reads one part after the other. Unlike the JDK's, it does not open all that is left when it is closed. */
final class PartsInputStream extends InputStream {

    private final Iterator<Content> parts;
    private InputStream current = nullInputStream();
    private boolean closed;

    PartsInputStream(Iterator<Content> parts) {
        this.parts = parts;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("The stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        int count = current.read(buffer, offset, length);
        while (count == -1 && parts.hasNext()) {
            current.close();
            current = parts.next().open();
            count = current.read(buffer, offset, length);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        current.close();
    }
}
