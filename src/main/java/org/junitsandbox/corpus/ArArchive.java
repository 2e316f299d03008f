package org.junitsandbox.corpus;

import java.util.Locale;

/** Writes ar archives, as of static libraries and Debian packages. */
final class ArArchive {

    static final String MAGIC = "!<arch>\n";

    private final Bytes out = new Bytes().text(MAGIC);

    static ArArchive empty() {
        return new ArArchive();
    }

    /** A member whose name is stored in its header: at most 16 bytes. */
    ArArchive add(String name, byte[] content) {
        return add(name, String.valueOf(content.length), content);
    }

    /** With a size that need not be true. */
    ArArchive add(String name, String size, byte[] content) {
        String header = String.format(Locale.ROOT, "%-16s%-12s%-6s%-6s%-8s%-10s`\n", name, 0, 0, 0, "100644", size);
        out.text(header).raw(content);
        if (content.length % 2 == 1) {
            out.raw('\n');
        }
        return this;
    }

    /** A member whose name is stored before its content, in the way of BSD. */
    ArArchive addBsd(String name, byte[] content) {
        byte[] both = new Bytes().text(name).raw(content).toArray();
        return add("#1/" + Bytes.utf8(name).length, both);
    }

    byte[] toArray() {
        return out.toArray();
    }
}
