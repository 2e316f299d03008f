package org.junitsandbox.corpus;

/**
 * What a hostile file is, or pretends to be.
 *
 * @since 0.1
 */
public enum Format {
    /** Zip archives, with and without the 64-bit extension. */
    ZIP(Group.ARCHIVE, "zip");

    /**
     * Formats that the same kind of program reads.
     *
     * @since 0.1
     */
    public enum Group {
        /** Archives and compressed files. */
        ARCHIVE,
        /** Pictures. */
        PICTURE,
        /** Documents, data and media. */
        DOCUMENT,
        /** File names and plain text. */
        TEXT
    }

    private final Group group;
    private final String extension;

    Format(Group group, String extension) {
        this.group = group;
        this.extension = extension;
    }

    /** {@return the kind of program that reads it} */
    public Group group() {
        return group;
    }

    /** {@return the usual end of a file's name, without the dot, such as {@code tar.gz}} */
    public String extension() {
        return extension;
    }
}
