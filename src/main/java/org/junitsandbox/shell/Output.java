package org.junitsandbox.shell;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junitsandbox.internal.protocol.CapturedOutput;
import org.junitsandbox.internal.text.Excerpt;

/**
 * What a command wrote to one stream, to the byte: nothing trimmed, nothing added. Immutable, so safe for use by
 * several threads.
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

    /**
     * Returns the output as UTF-8 text.
     *
     * @return the text that was kept; bytes that are not UTF-8 show as U+FFFD here, and are unchanged in
     *     {@link #bytes()}
     */
    public String text() {
        return text(StandardCharsets.UTF_8);
    }

    /**
     * Returns the output as text.
     *
     * @param charset how the bytes are read; what it cannot read shows as its replacement, usually U+FFFD
     * @return the text that was kept
     */
    public String text(Charset charset) {
        return new String(bytes, charset);
    }

    /**
     * Returns the lines of the output, as UTF-8 text. Lines end with a line feed; carriage returns are part of a line.
     * Whether the last line has a line feed does not matter.
     *
     * @return the lines without their line feeds, unmodifiable; empty if nothing was kept
     */
    public List<String> lines() {
        String text = text();
        if (text.isEmpty()) {
            return List.of();
        }
        String separated = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return List.of(separated.split("\n", -1));
    }

    /**
     * Returns the output to the byte.
     *
     * @return a copy of the bytes that were kept
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes that were kept themselves, not to be changed. */
    byte[] kept() {
        return bytes;
    }

    /**
     * Returns how much the command wrote.
     *
     * @return the number of bytes, kept or not
     */
    public long totalBytes() {
        return totalBytes;
    }

    /**
     * Whether the command wrote nothing.
     *
     * @return true if {@link #totalBytes()} is 0
     */
    public boolean isEmpty() {
        return totalBytes == 0;
    }

    /**
     * Whether the command wrote more than was kept.
     *
     * @return true if the end of the output is missing in {@link #text()}, {@link #lines()} and {@link #bytes()}
     */
    public boolean isTruncated() {
        return totalBytes > bytes.length;
    }

    /**
     * Compares the bytes that were kept and how many there were in all.
     *
     * @param other anything
     * @return whether it is an output that is equal in both
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Output that && totalBytes == that.totalBytes && Arrays.equals(bytes, that.bytes);
    }

    /**
     * Returns a hash code of the bytes that were kept.
     *
     * @return the hash code
     */
    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /**
     * Returns the text for messages: on one line, with control characters and the like escaped, and of a long one only
     * the beginning and the end.
     *
     * @return not always {@link #text()}
     */
    @Override
    public String toString() {
        return Excerpt.line(text());
    }
}
