package org.junitsandbox.shell.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.harness.LoopbackProxy;
import org.junitsandbox.harness.Recycling;
import org.junitsandbox.harness.TrafficFilter;
import org.junitsandbox.internal.protocol.SupervisorRequest;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/** A point in a sandbox's life at which a fault strikes, and the work that leads to it. */
enum FaultPoint {
    IDLE("idle", null, "running `true`") {
        @Override
        @Nullable Object work(Shell shell) {
            return shell.run("true");
        }
    },
    COMMAND("running a command", Mark.toClient(Mark.HALF_WAY), "running `" + FaultPoint.SLEEPER + "`") {
        @Override
        @Nullable Object work(Shell shell) {
            return shell.run(FaultPoint.SLEEPER);
        }
    },
    STDIN("sending a command's stdin", Mark.toEngine(Mark.HALF_WAY), "running `wc -c`") {
        @Override
        @Nullable Object work(Shell shell) {
            return shell.run(Command.of("wc -c").stdin(content()));
        }
    },
    COPY_IN("copying in", Mark.toEngine(Mark.HALF_WAY), "copying " + FaultPoint.content().length + " bytes to file") {
        @Override
        @Nullable Object work(Shell shell) {
            shell.copyIn(content(), "file");
            return null;
        }
    },
    COPY_OUT("copying out", Mark.toClient(Mark.HALF_WAY), "copying file to a stream") {
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
    KILL(
            "killing at a time limit",
            Mark.toEngine(SupervisorRequest.Kill.VERB + " "),
            "running `" + FaultPoint.SLEEPER + "`") {
        @Override
        @Nullable Object work(Shell shell) {
            return shell.run(Command.of(FaultPoint.SLEEPER).timeLimit(FaultPoint.TIME_LIMIT));
        }
    },
    RESET("resetting to a new container", Mark.toEngine("/start "), "resetting the sandbox") {
        @Override
        @Nullable Object work(Shell shell) {
            shell.reset();
            return null;
        }
    },
    CLEAN_UP("being cleaned", Mark.toEngine(SupervisorRequest.Recycle.VERB + "\n"), "resetting the sandbox") {
        @Override
        @Nullable Object work(Shell shell) {
            shell.reset();
            return null;
        }
    },
    ATTACH("attaching", Mark.toEngine("/attach?"), "open"),
    START("starting", Mark.toEngine("/start "), "open"),
    HANDSHAKE("awaiting its first reply", Mark.toEngine("\n" + new SupervisorRequest.Ping(0).encode() + "\n"), "open");

    static final Duration TIME_LIMIT = Duration.ofSeconds(2);

    private static final String SLEEPER = "echo before; echo " + Mark.HALF_WAY + "; sleep 1000";

    /** The output of {@link #SLEEPER} before it sleeps. */
    static final String SLEEPER_OUTPUT = "before\n" + Mark.HALF_WAY + "\n";

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // Error Prone does not see that the record is immutable.
    private final @Nullable Mark mark;

    private final String task;

    /**
     * @param text names the point in a sentence: "its container killed while …"
     * @param mark the traffic by which the proxy recognizes this point; null if there is none
     * @param task the work in the words of the library's messages
     */
    FaultPoint(String text, @Nullable Mark mark, String task) {
        this.text = text;
        this.mark = mark;
        this.task = task;
    }

    /** Text in the traffic that shows that a point is reached, and its direction. */
    private record Mark(boolean toEngine, String text) {

        static final String HALF_WAY = "half way";

        static Mark toEngine(String text) {
            return new Mark(true, text);
        }

        static Mark toClient(String text) {
            return new Mark(false, text);
        }
    }

    /** Returns 7 MiB with the mark in them; more than all buffers on the way hold follows it. */
    static byte[] content() {
        return ("x".repeat(1 << 20) + Mark.HALF_WAY.repeat(100) + "x".repeat(6 << 20)).getBytes(UTF_8);
    }

    /** Returns whether this point comes before the shell is open. */
    boolean opens() {
        return compareTo(ATTACH) >= 0;
    }

    /** Returns whether the work is a reset. */
    boolean resets() {
        return this == RESET || this == CLEAN_UP;
    }

    /** Returns whether the container that is struck runs at this point. */
    boolean runs() {
        return this != RESET && this != ATTACH && this != START;
    }

    /** Returns whether {@link #SLEEPER} runs at this point. */
    boolean runsSleeper() {
        return this == COMMAND || this == KILL;
    }

    String task() {
        return task;
    }

    /** Makes a fault strike when a sandbox behind {@code proxy} reaches this point. */
    void strike(LoopbackProxy proxy, TrafficFilter.Strike strike) {
        if (mark == null) {
            return;
        }
        if (mark.toEngine()) {
            proxy.filterToEngine(TrafficFilter.strikeBefore(mark.text(), strike));
        } else {
            proxy.filterToClient(TrafficFilter.strikeConcurrently(mark.text(), strike));
        }
    }

    void prepare(Shell shell) {}

    /** Returns the sandbox in which this point can be reached. */
    SandboxSpec spec() {
        return SandboxSpec.of("busybox:latest").recycle(this != RESET);
    }

    /** Returns the points that can be reached on the tests' engine. */
    static Stream<FaultPoint> reachable() {
        return Arrays.stream(values()).filter(point -> point != CLEAN_UP || Recycling.happens());
    }

    /** Does the work that leads to this point. */
    @Nullable Object work(Shell shell) {
        throw new UnsupportedOperationException("the point '" + this + "' comes before the shell is open");
    }

    @Override
    public String toString() {
        return text;
    }
}
