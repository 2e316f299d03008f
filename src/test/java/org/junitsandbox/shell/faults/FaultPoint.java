package org.junitsandbox.shell.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.harness.LoopbackProxy;
import org.junitsandbox.harness.TrafficFilter;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.Shell;

/** What a sandbox may be at when a fault strikes. */
enum FaultPoint {
    IDLE("idle", null, "run `true`") {
        @Override
        @Nullable Object work(Shell shell) {
            return shell.run("true");
        }
    },
    COMMAND("in a command", Mark.toClient(Mark.HALF_WAY), "run `" + FaultPoint.SLEEPER + "`") {
        @Override
        @Nullable Object work(Shell shell) {
            return shell.run(FaultPoint.SLEEPER);
        }
    },
    STDIN("in a command's stdin", Mark.toEngine(Mark.HALF_WAY), "run `wc -c`") {
        @Override
        @Nullable Object work(Shell shell) {
            return shell.run(Command.of("wc -c").stdin(content()));
        }
    },
    COPY_IN("in a copy in", Mark.toEngine(Mark.HALF_WAY), "copy to file") {
        @Override
        @Nullable Object work(Shell shell) {
            shell.copyIn(content(), "file");
            return null;
        }
    },
    COPY_OUT("in a copy out", Mark.toClient(Mark.HALF_WAY), "copy file out") {
        @Override
        void prepare(Shell shell) {
            shell.run("echo " + Mark.HALF_WAY + " >file; dd if=/dev/zero of=file bs=1 count=1 seek=500M");
        }

        @Override
        @Nullable Object work(Shell shell) {
            shell.copyOut("file", OutputStream.nullOutputStream());
            return null;
        }
    },
    KILL("in the kill at a time limit", Mark.toEngine("kill "), "run `" + FaultPoint.SLEEPER + "`") {
        @Override
        @Nullable Object work(Shell shell) {
            return shell.run(Command.of(FaultPoint.SLEEPER).timeLimit(FaultPoint.TIME_LIMIT));
        }
    },
    RESET("in a reset", Mark.toEngine("/start "), "reset") {
        @Override
        @Nullable Object work(Shell shell) {
            shell.reset();
            return null;
        }
    },
    ATTACH("created, not attached to", Mark.toEngine("/attach?"), "open"),
    START("attached to, not started", Mark.toEngine("/start "), "open"),
    HANDSHAKE("in its first answer", Mark.toEngine("\nping 0\n"), "open");

    static final Duration TIME_LIMIT = Duration.ofSeconds(1);

    private static final String SLEEPER = "echo before; echo " + Mark.HALF_WAY + "; sleep 1000";

    /** What the command that sleeps has written before it does. */
    static final String SLEEPER_OUTPUT = "before\n" + Mark.HALF_WAY + "\n";

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // Error Prone does not look into it.
    private final @Nullable Mark mark;

    private final String task;

    /**
     * @param mark what passes between client and engine at this step; null if nothing does
     * @param task what it is that the sandbox is to do, in the words of messages
     */
    FaultPoint(String text, @Nullable Mark mark, String task) {
        this.text = text;
        this.mark = mark;
        this.task = task;
    }

    /** What passes by at a step. */
    private record Mark(boolean toEngine, String text) {

        static final String HALF_WAY = "half way";

        static Mark toEngine(String text) {
            return new Mark(true, text);
        }

        static Mark toClient(String text) {
            return new Mark(false, text);
        }
    }

    /** A few megabytes with the mark in them. After it come more than the buffers on the way hold. */
    static byte[] content() {
        return ("x".repeat(1 << 20) + Mark.HALF_WAY.repeat(100) + "x".repeat(6 << 20)).getBytes(UTF_8);
    }

    /** Whether it is a step on the way to an open shell. */
    boolean opens() {
        return compareTo(ATTACH) >= 0;
    }

    /** Whether the container that is struck runs. */
    boolean runs() {
        return this != RESET && this != ATTACH && this != START;
    }

    /** Whether the command that sleeps runs at this point. */
    boolean runsSleeper() {
        return this == COMMAND || this == KILL;
    }

    String task() {
        return task;
    }

    /** Has a fault strike when a sandbox behind {@code proxy} gets to this step. */
    void strike(LoopbackProxy proxy, TrafficFilter.Strike strike) {
        if (mark == null) {
            return;
        }
        if (mark.toEngine()) {
            proxy.filterToEngine(TrafficFilter.strikeBefore(mark.text(), strike));
        } else {
            proxy.filterToClient(TrafficFilter.strikeBeside(mark.text(), strike));
        }
    }

    void prepare(Shell shell) {}

    /** Does what leads through this step. */
    @Nullable Object work(Shell shell) {
        throw new UnsupportedOperationException(this + " is over when there is a shell");
    }

    @Override
    public String toString() {
        return text;
    }
}
