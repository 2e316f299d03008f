package org.junitsandbox.shell;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junitsandbox.internal.protocol.CapturedOutput;

/**
 * What a command wrote to one stream, to the byte: nothing trimmed, nothing added. Immutable.
 *
 * @since 0.1
 */
public final class Output {

    static final Output NOTHING = new Output(new CapturedOutput(new byte[0], 0));

    private final byte[] bytes;
    private final long totalBytes;

    Output(CapturedOutput captured) {
        this.bytes = captured.bytes();
        this.totalBytes = captured.total();
    }

    /** The output as UTF-8 text; bytes that are not UTF-8 show as U+FFFD here and are kept in {@link #bytes()}. */
    public String text() {
        return text(StandardCharsets.UTF_8);
    }

    public String text(Charset charset) {
        return new String(bytes, charset);
    }

    /** A copy of the bytes that were kept. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many bytes the command wrote, kept or not. */
    public long totalBytes() {
        return totalBytes;
    }

    public boolean isEmpty() {
        return totalBytes == 0;
    }

    /** Whether the command wrote more than was kept. */
    public boolean isTruncated() {
        return totalBytes > bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Output that && totalBytes == that.totalBytes && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text. */
    @Override
    public String toString() {
        return text();
    }
}
