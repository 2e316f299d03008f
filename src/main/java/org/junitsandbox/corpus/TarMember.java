package org.junitsandbox.corpus;

import java.util.Arrays;

/** One header of a tar archive and its data. Each field can be set, also to what is not true (POSIX.1-2017 pax). */
final class TarMember {

    static final int BLOCK = 512;

    static final char FILE = '0';
    static final char HARD_LINK = '1';
    static final char SYMBOLIC_LINK = '2';
    static final char CHARACTER_DEVICE = '3';
    static final char BLOCK_DEVICE = '4';
    static final char DIRECTORY = '5';
    static final char FIFO = '6';
    static final char GNU_LONG_NAME = 'L';
    static final char GNU_LONG_LINK = 'K';
    static final char PAX = 'x';
    static final char PAX_GLOBAL = 'g';

    /** How a dialect marks its headers, between the link's name and the owner's name. */
    enum Dialect {
        V7("\0\0\0\0\0\0\0\0"),
        USTAR("ustar\00000"),
        GNU("ustar  \0");

        private final String magic;

        Dialect(String magic) {
            this.magic = magic;
        }
    }

    private static final int NAME_SIZE = 100;
    private static final int CHECKSUM_AT = 148;
    private static final int REST_SIZE = 167;

    byte[] name;
    byte[] mode = octal(8, 0644);
    byte[] user = octal(8, 1000);
    byte[] group = octal(8, 1000);
    byte[] size;
    /** 1 January 2000, in seconds. */
    byte[] time = octal(12, 946_684_800);

    char type;
    byte[] linkName = {};
    Dialect dialect = Dialect.USTAR;
    byte[] device = {};
    /** What stands before the name and a slash; in the GNU dialect anything else. */
    byte[] prefix = {};

    byte[] body;
    /** Added to the right checksum. */
    int checksumError;

    TarMember(char type, byte[] name, byte[] body) {
        this.type = type;
        this.name = name;
        this.body = body;
        size = octal(12, body.length);
    }

    static TarMember file(String name) {
        return new TarMember(FILE, Bytes.utf8(name), Bytes.utf8(Samples.TEXT));
    }

    /** A header of pax records, each {@code key=value}. */
    static TarMember pax(char type, String... records) {
        Bytes out = new Bytes();
        for (String record : records) {
            out.raw(paxRecord(record));
        }
        return new TarMember(type, Bytes.utf8("PaxHeaders/record"), out.toArray());
    }

    /** The record with its length, which counts itself. */
    private static byte[] paxRecord(String record) {
        int rest = Bytes.utf8(record).length + 2;
        int length = rest + 1;
        while (String.valueOf(length).length() + rest != length) {
            length++;
        }
        return Bytes.utf8(length + " " + record + "\n");
    }

    /** A number in octal digits, ended by a NUL. */
    static byte[] octal(int width, long value) {
        String digits = Long.toOctalString(value);
        return Bytes.utf8("0".repeat(width - 1 - digits.length()) + digits + "\0");
    }

    /** A number in GNU's binary form for what octal digits cannot hold. */
    static byte[] binary(long value) {
        return new Bytes().raw(value < 0 ? 0xff : 0x80).big(11, value).toArray();
    }

    TarMember dialect(Dialect value) {
        dialect = value;
        return this;
    }

    TarMember linkTo(String target) {
        linkName = Bytes.utf8(target);
        return this;
    }

    TarMember size(byte[] field) {
        size = field;
        return this;
    }

    TarMember prefix(byte[] field) {
        prefix = field;
        return this;
    }

    TarMember checksumError(int difference) {
        checksumError = difference;
        return this;
    }

    /** The header, and the data up to a full block. */
    byte[] bytes() {
        return new Bytes().raw(header()).raw(body).padTo(BLOCK).toArray();
    }

    byte[] header() {
        Bytes out = new Bytes();
        field(out, NAME_SIZE, name);
        field(out, 8, mode);
        field(out, 8, user);
        field(out, 8, group);
        field(out, 12, size);
        field(out, 12, time);
        field(out, 8, Bytes.utf8(" ".repeat(8)));
        out.raw(type);
        field(out, NAME_SIZE, linkName);
        field(out, 8, Bytes.utf8(dialect.magic));
        field(out, 64, new byte[0]);
        field(out, 16, device);
        field(out, REST_SIZE, prefix);
        byte[] header = out.toArray();
        int sum = checksumError;
        for (byte each : header) {
            sum += each & 0xff;
        }
        byte[] checksum = new Bytes().raw(octal(7, sum)).raw(' ').toArray();
        System.arraycopy(checksum, 0, header, CHECKSUM_AT, checksum.length);
        return header;
    }

    private static void field(Bytes out, int width, byte[] value) {
        out.raw(Arrays.copyOf(value, width));
    }
}
