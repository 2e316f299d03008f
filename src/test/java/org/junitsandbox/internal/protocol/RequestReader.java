package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junitsandbox.internal.protocol.SupervisorRequest.CountOutOfMemoryKills;
import org.junitsandbox.internal.protocol.SupervisorRequest.Data;
import org.junitsandbox.internal.protocol.SupervisorRequest.Drop;
import org.junitsandbox.internal.protocol.SupervisorRequest.Init;
import org.junitsandbox.internal.protocol.SupervisorRequest.Kill;
import org.junitsandbox.internal.protocol.SupervisorRequest.Open;
import org.junitsandbox.internal.protocol.SupervisorRequest.Own;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;
import org.junitsandbox.internal.protocol.SupervisorRequest.ReadCounters;
import org.junitsandbox.internal.protocol.SupervisorRequest.Recycle;
import org.junitsandbox.internal.protocol.SupervisorRequest.Run;
import org.junitsandbox.internal.protocol.SupervisorRequest.Setup;
import org.junitsandbox.internal.protocol.SupervisorRequest.Slot;
import org.junitsandbox.internal.protocol.SupervisorRequest.Sync;

/** The supervisor's side of one session, for fakes: reads requests, and puts markers around messages. */
public final class RequestReader {

    private String nonce = "";

    /** Returns the session's nonce; empty before the first request. */
    public String nonce() {
        return nonce;
    }

    /** Reads what was sent at once: one whole request, not the bytes that follow a {@link Data}. */
    public SupervisorRequest read(byte[] sent) {
        String text = new String(sent, UTF_8);
        if (!text.endsWith("\n")) {
            throw new AssertionError("not a whole line: " + text);
        }
        text = text.substring(0, text.length() - 1);
        SupervisorRequest request = nonce.isEmpty() ? open(text) : parse(text);
        if (!request.encode().equals(text)) {
            throw new AssertionError("not the request that it seems to be, " + request + ": " + text);
        }
        return request;
    }

    /** Returns a message as it stands in the stream. */
    public String marker(SupervisorMessage message) {
        return "\u001e" + nonce + " " + message.encode() + "\u001e";
    }

    private Open open(String text) {
        String[] lines = text.split("\n", 2);
        String[] names = lines[0].split(" ", 3);
        nonce = names[0];
        return new Open(nonce, names[1], names[2], (Ping) parse(lines[1]));
    }

    private static SupervisorRequest parse(String text) {
        String[] words = text.split("[ \n]", 6);
        return switch (words[0]) {
            case Run.VERB -> new Run(
                        Long.parseLong(words[1]), Integer.parseInt(words[2]), slot(words[3]), words[5]);
            case Own.VERB -> new Own(Long.parseLong(words[1]), worker(words[2]), slot(words[3]), words[5]);
            case Setup.VERB -> new Setup(words[5]);
            case Init.VERB -> new Init(words[5]);
            case Ping.VERB -> new Ping(Long.parseLong(words[1]));
            case Sync.VERB -> new Sync(Long.parseLong(words[1]));
            case Kill.VERB -> new Kill(Long.parseLong(words[1]));
            case Recycle.VERB -> new Recycle();
            case Data.VERB ->
                new Data(slot(words[1]), Integer.parseInt(words[2]) * Data.BLOCK_BYTES + Integer.parseInt(words[3]));
            case Drop.VERB -> new Drop();
            case CountOutOfMemoryKills.VERB -> new CountOutOfMemoryKills();
            case ReadCounters.VERB -> new ReadCounters(words[1]);
            default -> throw new AssertionError("no such request: " + text);
        };
    }

    private static OptionalLong worker(String word) {
        return word.equals(Own.NO_WORKER) ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(word));
    }

    private static Slot slot(String word) {
        return Stream.of(Slot.values())
                .filter(slot -> slot.word().equals(word))
                .findAny()
                .orElseThrow(() -> new AssertionError("no such slot: " + word));
    }
}
