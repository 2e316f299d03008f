package org.junitsandbox.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junitsandbox.internal.text.ByteText;

/** The files of a checkpoint's archive, by the paths that they have when it was unpacked. */
final class ArchivedFiles {

    private static final int MODE_BITS = 07777;

    private ArchivedFiles() {}

    static Map<String, CopiedFile> read(byte[] archive) {
        Map<String, CopiedFile> files = new HashMap<>();
        ArchiveEntries entries = new ArchiveEntries(new ByteArrayInputStream(archive));
        try {
            for (TarArchiveEntry entry = entries.next(); entry != null; entry = entries.next()) {
                String path = path(entry.getName());
                int mode = entry.getMode() & MODE_BITS;
                if (entry.isLink()) {
                    CopiedFile same = files.get(path(entry.getLinkName()));
                    if (same != null) {
                        files.put(path, same);
                    }
                } else if (entry.isSymbolicLink()) {
                    files.put(path, CopiedFile.link(name(entry.getLinkName())));
                } else if (entry.isDirectory()) {
                    files.put(path, CopiedFile.directory(mode));
                } else if (entry.isFIFO()) {
                    files.put(path, CopiedFile.special(FileStatus.Type.NAMED_PIPE, mode));
                } else if (entry.isCharacterDevice()) {
                    files.put(path, CopiedFile.special(FileStatus.Type.CHARACTER_DEVICE, mode));
                } else if (entry.isBlockDevice()) {
                    files.put(path, CopiedFile.special(FileStatus.Type.BLOCK_DEVICE, mode));
                } else {
                    byte[] content = entries.content().readAllBytes();
                    files.put(path, CopiedFile.regular(mode, content.length, Sha256.of(content)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The archive of a checkpoint cannot be read", e);
        }
        return files;
    }

    /** Names begin with "./" and those of directories end with a slash. */
    private static String path(String name) {
        String whole = Session.WORK + "/" + name(name).replaceFirst("^\\./", "");
        return whole.endsWith("/") ? whole.substring(0, whole.length() - 1) : whole;
    }

    private static String name(String bytes) {
        return ByteText.decode(bytes.getBytes(ArchiveEntries.NAME_BYTES));
    }
}
