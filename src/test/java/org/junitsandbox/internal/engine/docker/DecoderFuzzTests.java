package org.junitsandbox.internal.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitsandbox.fuzz.EscapedText;
import org.junitsandbox.fuzz.FuzzRun;
import org.junitsandbox.fuzz.Shrinking;
import org.junitsandbox.internal.engine.docker.ScriptedCommand.End;
import org.junitsandbox.internal.protocol.CommandRequest;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.protocol.SupervisorClient;
import org.junitsandbox.internal.protocol.SupervisorException;
import org.junitsandbox.internal.protocol.SupervisorMessage.DirectoryReported;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamSink;

/**
 * Streams of frames, cut anywhere, with what is and what only looks like a marker, give the replies that they would
 * give as one text read with a regular expression. All is drawn from a seed but the nonce, which the client
 * chooses.
 */
class DecoderFuzzTests {

    private static final int CASES = 1_000;

    private static final int MAX_COMMANDS = 6;

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    /** What is in the reply to a command; output in ISO 8859-1. */
    private record Observation(
            Reply.Ending ending,
            int status,
            boolean outOfMemory,
            String directory,
            String stdout,
            String stderr,
            long stdoutTotal,
            long stderrTotal,
            String listenerStdout,
            String listenerStderr) {

        @Override
        public String toString() {
            return ending + " " + status + (outOfMemory ? ", out of memory" : "") + ", in " + EscapedText.of(directory)
                    + "\n      stdout "
                    + stdoutTotal + " " + EscapedText.of(stdout)
                    + "\n      stderr " + stderrTotal + " " + EscapedText.of(stderr)
                    + "\n      listener " + EscapedText.of(listenerStdout)
                    + "\n      and " + EscapedText.of(listenerStderr);
        }
    }

    @Test
    void givesTheRepliesOfTheWholeTextForFramesCutAnywhere() {
        FuzzRun run = new FuzzRun(DecoderFuzzTests.class, CASES);
        while (run.hasNext()) {
            long seed = run.nextSeed();
            List<ScriptedCommand> commands = draw(new SplittableRandom(seed));
            Optional<String> difference = difference(seed, commands);
            if (difference.isPresent()) {
                List<ScriptedCommand> least = shrink(seed, commands);
                run.recordFailure(
                        seed,
                        difference.get() + "\nThe least: " + difference(seed, least).orElse("It does not fail again")
                                + "\n  of " + least);
            }
        }
        run.assertNoFailures();
    }

    private static List<ScriptedCommand> draw(SplittableRandom random) {
        List<ScriptedCommand> commands = new ArrayList<>();
        for (int i = random.nextInt(1, MAX_COMMANDS + 1); i > 0; i--) {
            commands.add(ScriptedCommand.draw(random));
        }
        return commands;
    }

    private static List<ScriptedCommand> shrink(long seed, List<ScriptedCommand> commands) {
        List<ScriptedCommand> least = new ArrayList<>(
                Shrinking.shrink(commands, fewer -> difference(seed, fewer).isPresent()));
        for (int i = 0; i < least.size(); i++) {
            int index = i;
            ScriptedCommand whole = least.get(i);
            ScriptedCommand less = whole.withPieces(Shrinking.shrink(
                    whole.pieces(), fewer -> fails(seed, least, index, whole.withPieces(fewer))));
            least.set(i, less.withLate(Shrinking.shrink(
                    less.late(), fewer -> fails(seed, least, index, less.withLate(fewer)))));
        }
        return least;
    }

    private static boolean fails(long seed, List<ScriptedCommand> commands, int index, ScriptedCommand changed) {
        List<ScriptedCommand> all = new ArrayList<>(commands);
        all.set(index, changed);
        return difference(seed, all).isPresent();
    }

