package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.SupervisorException.Reason;
import org.junitsandbox.internal.text.ShellWord;

/**
 * What is kept in the container's /dev/shm for a request: its input, and a text that is too long for the request
 * itself.
 */
final class InputStore {

    /** A longer source text takes the way of bulk data, as the supervisor reads its requests byte by byte. */
    private static final int MAX_REQUEST_CHARS = 8 * 1024;

    private static final int MAX_REQUEST_LINES = 64;

    /** What runs in place of a stored text where that cannot be read. */
    private static final String NO_CAT =
            "\\command printf %s 'echo \"sandbox: cat did not bring this command, which is too long to go without\" >&2; (exit 127)'";

    private static final int DATA_BLOCK_BYTES = 64 * 1024;

    /** Bulk data may take this long besides the silence limit, at the least speed accepted: 256 KiB a second. */
    private static final long DATA_BYTES_PER_SECOND = 256 * 1024;

    private static final String INPUT_SLOT = "in";

    /** For the input of every other request whose input is sent ahead. */
    private static final String NEXT_INPUT_SLOT = "next";

    private static final String NO_SLOT = "-";

    private final SupervisorChannel line;
    private final SupervisorReplies heard;
    private final String name;
    /** Whether the container keeps data that it no longer needs after the command. */
    private boolean stored;
    private long sent;
    private @Nullable SentAhead ahead;

    /**
     * @param name the beginning of the files' names
     */
    InputStore(SupervisorChannel line, SupervisorReplies heard, String name) {
        this.line = line;
        this.heard = heard;
        this.name = name;
    }

    /** The input of a request to come, which is on its way already. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record SentAhead(byte[] input, String slot) {}

    /** Returns {@code text} as one shell word, for a long text one that refers to where it is stored. */
    String word(String text) throws SupervisorException {
        String word = ShellWord.quote(text);
        if (word.length() <= MAX_REQUEST_CHARS && lines(word) <= MAX_REQUEST_LINES) {
            return word;
        }
        store("text", text.getBytes(UTF_8));
        // The substitution drops the newlines at the end, which count in an unfinished heredoc.
        String lastNewlines = text.substring(text.length() - trailingNewlines(text));
        // The command is to find "$?" as it would without the substitution, which has a status of its own.
        return "\"$(\\command set -- \"$?\"; \\command -p cat /dev/shm/." + name + ".text || " + NO_CAT
                + "; \\command exit \"$1\")" + lastNewlines + "\"";
    }

    /** Returns the slot in which a request's input is stored, as it may be since the request before. */
    String input(byte @Nullable [] input) throws SupervisorException {
        SentAhead early = ahead;
        ahead = null;
        if (early != null) {
            boolean fits = awaitStored(early.input().length);
            if (early.input() == input) {
                checkFits(fits, input);
                return early.slot();
            }
        }
        if (input == null) {
            return NO_SLOT;
        }
        store(INPUT_SLOT, input);
        return INPUT_SLOT;
    }

    /** Sends what the next request needs while the container is busy with this one. */
    void sendAhead(byte @Nullable [] nextInput, String slot) throws SupervisorException {
        if (nextInput != null) {
            ahead = new SentAhead(nextInput, slot.equals(INPUT_SLOT) ? NEXT_INPUT_SLOT : INPUT_SLOT);
            sendData(ahead.slot(), nextInput);
        }
    }

    private void store(String slot, byte[] bytes) throws SupervisorException {
        sendData(slot, bytes);
        checkFits(awaitStored(bytes.length), bytes);
    }

    private void sendData(String slot, byte[] bytes) throws SupervisorException {
        stored = true;
        sent++;
        line.send("data " + slot + " " + bytes.length / DATA_BLOCK_BYTES + " " + bytes.length % DATA_BLOCK_BYTES);
        line.sendBytes(bytes);
    }

    /** Waits for the answer to the data sent last, and tells whether all of it fitted. */
    private boolean awaitStored(int length) throws SupervisorException {
        line.awaitAnswer(
                () -> heard.dataAnswers() == sent,
                SupervisorChannel.SILENCE_LIMIT.plusSeconds(length / DATA_BYTES_PER_SECOND),
                "its input of " + length + " bytes was not taken in");
        return heard.dataStatus() == 0;
    }

    private void checkFits(boolean fits, byte[] bytes) throws SupervisorException {
        if (!fits) {
            line.send("drop");
            stored = false;
            throw line.exception(
                    Reason.INPUT_NOT_STORED, bytes.length + " bytes do not fit into the container's /dev/shm", null);
        }
    }

    /** Has all deleted, unless the input of a request to come is on its way. */
    void drop() throws SupervisorException {
        if (stored && ahead == null) {
            line.send("drop");
            stored = false;
        }
    }

    private static int trailingNewlines(String text) {
        int start = text.length();
        while (start > 0 && text.charAt(start - 1) == '\n') {
            start--;
        }
        return text.length() - start;
    }

    static long lines(String word) {
        return word.chars().filter(c -> c == '\n').count() + 1;
    }
}
