package org.junitsandbox.corpus;

/** The traditional encryption of zip archives (APPNOTE.TXT 6.1), which is broken and widely used. */
final class ZipCrypto {

    /** What people who send each other malware use. */
    static final String PASSWORD = "infected";

    private static final int HEADER_SIZE = 12;
    private static final int[] TABLE = table();

    private int key0 = 0x12345678;
    private int key1 = 0x23456789;
    private int key2 = 0x34567890;

    private ZipCrypto() {
        for (byte each : Bytes.utf8(PASSWORD)) {
            update(each);
        }
    }

    /** A member that is encrypted with {@link #PASSWORD}. */
    static ZipMember encrypt(String name, String content) {
        byte[] plain = Bytes.utf8(content);
        ZipMember member = ZipMember.file(name, content);
        byte[] header = new byte[HEADER_SIZE];
        // The last byte of the header is how a reader checks the password. The others would be random.
        header[HEADER_SIZE - 1] = (byte) (ZipMember.crc(plain) >>> 24);
        ZipCrypto crypto = new ZipCrypto();
        member.body = new Bytes()
                .raw(crypto.encrypt(header))
                .raw(crypto.encrypt(plain))
                .toArray();
        return member.both(fields -> {
            fields.flags = ZipMember.ENCRYPTED;
            fields.packedSize = member.body.length;
        });
    }

    private byte[] encrypt(byte[] plain) {
        byte[] encrypted = new byte[plain.length];
        for (int i = 0; i < plain.length; i++) {
            int mask = (key2 | 2) & 0xffff;
            encrypted[i] = (byte) (plain[i] ^ ((mask * (mask ^ 1)) >>> 8));
            update(plain[i]);
        }
        return encrypted;
    }

    private void update(byte plain) {
        key0 = crc(key0, plain);
        key1 = (key1 + (key0 & 0xff)) * 134775813 + 1;
        key2 = crc(key2, (byte) (key1 >>> 24));
    }

    private static int crc(int old, byte next) {
        return old >>> 8 ^ TABLE[(old ^ next) & 0xff];
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ 0xedb88320;
            }
            table[i] = value;
        }
        return table;
    }
}
