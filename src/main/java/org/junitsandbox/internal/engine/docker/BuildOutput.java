package org.junitsandbox.internal.engine.docker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to a build: an id or an error, and the end of what the build printed, which shows the error's cause. */
final class BuildOutput {

    private static final int MAX_TAIL_CHARS = 4000;

    /** The field of BuildKit's status that is a log's entry, and the field of the entry that is text. */
    private static final int LOG = 3;

    private static final int LOG_TEXT = 4;

    private final StringBuilder tail = new StringBuilder();
    private @Nullable String id;
    private @Nullable String error;

    /** Takes one line of the answer. */
    void add(String line) {
        Object item = JsonReader.read(line);
        if (JsonReader.at(item, "stream") instanceof String text) {
            append(text);
        }
        if (JsonReader.at(item, "aux", "ID") instanceof String image) {
            id = image;
        }
        if (JsonReader.at(item, "aux") instanceof String trace) {
            appendLogs(ByteBuffer.wrap(Base64.getDecoder().decode(trace)), LOG);
        }
        Object message = JsonReader.at(item, "errorDetail", "message");
        if (message == null) {
            message = JsonReader.at(item, "error");
        }
        if (message instanceof String text) {
            error = text;
        }
    }

    private synchronized void append(String text) {
        tail.append(text);
        tail.delete(0, Math.max(0, tail.length() - MAX_TAIL_CHARS));
    }

    /** Takes the logs from BuildKit's status, which is a message of Protocol Buffers. */
    private void appendLogs(ByteBuffer message, int wanted) {
        while (message.hasRemaining()) {
            long key = number(message);
            switch ((int) (key & 7)) {
                case 0 -> number(message);
                case 1 -> message.position(message.position() + Long.BYTES);
                case 2 -> {
                    int length = (int) number(message);
                    ByteBuffer field = message.slice(message.position(), length);
                    message.position(message.position() + length);
                    if (key >> 3 == wanted && wanted == LOG) {
                        appendLogs(field, LOG_TEXT);
                    } else if (key >> 3 == wanted) {
                        append(StandardCharsets.UTF_8.decode(field).toString());
                    }
                }
                case 5 -> message.position(message.position() + Integer.BYTES);
                default -> throw new IllegalArgumentException("not a status of BuildKit: field " + key);
            }
        }
    }

    private static long number(ByteBuffer message) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = message.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        return number;
    }

    Optional<String> id() {
        return Optional.ofNullable(id);
    }

    Optional<String> error() {
        return Optional.ofNullable(error);
    }

    /** Returns the end of what the build printed. */
    synchronized String tail() {
        return tail.toString();
    }

    /** Returns the last line of it that is not blank. */
    String lastLine() {
        return tail().lines().filter(line -> !line.isBlank()).reduce("", (first, second) -> second).strip();
    }
}
