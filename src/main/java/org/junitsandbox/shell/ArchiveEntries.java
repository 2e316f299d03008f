package org.junitsandbox.shell;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a tar archive that a sandbox made. None of them makes this JVM keep more than a bounded number of
 * bytes, whatever lengths an archive gives for its names.
 */
final class ArchiveEntries {

    /** Names are read byte by byte, so that bytes that are not UTF-8 are found and not replaced. */
    static final Charset NAME_BYTES = StandardCharsets.ISO_8859_1;

    /** All headers of one entry: GNU's and POSIX's long names, and what else comes with them. */
    static final int MAX_HEADER_BYTES = 256 << 10;

    private final BoundedInput input;
    private final TarArchiveInputStream tar;

    /** Ends with an exception where headers are read without end. */
    private static final class BoundedInput extends FilterInputStream {

        private int headerBytesLeft = Integer.MAX_VALUE;

        BoundedInput(InputStream archive) {
            super(archive);
        }

        @Override
        public int read() throws IOException {
            count(1);
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(Math.max(0, read));
            return read;
        }

        private void count(int read) throws IOException {
            if (headerBytesLeft != Integer.MAX_VALUE && (headerBytesLeft -= read) < 0) {
                throw new IOException("its headers have more than " + MAX_HEADER_BYTES + " bytes");
            }
        }
    }

    ArchiveEntries(InputStream archive) {
        this.input = new BoundedInput(archive);
        this.tar = new TarArchiveInputStream(input, NAME_BYTES.name());
    }

    /**
     * Goes on to the next entry.
     *
     * @return null at the end
     * @throws IOException if this is no tar archive, or one whose headers are too long
     * @throws SandboxInterruptedException if this thread is interrupted
     */
    @Nullable TarArchiveEntry next() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new SandboxInterruptedException("Interrupted while an archive of a sandbox was read", null);
        }
        // What was not read of an entry's content is not to count as headers.
        if (tar.getCurrentEntry() != null) {
            tar.transferTo(OutputStream.nullOutputStream());
        }
        input.headerBytesLeft = MAX_HEADER_BYTES;
        try {
            return tar.getNextEntry();
        } catch (RuntimeException e) {
            throw new IOException(e);
        } finally {
            input.headerBytesLeft = Integer.MAX_VALUE;
        }
    }

    /** The content of the present entry. */
    InputStream content() {
        return tar;
    }
}
