package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.ByteText;

/** Packs files into tar archives of a limited size, each of them complete. */
final class TarBlocks {

    private static final byte[] NOTHING = {};

    private static final Charset NAME_BYTES = StandardCharsets.ISO_8859_1;

    /** For a block's headers, the padding of its files and its end. */
    private static final int RESERVED_BYTES = 1 << 20;

    private final int maxBytes;
    private final Consumer<byte[]> sink;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private @Nullable TarArchiveOutputStream tar;

    /**
     * @param sink receives each archive when it is complete
     */
    TarBlocks(int maxBytes, Consumer<byte[]> sink) {
        this.maxBytes = maxBytes;
        this.sink = sink;
    }

    void addDirectory(Path path, String name, int mode) throws IOException {
        add(entry(path, name + "/", mode), NOTHING);
    }

    void addLink(Path path, String name) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(bytes(name), TarConstants.LF_SYMLINK);
        entry.setLinkName(bytes(HostNames.of(Files.readSymbolicLink(path))));
        add(entry, NOTHING);
    }

    /** Adds a file, which must be much smaller than a block. Returns its content. */
    byte[] addFile(Path path, String name) throws IOException {
        byte[] content = Files.readAllBytes(path);
        TarArchiveEntry entry = entry(path, name, FileModes.of(path));
        entry.setSize(content.length);
        add(entry, content);
        return content;
    }

    /** Returns a text that the archive writes as the bytes of a name. */
    private static String bytes(String name) {
        return new String(ByteText.encode(name), NAME_BYTES);
    }

    private static TarArchiveEntry entry(Path path, String name, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(bytes(name), true);
        entry.setMode(mode);
        entry.setModTime(Files.getLastModifiedTime(path));
        return entry;
    }

    private void add(TarArchiveEntry entry, byte[] content) throws IOException {
        if (bytes.size() + content.length > maxBytes - RESERVED_BYTES) {
            flush();
        }
        if (tar == null) {
            tar = new TarArchiveOutputStream(bytes, NAME_BYTES.name());
            // Read by GNU tar and busybox alike.
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        }
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** Completes the archive that was begun, if there is one. */
    void flush() throws IOException {
        if (tar != null) {
            tar.close();
            tar = null;
            sink.accept(bytes.toByteArray());
            bytes.reset();
        }
    }
}
