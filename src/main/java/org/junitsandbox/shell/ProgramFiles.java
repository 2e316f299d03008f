package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junitsandbox.internal.protocol.CapturedOutput;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.internal.text.ShellWord;

/**
 * What a sandbox holds of a background program: a directory with the first part of its output and its exit code. Its
 * commands can change that, as all that they can write to.
 */
final class ProgramFiles {

    private static final AtomicLong COUNT = new AtomicLong();

    /** Enough for what the kernel reports of processes and ports. */
    private static final int MAX_REPORT_BYTES = 4 << 20;

    /** The kernel's number for the state of a socket that listens. */
    private static final String LISTENS = "0A";

    /** What there is in its directory. */
    private static final List<String> FILES =
            List.of("1", "2", "status", "stdout", "stdout.end", "stderr", "stderr.end");

    private final String directory;
    private final String pid;
    private final int limitBytes;

    /** What is known of a program: its main process, its exit code, and whether all its output is where it is kept. */
    record State(boolean isRunning, OptionalInt exitCode, boolean isDrained) {

        static final State GONE = new State(false, OptionalInt.empty(), true);

        /** For a message such as "ended with exit code 1". */
        String describe() {
            return exitCode.isPresent()
                    ? "with exit code " + exitCode.getAsInt()
                    : "in an unknown way, as all processes were killed or the sandbox was reset,";
        }
    }

    private ProgramFiles(String directory, String pid, int limitBytes) {
        this.directory = directory;
        this.pid = pid;
        this.limitBytes = limitBytes;
    }

    /** Starts a program in the shell of a session. */
    static ProgramFiles start(SessionTurns turns, Session session, Command command) {
        String directory = "/tmp/.program-" + COUNT.incrementAndGet();
        String token = TokenLines.newToken();
        int limit = (int) command.outputLimitOr(session.spec().limits().outputBytes());
        CommandResult result =
                CommandRun.run(
                        turns,
                        session,
                        Activity.starting(command),
                        Command.of(script(token, directory, command, limit)),
                        (stream, bytes, offset, length) -> {});
        Optional<StartedProgram> program = StartedProgram.find(token, result.stdout());
        if (!result.succeeded() || program.isEmpty()) {
            throw new BackgroundProgramException("Cannot start `" + command + "` in the background: the shell "
                    + result.outcome() + ". Its stderr: " + Printable.joinLines(result.stderr().strip()));
        }
        session.programStarted(program.get().processes());
        session.knownFiles().libraryFile(directory);
        FILES.forEach(name -> session.knownFiles().libraryFile(directory + "/" + name));
        return new ProgramFiles(directory, program.get().pid(), limit);
    }

    /**
     * All of it is a subshell's, so that a "wait" of the user's does not wait for it. The program comes first, as it
     * waits for those that keep its output: it is there when it is noted, and does not see the variables for that.
     * What is over the limit is read and dropped; shells count it in blocks of 512 or 1,024 bytes.
     */
    private static String script(String token, String directory, Command command, int limit) {
        String program = "\\command eval " + ShellWord.quote(command.source());
        long blocks = limit / 512 + 2L;
        return "(\n"
                + "\\command mkdir -m 700 " + directory + " && \\command mkfifo " + directory + "/1 " + directory
                + "/2 || \\command exit 1\n"
                + "{ case $- in\n"
                + "*e*) \\command set +e; (\\command set -e; " + program + ") ;;\n"
                + "*) (" + program + ") ;;\n"
                + "esac; \\command echo \"$?\" >" + directory + "/status\n"
                + "} </dev/null >" + directory + "/1 2>" + directory + "/2 &\n"
                + StartedProgram.note("own_program")
                + keeper(directory, 1, "stdout", blocks)
                + StartedProgram.note("own_stdout")
                + keeper(directory, 2, "stderr", blocks)
                + StartedProgram.note("own_stderr")
                + StartedProgram.report(token, "own_program", "own_stdout", "own_stderr")
                + ")";
    }

