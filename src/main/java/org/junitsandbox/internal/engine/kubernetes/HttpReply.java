package org.junitsandbox.internal.engine.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitsandbox.internal.stream.ByteConnection;
import org.junitsandbox.internal.text.Excerpt;

/** The answer to an HTTP request on a connection that is to carry something else afterwards. */
final class HttpReply {

    /** The longest answer: a line, some headers, the text of an error. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final String HEADERS_END = "\r\n\r\n";

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");

    private static final Pattern CHUNK = Pattern.compile("\\G([0-9A-Fa-f]{1,5})(?:;[^\r\n]*)?\r\n");

    private final ByteConnection connection;
    private final long deadline;
    private final byte[] buffer = new byte[MAX_BYTES];
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final String statusLine;
    private final int status;
    private final List<String> headers;
    private final int bodyStart;

    private HttpReply(ByteConnection connection, long deadline) throws IOException {
        this.connection = connection;
        this.deadline = deadline;
        String head = text();
        while (!head.contains(HEADERS_END)) {
            if (!receiveMore()) {
                throw new EOFException("the server ended the connection after: " + Excerpt.line(head.strip()));
            }
            head = text();
        }
        bodyStart = head.indexOf(HEADERS_END) + HEADERS_END.length();
        List<String> lines = head.substring(0, bodyStart).lines().toList();
        statusLine = lines.get(0);
        Matcher matcher = STATUS_LINE.matcher(statusLine);
        if (!matcher.matches()) {
            throw new IOException("the server's answer is not HTTP: " + Excerpt.line(statusLine));
        }
        status = Integer.parseInt(matcher.group(1));
        headers = lines.subList(1, lines.size());
    }

    /** Waits for the answer's headers. */
    static HttpReply receive(ByteConnection connection, long deadlineNanos) throws IOException {
        return new HttpReply(connection, deadlineNanos);
    }

    private boolean receiveMore() throws IOException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new IOException("the server did not answer in time");
        }
        if (received.size() >= MAX_BYTES) {
            throw new IOException("the server's answer has more than " + MAX_BYTES + " bytes");
        }
        int count = connection.receive(buffer, left);
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for the server's answer");
        }
        received.write(buffer, 0, Math.max(0, count));
        return count >= 0;
    }

    private String text() {
        return received.toString(ISO_8859_1);
    }

    int status() {
        return status;
    }

    /** Returns the line with the status, to be quoted. */
    String statusLine() {
        return Excerpt.line(statusLine);
    }

    /** Returns the values of a header, in lower case if that is how they are compared. */
    List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon > 0 && header.substring(0, colon).equalsIgnoreCase(name)) {
                values.add(header.substring(colon + 1).strip());
            }
        }
        return values;
    }

    /** Whether a header has a word in one of its lists of words. */
    boolean has(String name, String word) {
        return values(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(each -> each.strip().toLowerCase(Locale.ROOT).equals(word));
    }

    /** Returns what came after the headers of an answer without a body. */
    byte[] rest() {
        byte[] all = received.toByteArray();
        return Arrays.copyOfRange(all, bodyStart, all.length);
    }

    /** Reads the body to its end, which the length, the last chunk or the end of the connection marks. */
    String body() throws IOException {
        boolean chunked = has("transfer-encoding", "chunked");
        List<String> lengths = values("content-length");
        long length = lengths.isEmpty() || !lengths.get(0).matches("\\d{1,9}")
                ? Integer.MAX_VALUE
                : Long.parseLong(lengths.get(0));
        while (chunked ? !text().endsWith("0" + HEADERS_END) : received.size() - bodyStart < length) {
            if (!receiveMore()) {
                break;
            }
        }
        String body = text().substring(bodyStart);
        return new String((chunked ? joinChunks(body) : body).getBytes(ISO_8859_1), UTF_8);
    }

    private static String joinChunks(String body) {
        StringBuilder joined = new StringBuilder();
        Matcher chunk = CHUNK.matcher(body);
        int position = 0;
        while (chunk.find(position)) {
            int end = Math.min(body.length(), chunk.end() + Integer.parseInt(chunk.group(1), 16));
            joined.append(body, chunk.end(), end);
            position = Math.min(body.length(), end + 2);
        }
        return joined.toString();
    }
}
