package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Takes lines with a token that cannot be guessed from a sandbox's stdout, each written at once: between them may be
 * what background processes write. The token is for builtins of the library's own shell alone, whose memory no command
 * can read; the arguments of a program can be read by all.
 */
abstract class TokenLines extends OutputStream {

    /** Longer than a line with a token. */
    private static final int MAX_LINE_BYTES = 4 * 1024;

    private final String token;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    TokenLines(String token) {
        this.token = token;
    }

    static String newToken() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    final String token() {
        return token;
    }

    /** Writes the bytes that words stand for in hexadecimal. */
    static void decode(String[] words, ByteArrayOutputStream target) {
        for (String word : words) {
            target.write(HexFormat.fromHexDigits(word));
        }
    }

    /** Takes the words that come after the token and a space. */
    abstract void take(String[] words);

    @Override
    public final void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public final void write(byte[] bytes, int offset, int length) {
        int done = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, done, i - done);
                endLine();
                done = i + 1;
            }
        }
        keep(bytes, done, offset + length - done);
    }

    /** A line may begin with anything: only its last part can be ours. */
    private void keep(byte[] bytes, int offset, int length) {
        if (line.size() + length > 2 * MAX_LINE_BYTES) {
            byte[] before = line.toByteArray();
            line.reset();
            int fromBefore = Math.max(0, Math.min(before.length, MAX_LINE_BYTES - length));
            line.write(before, before.length - fromBefore, fromBefore);
        }
        int kept = Math.min(length, MAX_LINE_BYTES);
        line.write(bytes, offset + length - kept, kept);
    }

    private void endLine() {
        String text = line.toString(US_ASCII);
        line.reset();
        int start = text.indexOf(token + " ");
        if (start >= 0) {
            take(text.substring(start + token.length()).strip().split(" +", -1));
        }
    }
}