    /**
     * Runs commands, in frames and pieces that the seed decides, and returns where a reply is not as expected.
     */
    private static Optional<String> difference(long seed, List<ScriptedCommand> commands) {
        long[] lastId = new long[1];
        ScriptedCommand[] current = new ScriptedCommand[1];
        ScriptedContainer[] container = new ScriptedContainer[1];
        container[0] = new ScriptedContainer(id -> {
            lastId[0] = id;
            container[0].cutAsBySeed(seed + commands.indexOf(current[0]));
            current[0].writeTo(container[0], id);
        });
        SupervisorClient client = new SupervisorClient(container[0], "/home");
        String directory = "/home";
        @Nullable ScriptedCommand before = null;
        long idBefore = 0;
        try {
            client.open(TIMEOUT);
            for (ScriptedCommand command : commands) {
                current[0] = command;
                boolean outOfMemory = command.status() == 137 && command.outputLimit() % 2 == 0;
                if (outOfMemory) {
                    container[0].countOomKill();
                }
                Observation actual = observe(client, command);
                if (before != null && makeAMarker(before, idBefore, command, lastId[0], container[0].nonce())) {
                    return Optional.empty();
                }
                before = command;
                idBefore = lastId[0];
                if (command.end() == End.RENEWED) {
                    directory = "/home";
                }
                Observation expected = expected(command, container[0].nonce(), lastId[0], outOfMemory, directory);
                if (!actual.equals(expected)) {
                    return Optional.of("command " + commands.indexOf(command) + "\n  is read as " + actual
                            + "\n  but is     " + expected);
                }
                directory = nextDirectory(command, lastId[0]);
            }
            client.check(TIMEOUT);
        } catch (SupervisorException | RuntimeException e) {
            return Optional.of("It breaks off with " + e + " " + e.getCause());
        }
        return container[0].isReadToItsEnd() ? Optional.empty()
                : Optional.of("It does not read to the end of the last frame");
    }

    /**
     * Whether the late output of a command and the output of the next one together make the opening of a marker. Then
     * they are taken for one: the rest of a true marker may come that late, and only the supervisor knows the nonce.
     */
    private static boolean makeAMarker(
            ScriptedCommand before, long idBefore, ScriptedCommand next, long id, String nonce) {
        String opening = "\u001e" + nonce + " ";
        return Stream.of(StandardStream.values()).anyMatch(stream -> {
            String late = before.lateText(stream, nonce, idBefore);
            String text = next.text(stream, nonce, id);
            return IntStream.range(1, opening.length())
                    .anyMatch(cut ->
                            late.endsWith(opening.substring(0, cut)) && text.startsWith(opening.substring(cut)));
        });
    }

    private static Observation observe(SupervisorClient client, ScriptedCommand command) throws SupervisorException {
        ByteArrayOutputStream stdout = new ByteArrayOutputStream();
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        StreamSink listener = (stream, bytes, offset, length) ->
                (stream == StandardStream.STDOUT ? stdout : stderr).write(bytes, offset, length);
        Reply reply = client.run(CommandRequest.ofUser("command", TIMEOUT, command.outputLimit())
                .withListener(listener));
        return new Observation(
                reply.ending(),
                reply.status().orElse(-1),
                reply.outOfMemory(),
                reply.directory(),
                new String(reply.stdout().bytes(), ISO_8859_1),
                new String(reply.stderr().bytes(), ISO_8859_1),
                reply.stdout().total(),
                reply.stderr().total(),
                stdout.toString(ISO_8859_1),
                stderr.toString(ISO_8859_1));
    }

    private static Observation expected(ScriptedCommand command, String nonce, long id, boolean outOfMemory,
            String directory) {
        boolean shellEnded = command.end() == End.SHELL || command.end() == End.SHELL_HALFWAY;
        String stdout = withoutMarkers(command.text(StandardStream.STDOUT, nonce, id), nonce);
        String stderr = withoutMarkers(command.text(StandardStream.STDERR, nonce, id), nonce);
        return new Observation(
                shellEnded ? Reply.Ending.SHELL_ENDED : Reply.Ending.COMMAND_ENDED,
                command.status(),
                outOfMemory,
                directory,
                stdout.substring(0, Math.min(stdout.length(), command.outputLimit())),
                stderr.substring(0, Math.min(stderr.length(), command.outputLimit())),
                stdout.length(),
                stderr.length(),
                stdout,
                stderr);
    }

    /** The obvious way to read a whole text. The end that follows it makes no marker with what it ends in. */
    private static String withoutMarkers(String text, String nonce) {
        return Pattern.compile("\u001e" + Pattern.quote(nonce) + " [^\u001e]*\u001e").matcher(text).replaceAll("");
    }

    private static String nextDirectory(ScriptedCommand command, long id) {
        if (command.end() == End.SHELL || command.end() == End.SHELL_HALFWAY) {
            return "/home";
        }
        int room = ScriptedCommand.MAX_ANSWER_BYTES - new DirectoryReported(id, "").encode().length();
        return command.directory().substring(0, Math.min(room, command.directory().length()));
    }
}
