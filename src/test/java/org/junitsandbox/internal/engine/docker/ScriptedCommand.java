package org.junitsandbox.internal.engine.docker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junitsandbox.fuzz.EscapedText;
import org.junitsandbox.internal.protocol.SupervisorMessage.CommandBegan;
import org.junitsandbox.internal.protocol.SupervisorMessage.CommandEnded;
import org.junitsandbox.internal.protocol.SupervisorMessage.DirectoryReported;
import org.junitsandbox.internal.protocol.SupervisorMessage.ShellExited;
import org.junitsandbox.internal.protocol.SupervisorMessage.ShellRenewed;
import org.junitsandbox.internal.protocol.SupervisorMessage.StderrBegan;
import org.junitsandbox.internal.stream.StandardStream;

/**
 * What a container sends for one command: pieces of output and of what looks like markers, an end, and pieces that come
 * too late.
 *
 * @param directory the shell's directory as reported
 */
record ScriptedCommand(List<Piece> pieces, End end, int status, String directory, List<Piece> late, int outputLimit) {

    /** The longest message that the protocol allows. */
    static final int MAX_ANSWER_BYTES = 64 * 1024;

    /** How a command may end. */
    enum End {
        /** The end is reported on both streams. */
        COMMAND,
        /** Its shell ends. */
        SHELL,
        /** Its shell ends after the command's end was reported on stdout, and only there. */
        SHELL_HALFWAY,
        /**
         * The end is reported on both streams; but first, the previous shell is reported to have ended and to have been
         * replaced.
         */
        RENEWED
    }

    /**
     * Something on one stream.
     *
     * @param text with NONCE and ID where the session's nonce and the command's id stand
     */
    record Piece(StandardStream stream, String text) {

        private static final List<String> MARKED = List.of("\u001e", "\u001e\u001e", "\u001eNONCE", "\u001eNONCE\u001e",
                "\u001eNONCF end ID 0\u001e", "\u001eAAAAAAAAAAAAAAAAAAAAAA end ID 0\u001e", "NONCE end 0 0\u001e",
                "\u001e\u001eNONCE killed 0\u001e", "\u001eNONCE end 0 77\u001e", "\u001eNONCE pong 0\u001e",
                "\u001eNONCEend ID 0\u001e", "\u001eNONCE\tend ID 0\u001e", "\u001eNONCE killed 0\u001e",
                "\u001eNONCE data 0\u001e", "\u001e NONCE end ID 0\u001e", "\u001eNONC\u001eNONCE data 1\u001e",
                "\u001eNONCE\n");

        static Piece draw(SplittableRandom random) {
            StandardStream stream = random.nextBoolean() ? StandardStream.STDOUT : StandardStream.STDERR;
            return new Piece(
                    stream,
                    switch (random.nextInt(5)) {
                        case 0 -> bytes(random, random.nextInt(300));
                        case 1 -> bytes(random, random.nextInt(10) == 0 ? random.nextInt(60_000) : 1);
                        case 2 -> "\u001eHEAD" + random.nextInt(23) + ";" + bytes(random, random.nextInt(2));
                        default -> MARKED.get(random.nextInt(MARKED.size()));
                    });
        }

        private static String bytes(SplittableRandom random, int count) {
            byte[] bytes = new byte[count];
            random.nextBytes(bytes);
            // A space would make a marker of a nonce before it.
            return new String(bytes, StandardCharsets.ISO_8859_1).replace(' ', '!');
        }

        /** The text for a session: HEADn; is the first n characters of the nonce. */
        String of(String nonce, long id) {
            String text = this.text;
            for (int i = 0; i <= nonce.length(); i++) {
                text = text.replace("HEAD" + i + ";", nonce.substring(0, i));
            }
            return text.replace("NONCE", nonce).replace("ID", String.valueOf(id));
        }

        @Override
        public String toString() {
            return stream + " " + EscapedText.of(text);
        }
    }

    static ScriptedCommand draw(SplittableRandom random) {
        End[] ends = End.values();
        String directory = random.nextInt(8) == 0
                ? "/" + "d".repeat(random.nextInt(MAX_ANSWER_BYTES - 20, MAX_ANSWER_BYTES + 20))
                : "/d " + random.nextInt(9);
        return new ScriptedCommand(
                pieces(random, 12),
                random.nextBoolean() ? End.COMMAND : ends[random.nextInt(ends.length)],
                random.nextInt(5) == 0 ? 137 : random.nextInt(256),
                directory,
                pieces(random, 4),
                random.nextInt(3) == 0 ? random.nextInt(200) : Integer.MAX_VALUE);
    }

    private static List<Piece> pieces(SplittableRandom random, int most) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            pieces.add(Piece.draw(random));
        }
        return pieces;
    }

    ScriptedCommand withPieces(List<Piece> fewer) {
        return new ScriptedCommand(fewer, end, status, directory, late, outputLimit);
    }

    ScriptedCommand withLate(List<Piece> fewer) {
        return new ScriptedCommand(pieces, end, status, directory, fewer, outputLimit);
    }

    /** What a stream brings before the end. */
    String text(StandardStream stream, String nonce, long id) {
        return text(pieces, stream, nonce, id);
    }

    /** What a stream brings after the end. */
    String lateText(StandardStream stream, String nonce, long id) {
        return text(late, stream, nonce, id);
    }

    private static String text(List<Piece> pieces, StandardStream stream, String nonce, long id) {
        return pieces.stream()
                .filter(piece -> piece.stream() == stream)
                .map(piece -> piece.of(nonce, id))
                .collect(Collectors.joining());
    }

    /** Writes all of it to a container. */
    void writeTo(ScriptedContainer container, long id) {
        String nonce = container.nonce();
        if (end == End.RENEWED) {
            container.report(StandardStream.STDOUT, new ShellExited(5));
            container.report(StandardStream.STDOUT, new ShellRenewed());
        }
        container.report(StandardStream.STDERR, new StderrBegan(id));
        container.report(StandardStream.STDOUT, new CommandBegan(id, 1));
        container.write(StandardStream.STDOUT, text(StandardStream.STDOUT, nonce, id));
        container.write(StandardStream.STDERR, text(StandardStream.STDERR, nonce, id));
        if (end != End.SHELL) {
            container.report(StandardStream.STDOUT, new CommandEnded(id, status));
        }
        if (end == End.COMMAND || end == End.RENEWED) {
            container.report(StandardStream.STDERR, new DirectoryReported(id, directory));
        } else {
            container.report(StandardStream.STDOUT, new ShellExited(status));
            container.endShell();
        }
        for (Piece piece : late) {
            // After a shell's end, what its stderr brings up to the answer to a question still counts.
            if (end == End.COMMAND || end == End.RENEWED || piece.stream() == StandardStream.STDOUT) {
                container.write(piece.stream(), piece.of(nonce, id));
            }
        }
    }
}
