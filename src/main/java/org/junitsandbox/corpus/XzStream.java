package org.junitsandbox.corpus;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Writes xz streams of one block (The .xz File Format 1.2.1). Each field can be set, also to what is not true. */
final class XzStream {

    /** Kinds of checks, with their identifiers. */
    enum Check {
        NONE(0),
        CRC32(1),
        CRC64(4),
        SHA256(10);

        private final int id;

        Check(int id) {
            this.id = id;
        }
    }

    static final byte[] HEADER_MAGIC = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
    static final byte[] FOOTER_MAGIC = {'Y', 'Z'};
    static final int LZMA2 = 0x21;

    private static final long CRC64_POLYNOMIAL = 0xc96c5795d7870f42L;

    byte[] headerMagic = HEADER_MAGIC;
    byte[] footerMagic = FOOTER_MAGIC;
    int headerFlags;
    int footerFlags;
    int filter = LZMA2;
    int dictionary = Lzma2.DICTIONARY;
    byte[] packed;
    byte[] check;
    int headerCrcError;
    int footerCrcError;
    int blockCrcError;
    int indexCrcError;
    int padding;
    long indexBlocks = 1;
    long indexSize;
    long backwardSizeError;
    /** The unpacked size in the block's header; it is left out if negative. */
    long statedSize = -1;

    /** Needless bytes at the end of that size, which encode zeros. */
    int needlessBytes;

    private XzStream(Check kind, byte[] packed, byte[] check, long size) {
        headerFlags = kind.id;
        footerFlags = kind.id;
        this.packed = packed;
        this.check = check;
        indexSize = size;
    }

    static XzStream of(Check kind, String text) {
        byte[] content = Bytes.utf8(text);
        return new XzStream(kind, Lzma2.copied(content), check(kind, content), content.length);
    }

    static XzStream unchecked(byte[] packed, long size) {
        return new XzStream(Check.NONE, packed, new byte[0], size);
    }

    private static byte[] check(Check kind, byte[] content) {
        return switch (kind) {
            case NONE -> new byte[0];
            case CRC32 -> new Bytes().little(4, ZipMember.crc(content)).toArray();
            case CRC64 -> new Bytes().little(8, crc64(content)).toArray();
            case SHA256 -> sha256(content);
        };
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256, but not this one", e);
        }
    }

    private static long crc64(byte[] content) {
        long crc = -1;
        for (byte each : content) {
            crc ^= each & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ CRC64_POLYNOMIAL;
            }
        }
        return ~crc;
    }

    /** A number in groups of seven bits, the lowest first. */
    static byte[] number(long value) {
        Bytes out = new Bytes();
        long left = value;
        for (; left >>> 7 != 0; left >>>= 7) {
            out.raw((int) (left & 0x7f) | 0x80);
        }
        return out.raw((int) left).toArray();
    }

    private byte[] needlessly(byte[] number) {
        if (needlessBytes == 0) {
            return number;
        }
        number[number.length - 1] |= (byte) 0x80;
        byte[] more = new byte[needlessBytes];
        Arrays.fill(more, 0, needlessBytes - 1, (byte) 0x80);
        return new Bytes().raw(number).raw(more).toArray();
    }

    byte[] header() {
        return new Bytes()
                .raw(headerMagic)
                .raw(withCrc(new Bytes().raw(0, headerFlags).toArray(), headerCrcError))
                .toArray();
    }

    byte[] blockHeader() {
        Bytes fields = new Bytes().raw(statedSize < 0 ? 0 : 0x80);
        if (statedSize >= 0) {
            fields.raw(needlessly(number(statedSize)));
        }
        byte[] filters = fields.raw(filter, 1, dictionary).toArray();
        int size = (filters.length + 1 + 3) / 4 * 4;
        byte[] padded = new Bytes().raw(size / 4).raw(filters).padTo(4).toArray();
        return withCrc(padded, blockCrcError);
    }

    byte[] block() {
        Bytes out = new Bytes().raw(blockHeader()).raw(packed);
        while (out.size() % 4 != 0) {
            out.raw(padding);
        }
        return out.raw(check).toArray();
    }

    byte[] index() {
        long unpadded = (long) blockHeader().length + packed.length + check.length;
        byte[] records = new Bytes()
                .raw(0)
                .raw(number(indexBlocks))
                .raw(number(unpadded))
                .raw(number(indexSize))
                .padTo(4)
                .toArray();
        return withCrc(records, indexCrcError);
    }

    private byte[] footer() {
        byte[] fields = new Bytes()
                .little(4, index().length / 4 - 1 + backwardSizeError)
                .raw(0, footerFlags)
                .toArray();
        return new Bytes()
                .little(4, ZipMember.crc(fields) ^ footerCrcError)
                .raw(fields)
                .raw(footerMagic)
                .toArray();
    }

    private static byte[] withCrc(byte[] bytes, int error) {
        return new Bytes().raw(bytes).little(4, ZipMember.crc(bytes) ^ error).toArray();
    }

    byte[] toArray() {
        return new Bytes().raw(header()).raw(block()).raw(index()).raw(footer()).toArray();
    }
}
