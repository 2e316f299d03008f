package org.junitsandbox.internal.protocol;

import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.protocol.SupervisorException.Reason;
import org.junitsandbox.internal.protocol.SupervisorRequest.Data;
import org.junitsandbox.internal.protocol.SupervisorRequest.Drop;
import org.junitsandbox.internal.protocol.SupervisorRequest.Run;
import org.junitsandbox.internal.protocol.SupervisorRequest.Slot;
import org.junitsandbox.internal.text.ByteText;
import org.junitsandbox.internal.text.ShellWord;

/**
 * Stores data for a command in the container's /dev/shm: its input, and a source text that is too long for the request
 * itself.
 */
final class InputStore {

    /** A longer source text is sent as data, as the supervisor reads its requests byte by byte. */
    private static final int MAX_REQUEST_CHARS = 8 * 1024;

    private static final int MAX_REQUEST_LINES = 64;

    /** Data may take this long in addition to the timeout for silence: 256 KiB a second. */
    private static final long MIN_BYTES_PER_SECOND = 256 * 1024;

    private final SupervisorChannel channel;
    private final SupervisorReplies replies;
    /** Whether the container keeps data that it no longer needs after the command. */
    private boolean stored;
    private long sent;
    private @Nullable SentAhead ahead;

    InputStore(SupervisorChannel channel, SupervisorReplies replies) {
        this.channel = channel;
        this.replies = replies;
    }

    /** The input of a request to come, which has been sent already. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record SentAhead(byte[] input, Slot slot) {}

    /** Returns a source text as one shell word, or {@link Run#STORED}: a long one is stored. */
    String word(String source) throws SupervisorException {
        String word = ShellWord.quote(source);
        if (word.length() <= MAX_REQUEST_CHARS && Run.lines(word) <= MAX_REQUEST_LINES) {
            return word;
        }
        store(Slot.SOURCE, ByteText.encode(word));
        return Run.STORED;
    }

    /** Returns the slot in which a request's input is stored. The request before may have had it sent ahead. */
    Slot input(byte @Nullable [] input) throws SupervisorException {
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
            return Slot.NONE;
        }
        store(Slot.INPUT, input);
        return Slot.INPUT;
    }

    /**
     * Sends the input of the next request while the container is busy with this one.
     *
     * @param slot the slot of this request's input
     */
    void sendAhead(byte @Nullable [] nextInput, Slot slot) throws SupervisorException {
        if (nextInput != null) {
            ahead = new SentAhead(nextInput, slot == Slot.INPUT ? Slot.NEXT_INPUT : Slot.INPUT);
            send(ahead.slot(), nextInput);
        }
    }

    private void store(Slot slot, byte[] bytes) throws SupervisorException {
        send(slot, bytes);
        checkFits(awaitStored(bytes.length), bytes);
    }

    private void send(Slot slot, byte[] bytes) throws SupervisorException {
        stored = true;
        sent++;
        channel.send(new Data(slot, bytes.length));
        channel.sendBytes(bytes);
    }

    /** Waits for the answer to the data sent last. Returns whether all of it was stored. */
    private boolean awaitStored(int length) throws SupervisorException {
        channel.awaitAnswer(
                () -> replies.dataAnswers() == sent,
                Heartbeat.SILENCE_TIMEOUT.plusSeconds(length / MIN_BYTES_PER_SECOND),
                "it did not read its input of " + length + " bytes");
        return replies.dataStatus() == 0;
    }

    private void checkFits(boolean fits, byte[] bytes) throws SupervisorException {
        if (!fits) {
            channel.send(new Drop());
            stored = false;
            throw channel.exception(
                    Reason.INPUT_NOT_STORED, bytes.length + " bytes do not fit into the container's /dev/shm", null);
        }
    }

    /** Has all data deleted, unless the input of a request to come has been sent. */
    void drop() {
        if (stored && ahead == null) {
            channel.sendAside(new Drop());
            stored = false;
        }
    }
}
