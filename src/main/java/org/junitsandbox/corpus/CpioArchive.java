package org.junitsandbox.corpus;

import java.util.List;
import java.util.Locale;

/** Writes cpio archives in the new ASCII format (SVR4, magic 070701). */
final class CpioArchive {

    static final String TRAILER = "TRAILER!!!";

    private static final String MAGIC = "070701";

    private CpioArchive() {}

    static byte[] of(List<Entry> entries) {
        Bytes out = new Bytes();
        int inode = 1;
        for (Entry entry : entries) {
            out.raw(member(inode, entry.mode(), entry.name(), entry.content()));
            inode++;
        }
        return out.raw(trailer()).toArray();
    }

    static byte[] member(int inode, int mode, byte[] name, byte[] content) {
        return member(inode, mode, name, name.length + 1L, content, content.length);
    }

    /** With sizes that need not be true. */
    static byte[] member(int inode, int mode, byte[] name, long nameSize, byte[] content, long size) {
        Bytes out = new Bytes().text(MAGIC);
        long[] fields = {inode, mode, 1000, 1000, 1, 946_684_800L, size, 0, 0, 1, 3, nameSize, 0};
        for (long field : fields) {
            out.text(String.format(Locale.ROOT, "%08X", field));
        }
        return out.raw(name).raw(0).padTo(4).raw(content).padTo(4).toArray();
    }

    static byte[] trailer() {
        return member(0, 0, Bytes.utf8(TRAILER), new byte[0]);
    }
}
