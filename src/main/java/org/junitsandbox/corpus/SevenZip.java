package org.junitsandbox.corpus;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes 7z archives (7zFormat.txt) with a plain header. Each field can be set, also to what is not true. */
final class SevenZip {

    static final int[] COPY = {0x01, 0x00};
    static final int START_SIZE = 32;

    /** Marks attributes whose upper half is a Unix mode. */
    private static final long UNIX_MODE = 0x8000;

    private static final int[] MAGIC = {'7', 'z', 0xbc, 0xaf, 0x27, 0x1c, 0, 4};

    private static final int END = 0;
    private static final int HEADER = 1;
    private static final int MAIN_STREAMS = 4;
    private static final int FILES = 5;
    private static final int PACK_INFO = 6;
    private static final int UNPACK_INFO = 7;
    private static final int SUB_STREAMS = 8;
    private static final int SIZES = 9;
    private static final int DIGESTS = 10;
    private static final int FOLDERS = 11;
    private static final int UNPACK_SIZES = 12;
    private static final int EMPTY_STREAMS = 14;
    private static final int NAMES = 17;
    private static final int ATTRIBUTES = 21;

    private final List<Member> members;
    private final byte[] data;
    int dataCrcError;
    int headerCrcError;
    int startCrcError;
    long offsetError;
    /** The number of files, of folders, and the size of the header; the true ones if negative. */
    long statedFiles = -1;

    long statedFolders = -1;
    long statedHeaderSize = -1;

    /** One file, with how it is packed. */
    static final class Member {
        final byte[] name;
        final long attributes;
        final byte[] packed;
        final int[] coder;
        final long size;
        final long crc;

        Member(byte[] utf16Name, long attributes, byte[] packed, int[] coder, long size, long crc) {
            this.name = utf16Name;
            this.attributes = attributes;
            this.packed = packed;
            this.coder = coder;
            this.size = size;
            this.crc = crc;
        }

        static Member of(Entry entry) {
            byte[] content = entry.content();
            long directory = entry.kind() == Entry.Kind.DIRECTORY ? 0x10 : 0x20;
            long attributes = (long) entry.mode() << 16 | UNIX_MODE | directory;
            String name = new String(entry.name(), StandardCharsets.UTF_8);
            return new Member(utf16(name), attributes, content, COPY, content.length, ZipMember.crc(content));
        }

        static Member file(String name, byte[] packed, int[] coder, long size, long crc) {
            return new Member(utf16(name), 0x20, packed, coder, size, crc);
        }
    }

    private SevenZip(List<Member> members) {
        this.members = members;
        Bytes all = new Bytes();
        members.forEach(member -> all.raw(member.packed));
        data = all.toArray();
    }

    static SevenZip with(Member... members) {
        return new SevenZip(List.of(members));
    }

    static SevenZip of(Entry... entries) {
        return new SevenZip(List.of(entries).stream().map(Member::of).toList());
    }

    static byte[] of(List<Entry> entries) {
        return new SevenZip(entries.stream().map(Member::of).toList()).toArray();
    }

    static byte[] utf16(String name) {
        return (name + "\0").getBytes(StandardCharsets.UTF_16LE);
    }

    /** A number whose first byte has a bit for each further byte. */
    static byte[] number(long value) {
        for (int further = 0; further < 8; further++) {
            if (value >>> (7 * (further + 1)) == 0) {
                int mask = 0xff00 >>> further & 0xff;
                return new Bytes()
                        .raw(mask | (int) (value >>> (8 * further)))
                        .little(further, value)
                        .toArray();
            }
        }
        return new Bytes().raw(0xff).little(8, value).toArray();
    }

    byte[] header() {
        List<Member> streams =
                members.stream().filter(member -> member.size > 0).toList();
        Bytes out = new Bytes().raw(HEADER);
        if (!streams.isEmpty()) {
            streams(out, streams);
        }
        files(out);
        return out.raw(END).toArray();
    }

    private void streams(Bytes out, List<Member> streams) {
        out.raw(MAIN_STREAMS, PACK_INFO)
                .raw(number(0))
                .raw(number(streams.size()))
                .raw(SIZES);
        streams.forEach(member -> out.raw(number(member.packed.length)));
        out.raw(END, UNPACK_INFO, FOLDERS)
                .raw(number(statedFolders < 0 ? streams.size() : statedFolders))
                .raw(0);
        streams.forEach(member -> out.raw(1).raw(member.coder));
        out.raw(UNPACK_SIZES);
        streams.forEach(member -> out.raw(number(member.size)));
        // One stream each, with its checksum.
        out.raw(END, SUB_STREAMS, DIGESTS, 1);
        streams.forEach(member -> out.little(4, member.crc ^ dataCrcError));
        out.raw(END, END);
    }

    private void files(Bytes out) {
        out.raw(FILES).raw(number(statedFiles < 0 ? members.size() : statedFiles));
        List<Boolean> isEmpty = new ArrayList<>();
        members.forEach(member -> isEmpty.add(member.size == 0));
        if (isEmpty.contains(true)) {
            property(out, EMPTY_STREAMS, bits(isEmpty));
        }
        Bytes names = new Bytes().raw(0);
        members.forEach(member -> names.raw(member.name));
        property(out, NAMES, names.toArray());
        Bytes attributes = new Bytes().raw(1, 0);
        members.forEach(member -> attributes.little(4, member.attributes));
        property(out, ATTRIBUTES, attributes.toArray());
        out.raw(END);
    }

    private static void property(Bytes out, int id, byte[] value) {
        out.raw(id).raw(number(value.length)).raw(value);
    }

    /** The first is the highest bit of the first byte. */
    private static byte[] bits(List<Boolean> values) {
        byte[] bits = new byte[(values.size() + 7) / 8];
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i)) {
                bits[i / 8] |= (byte) (0x80 >>> i % 8);
            }
        }
        return bits;
    }

    int dataSize() {
        return data.length;
    }

    byte[] toArray() {
        byte[] header = members.isEmpty() ? new byte[0] : header();
        byte[] start = new Bytes()
                .little(8, data.length + offsetError)
                .little(8, statedHeaderSize < 0 ? header.length : statedHeaderSize)
                .little(4, ZipMember.crc(header) ^ headerCrcError)
                .toArray();
        return new Bytes()
                .raw(MAGIC)
                .little(4, ZipMember.crc(start) ^ startCrcError)
                .raw(start)
                .raw(data)
                .raw(header)
                .toArray();
    }
}
