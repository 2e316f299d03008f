package org.junitsandbox.internal.engine.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.BuildContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A build's context as a tar archive, which a thread makes while it is read. */
final class BuildContextStream extends InputStream {

    private static final Logger LOG = LoggerFactory.getLogger(BuildContextStream.class);

    private static final int BUFFER_BYTES = 256 * 1024;

    private final PipedInputStream archive = new PipedInputStream(BUFFER_BYTES);
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();

    BuildContextStream(BuildContext context) throws IOException {
        PipedOutputStream sink = new PipedOutputStream(archive);
        BoundedCall.beside(() -> {
            try {
                write(context, sink);
            } catch (IOException e) {
                failure.set(e);
            }
            close(sink);
        });
    }

    private static void close(PipedOutputStream sink) {
        try {
            sink.close();
        } catch (IOException e) {
            LOG.debug("The end of a build's context was not read", e);
        }
    }

    /** Returns why the archive broke off; null if it did not, or only because nobody read on. */
    @Nullable IOException failure() {
        return failure.get();
    }

    private static void write(BuildContext context, PipedOutputStream sink) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(sink, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            // First the Dockerfile, as BuildKit takes what begins with a longer header for a Dockerfile itself.
            List<BuildContext.Entry> entries = new ArrayList<>(context.entries());
            entries.sort(Comparator.comparing(entry -> !entry.name().equals(context.dockerfileName())));
            for (BuildContext.Entry entry : entries) {
                try {
                    write(tar, entry);
                } catch (NoSuchFileException e) {
                    // Gone since the folder was looked at, as if it had never been there.
                }
            }
        }
    }

    private static void write(TarArchiveOutputStream tar, BuildContext.Entry entry) throws IOException {
        boolean isLink = entry.attributes().isSymbolicLink();
        boolean isFolder = entry.attributes().isDirectory();
        TarArchiveEntry header = isLink
                ? new TarArchiveEntry(entry.name(), TarConstants.LF_SYMLINK)
                : new TarArchiveEntry(entry.name() + (isFolder ? "/" : ""));
        header.setMode(entry.mode());
        // Whole seconds: a fraction needs a header before the entry.
        header.setModTime(FileTime.from(entry.attributes().lastModifiedTime().to(TimeUnit.SECONDS), TimeUnit.SECONDS));
        header.setSize(entry.size());
        if (isLink) {
            header.setLinkName(Files.readSymbolicLink(entry.path()).toString());
        }
        if (isLink || isFolder) {
            tar.putArchiveEntry(header);
            tar.closeArchiveEntry();
            return;
        }
        try (InputStream content = Files.newInputStream(entry.path())) {
            tar.putArchiveEntry(header);
            copy(content, tar, entry);
            tar.closeArchiveEntry();
        }
    }

    /** The archive has its size already. */
    private static void copy(InputStream content, TarArchiveOutputStream tar, BuildContext.Entry entry)
            throws IOException {
        byte[] chunk = new byte[BUFFER_BYTES];
        for (long left = entry.size(); left > 0; ) {
            int count = content.read(chunk, 0, (int) Math.min(left, chunk.length));
            if (count < 0) {
                throw new IOException(entry.path() + " became shorter while it was read. If the image does not need it,"
                        + " name it in .dockerignore");
            }
            tar.write(chunk, 0, count);
            left -= count;
        }
    }

    @Override
    public int read() throws IOException {
        return archive.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = archive.read(bytes, offset, length);
        IOException broken = failure.get();
        if (count < 0 && broken != null) {
            throw broken;
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
