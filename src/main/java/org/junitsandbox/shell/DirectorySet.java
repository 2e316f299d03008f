package org.junitsandbox.shell;

import java.util.List;

/**
 * Some directories of a sandbox.
 *
 * @param paths absolute, without dots and doubled slashes
 */
record DirectorySet(List<String> paths) {

    /** Whether a path is that of one of them, or of what is in it. */
    boolean contain(String path) {
        return paths.stream().anyMatch(directory -> isUnder(path, directory));
    }

    /** Whether one of them is below a directory. */
    boolean areBelow(String directory) {
        return paths.stream().anyMatch(path -> isUnder(path, directory));
    }

    private static boolean isUnder(String path, String directory) {
        return directory.equals("/")
                || (path.startsWith(directory)
                        && (path.length() == directory.length() || path.charAt(directory.length()) == '/'));
    }
}
