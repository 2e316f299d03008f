package org.junitsandbox.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.junitsandbox.internal.text.Excerpt;

/** Permission bits of files of this machine and of sandboxes, as in {@code chmod}'s octal numbers. */
final class FileModes {

    /** The bits that a mode can have: set-user-ID, set-group-ID and sticky, then read, write and execute. */
    private static final int ALL_BITS = 07777;

    /** All permissions, from the highest bit to the lowest. */
    private static final PosixFilePermission[] PERMISSIONS = PosixFilePermission.values();

    private FileModes() {}

    /**
     * Reads a mode.
     *
     * @throws IllegalArgumentException if {@code octal} is not three or four octal digits
     */
    static int parse(String octal) {
        if (!octal.matches("[0-7]{3,4}")) {
            throw new IllegalArgumentException("\"" + Excerpt.line(octal)
                    + "\" is not a mode: expected three or four octal digits, for example \"0755\"");
        }
        return Integer.parseInt(octal, 8);
    }

    /** Returns a file's mode, or the usual one where this machine's file system has none. */
    static int of(Path path) throws IOException {
        Set<String> views = path.getFileSystem().supportedFileAttributeViews();
        if (views.contains("unix")) {
            return (int) Files.getAttribute(path, "unix:mode") & ALL_BITS;
        }
        if (views.contains("posix")) {
            int mode = 0;
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            for (PosixFilePermission permission : PERMISSIONS) {
                mode = mode << 1 | (permissions.contains(permission) ? 1 : 0);
            }
            return mode;
        }
        return Files.isDirectory(path) || Files.isExecutable(path) ? 0755 : 0644;
    }

    /** Sets read, write and execute permissions. The other bits are ignored: a sandbox may have set them. */
    static void set(Path path, int mode) throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < PERMISSIONS.length; i++) {
            if ((mode >> (PERMISSIONS.length - 1 - i) & 1) == 1) {
                permissions.add(PERMISSIONS[i]);
            }
        }
        Files.setPosixFilePermissions(path, permissions);
    }
}
