package org.junitsandbox.corpus;

import java.util.Locale;

/** A zip archive of many empty files. It is made while it is read. */
final class ManyEntriesZip {

    /** What fits into the numbers of an archive without the 64-bit end. */
    private static final int MAX_PLAIN = 0xfffe;

    private ManyEntriesZip() {}

    static Content of(int count) {
        int localSize = member(0).localBytes().length;
        int centralSize = member(0).centralBytes(0).length;
        return Content.join(
                Content.numbered(count, number -> member(number).localBytes()),
                Content.numbered(count, number -> member(number).centralBytes(number * localSize)),
                Content.of(() -> end(count, localSize, centralSize)));
    }

    private static ZipMember member(long number) {
        return ZipMember.file(String.format(Locale.ROOT, "%07d", number), "");
    }

    private static byte[] end(long count, long localSize, long centralSize) {
        ZipArchive archive = ZipArchive.with().end(end -> {
            end.entries = count;
            end.offset = count * localSize;
            end.size = count * centralSize;
        });
        return (count > MAX_PLAIN ? archive.zip64() : archive).toArray();
    }
}
