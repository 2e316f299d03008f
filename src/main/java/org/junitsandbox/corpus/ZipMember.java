package org.junitsandbox.corpus;

import java.util.function.Consumer;
import java.util.zip.CRC32;

/** One file in a zip archive. Each field of both of its headers can be set, also to what is not true. */
final class ZipMember {

    static final int STORED = 0;
    static final int DEFLATED = 8;

    /** Names and comments are in UTF-8. */
    static final int UTF_8 = 1 << 11;

    static final int ENCRYPTED = 1;

    static final int DOS = 0;
    static final int UNIX = 3;

    /** 1 January 1980. */
    private static final int FIRST_DAY = 0x21;

    private static final int REGULAR_FILE = 0100644;

    final Header local = new Header();
    final Header central = new Header();
    byte[] body;

    /** The Unix mode, with the type of the file. */
    int mode = REGULAR_FILE;

    /** The system whose attributes the member has. */
    int system = UNIX;

    /** What is the same in the local header and in the central directory, if nobody lies. */
    static final class Header {
        byte[] name = {};
        int flags;
        int method = STORED;
        long crc;
        long packedSize;
        long size;
        byte[] extra = {};
    }

    private ZipMember(byte[] name, byte[] body) {
        this.body = body;
        both(header -> {
            header.name = name;
            header.crc = crc(body);
            header.packedSize = body.length;
            header.size = body.length;
        });
    }

    /** A stored file, whose name is in ASCII or in bytes that are meant to be wrong. */
    static ZipMember file(byte[] name, String content) {
        return file(name, Bytes.utf8(content));
    }

    static ZipMember file(String name, String content) {
        return file(Bytes.utf8(name), content);
    }

    static ZipMember file(byte[] name, byte[] content) {
        return new ZipMember(name, content);
    }

    static ZipMember of(Entry entry) {
        boolean isDirectory = entry.kind() == Entry.Kind.DIRECTORY;
        byte[] name = isDirectory ? new Bytes().raw(entry.name()).raw('/').toArray() : entry.name();
        return file(name, entry.content())
                .mode(entry.mode())
                .both(header -> header.flags = entry.isUnicode() ? UTF_8 : 0);
    }

    /** Data that were packed already. */
    static ZipMember packed(String name, int method, Packed packed) {
        return file(Bytes.utf8(name), packed.bytes()).both(header -> {
            header.method = method;
            header.crc = packed.crc();
            header.size = packed.size();
        });
    }

    ZipMember mode(int value) {
        mode = value;
        return this;
    }

    ZipMember system(int value) {
        system = value;
        return this;
    }

    ZipMember both(Consumer<Header> change) {
        return local(change).central(change);
    }

    ZipMember local(Consumer<Header> change) {
        change.accept(local);
        return this;
    }

    ZipMember central(Consumer<Header> change) {
        change.accept(central);
        return this;
    }

    /** The local header and the data. */
    byte[] localBytes() {
        return new Bytes().raw(localHeader()).raw(body).toArray();
    }

    byte[] localHeader() {
        Bytes out = new Bytes().little(4, 0x04034b50);
        return common(out, local)
                .little(2, local.extra.length)
                .raw(local.name)
                .raw(local.extra)
                .toArray();
    }

    /** The header in the central directory. */
    byte[] centralBytes(long offset) {
        Bytes out = new Bytes().little(4, 0x02014b50).little(1, 30).little(1, system);
        return common(out, central)
                .little(2, central.extra.length)
                // No comment, disk 0, no internal attributes.
                .zeros(6)
                .little(4, system == DOS ? 0 : (long) mode << 16)
                .little(4, offset)
                .raw(central.name)
                .raw(central.extra)
                .toArray();
    }

    private static Bytes common(Bytes out, Header header) {
        return out.little(2, 20)
                .little(2, header.flags)
                .little(2, header.method)
                .little(2, 0)
                .little(2, FIRST_DAY)
                .little(4, header.crc)
                .little(4, header.packedSize)
                .little(4, header.size)
                .little(2, header.name.length);
    }

    static long crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }
}
