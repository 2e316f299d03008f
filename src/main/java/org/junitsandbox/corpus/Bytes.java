package org.junitsandbox.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts bytes together, with numbers in the orders and widths of headers. */
final class Bytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A character for each byte. */
    static String asLatin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Puts a number in the place of some bytes, the highest byte first, and returns them. */
    static byte[] patch(byte[] bytes, int offset, int width, long value) {
        byte[] number = new Bytes().big(width, value).toArray();
        System.arraycopy(number, 0, bytes, offset, width);
        return bytes;
    }

    Bytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The lowest 8 bits of each. */
    Bytes raw(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
        return this;
    }

    /** In UTF-8. */
    Bytes text(String text) {
        return raw(utf8(text));
    }

    /** The lowest bytes, the lowest first. */
    Bytes little(int width, long value) {
        for (int i = 0; i < width; i++) {
            out.write(octet(value, i));
        }
        return this;
    }

    /** The lowest bytes, the highest first. */
    Bytes big(int width, long value) {
        for (int i = width - 1; i >= 0; i--) {
            out.write(octet(value, i));
        }
        return this;
    }

    /** Of a number wider than 8 bytes, the highest ones only repeat the sign. */
    private static int octet(long value, int index) {
        return (int) (value >> Math.min(63, 8 * index));
    }

    Bytes zeros(long count) {
        for (long i = 0; i < count; i++) {
            out.write(0);
        }
        return this;
    }

    /** Zeros up to a multiple of this number of bytes. */
    Bytes padTo(int multiple) {
        return zeros(Math.floorMod(-out.size(), multiple));
    }

    int size() {
        return out.size();
    }

    byte[] toArray() {
        return out.toByteArray();
    }
}
