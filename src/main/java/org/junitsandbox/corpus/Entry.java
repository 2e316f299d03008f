package org.junitsandbox.corpus;

import java.nio.charset.StandardCharsets;

/** A part of an archive, as every archive format has it. Immutable. */
final class Entry {

    /** Types of entries, with the bits that mark them in a Unix mode. */
    enum Kind {
        FILE(0100000),
        DIRECTORY(0040000),
        LINK(0120000),
        /** Another name of an earlier entry; for Unix a file. */
        HARD_LINK(0100000),
        CHARACTER_DEVICE(0020000),
        BLOCK_DEVICE(0060000),
        FIFO(0010000);

        private final int bits;

        Kind(int bits) {
            this.bits = bits;
        }
    }

    private final Kind kind;
    private final String rawName;
    private final String content;
    private final int rights;

    private Entry(Kind kind, String rawName, String content, int rights) {
        this.kind = kind;
        this.rawName = rawName;
        this.content = content;
        this.rights = rights;
    }

    /** A file with a name in Unicode. */
    static Entry file(String name) {
        return rawFile(Bytes.asLatin1(Bytes.utf8(name)));
    }

    /**
     * A file whose name is no text.
     *
     * @param rawName a character for each byte
     */
    static Entry rawFile(String rawName) {
        return new Entry(Kind.FILE, rawName, Samples.TEXT, 0644);
    }

    /** A directory; its name ends with a slash only where a format demands it. */
    static Entry directory(String name) {
        return new Entry(Kind.DIRECTORY, name, "", 0755);
    }

    static Entry link(String name, String target) {
        return new Entry(Kind.LINK, name, target, 0777);
    }

    static Entry hardLink(String name, String target) {
        return new Entry(Kind.HARD_LINK, name, target, 0644);
    }

    static Entry special(Kind kind, String name) {
        return new Entry(kind, name, "", 0666);
    }

    Entry rights(int bits) {
        return new Entry(kind, rawName, content, bits);
    }

    Entry content(String text) {
        return new Entry(kind, rawName, text, rights);
    }

    Kind kind() {
        return kind;
    }

    byte[] name() {
        return Bytes.latin1(rawName);
    }

    /** A file's content, a link's target; empty for others. */
    byte[] content() {
        return Bytes.utf8(content);
    }

    /** Type and rights, as Unix has them. */
    int mode() {
        return kind.bits | rights;
    }

    /** Whether the name is in UTF-8 and not in ASCII. */
    boolean isUnicode() {
        String decoded = new String(name(), StandardCharsets.UTF_8);
        return !decoded.equals(rawName) && decoded.indexOf('\ufffd') < 0;
    }
}
