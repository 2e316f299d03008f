package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The HTTP request that turns a connection to an engine into the streams of a container, and its answer. */
final class UpgradeHandshake {

    /** The longest answer: a line, some headers, the text of an error. */
    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    private static final String HEADERS_END = "\r\n\r\n";

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d{1,7})\r\n");

    private UpgradeHandshake() {}

    /**
     * Asks for the streams that {@code path} names, over a channel that blocks.
     *
     * @return the first bytes of the streams, if some have come already
     * @throws IOException also if the engine refuses
     */
    static byte[] perform(ByteChannel channel, String path) throws IOException {
        String request = "POST " + path + " HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n"
                + "Content-Length: 0\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
        return readAnswer(channel);
    }

    /** Reads the engine's agreement. Returns what came after it. */
    static byte[] readAnswer(ReadableByteChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
        String answer = "";
        while (!answer.contains(HEADERS_END)) {
            if (!buffer.hasRemaining()) {
                throw new IOException("the engine's answer has headers of more than " + MAX_ANSWER_BYTES + " bytes");
            }
            if (channel.read(buffer) < 0) {
                throw new IOException("the engine ended the connection after: " + answer.strip());
            }
            answer = text(buffer);
        }
        int bodyStart = answer.indexOf(HEADERS_END) + HEADERS_END.length();
        if (!answer.matches("(?s)HTTP/1\\.[01] (101|200) .*")) {
            readBody(channel, buffer, bodyStart);
            throw new IOException("the engine answered: " + text(buffer).strip());
        }
        return Arrays.copyOfRange(buffer.array(), bodyStart, buffer.position());
    }

    /** Reads on to the end of a refusal's text, which has the reason. */
    private static void readBody(ReadableByteChannel channel, ByteBuffer buffer, int start) throws IOException {
        Matcher length = CONTENT_LENGTH.matcher(text(buffer));
        int end = length.find() ? start + Integer.parseInt(length.group(1)) : start;
        buffer.limit(Math.min(Math.max(end, buffer.position()), buffer.capacity()));
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
    }

    private static String text(ByteBuffer buffer) {
        return ISO_8859_1.decode(buffer.duplicate().flip()).toString();
    }
}