    private static String keeper(String directory, int pipe, String name, long blocks) {
        String file = directory + "/" + name;
        return "{ (\\command ulimit -f " + blocks + "; \\command cat >" + file + "); \\command cat; \\command : >"
                + file + ".end; } <" + directory + "/" + pipe + " >/dev/null 2>&1 &\n";
    }

    State state(OwnCommands commands) {
        OwnCommands.Result result = commands.run("("
                + "\\command kill -0 " + pid + " 2>/dev/null && running=yes || running=no\n"
                + "status=\n"
                + "[ -s " + directory + "/status ] && \\command read -r status <" + directory + "/status\n"
                + "[ -e " + directory + "/stdout.end ] && [ -e " + directory + "/stderr.end ]"
                + " && drained=yes || drained=no\n"
                + "\\command echo \"$running $drained $status\")");
        String[] words = result.stdout().strip().split(" ", -1);
        OptionalInt exitCode = words.length == 3 && words[2].matches("\\d{1,3}")
                ? OptionalInt.of(Integer.parseInt(words[2]))
                : OptionalInt.empty();
        boolean running = exitCode.isEmpty() && words[0].equals("yes");
        // Those that keep its output are killed with it where all are.
        boolean drained = !running && (exitCode.isEmpty() || words[1].equals("yes"));
        return new State(running, exitCode, drained);
    }

    Output output(OwnCommands commands, StandardStream stream) {
        String file = directory + "/" + stream.name().toLowerCase(Locale.ROOT);
        SandboxReader reader = new SandboxReader(commands);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        reader.status(file).ifPresent(status -> reader.readFile(file, status, content));
        byte[] bytes = content.toByteArray();
        return new Output(new CapturedOutput(
                bytes.length <= limitBytes ? bytes : Arrays.copyOf(bytes, limitBytes), bytes.length));
    }

    boolean hasLine(OwnCommands commands, String part) {
        return Arrays.stream(StandardStream.values())
                .anyMatch(stream -> output(commands, stream).lines().stream().anyMatch(line -> line.contains(part)));
    }

    boolean isListening(OwnCommands commands, int port) {
        String suffix = ":%04X".formatted(port);
        return report(commands, "\\command cat /proc/net/tcp /proc/net/tcp6").lines()
                .map(line -> line.strip().split(" +"))
                .anyMatch(words -> words.length > 3 && words[1].endsWith(suffix) && words[3].equals(LISTENS));
    }

    /** Sends a signal to all processes that descend from the program's first one; that one notes the exit code. */
    void signal(OwnCommands commands, String name) {
        Map<String, List<String>> children = children(commands);
        // A set, as what a sandbox reports may go in circles.
        Set<String> found = new LinkedHashSet<>();
        Deque<String> left = new ArrayDeque<>(List.of(pid));
        while (!left.isEmpty()) {
            for (String child : children.getOrDefault(left.remove(), List.of())) {
                if (found.add(child)) {
                    left.add(child);
                }
            }
        }
        if (!found.isEmpty()) {
            commands.run("\\command kill -" + name + " " + String.join(" ", found) + " 2>/dev/null");
        }
    }

    /** Returns the children of each process that has any. */
    private static Map<String, List<String>> children(OwnCommands commands) {
        String parents = report(commands, """
                (for file in /proc/[0-9]*/status; do
                while \\command read -r key value; do case $key in
                Pid:) pid=$value ;;
                PPid:) \\command echo "$pid $value" ;;
                esac; done <"$file"; done)""");
        Map<String, List<String>> children = new HashMap<>();
        parents.lines()
                .filter(line -> line.matches("\\d+ \\d+"))
                .map(line -> line.split(" ", 2))
                .forEach(pair -> children.computeIfAbsent(pair[1], parent -> new ArrayList<>()).add(pair[0]));
        return children;
    }

    private static String report(OwnCommands commands, String text) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        commands.run(text + " 2>/dev/null", new BoundedOutput(report, MAX_REPORT_BYTES));
        return report.toString(StandardCharsets.UTF_8);
    }
}
