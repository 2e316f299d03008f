package org.junitsandbox.shell.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.harness.DedicatedEngine;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.LoopbackProxy;
import org.junitsandbox.harness.Recycling;
import org.junitsandbox.harness.SuiteTable;
import org.junitsandbox.harness.TrafficFilter;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.docker.ReplayEngine;
import org.junitsandbox.internal.engine.docker.ReplayEngine.Recording;
import org.junitsandbox.internal.protocol.SupervisorRequest.Data;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;
import org.junitsandbox.internal.protocol.SupervisorRequest.Run;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.EngineFailureException;
import org.junitsandbox.shell.Outcome;
import org.junitsandbox.shell.SandboxException;
import org.junitsandbox.shell.SandboxLostException;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellAccess;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.SandboxSpec;

/** Connections to the engine that are split, delayed or cut at any byte while other sandboxes work. */
@Timeout(300)
class ConnectionFaultIT {

    @Order(1)
    @RegisterExtension
    static final DedicatedEngine ENGINE = new DedicatedEngine("connection");

    @Order(2)
    @RegisterExtension
    static final SuiteTable TABLE = new SuiteTable("faults-connection", ENGINE);

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(1);

    private static final TrafficFilter BUSY = TrafficFilter.delay(Duration.ofMillis(150));

    /**
     * Its session begins with the first command of the test: with a writable root, no engine's own files in memory are
     * listed before.
     */
    private static final SandboxSpec SPEC = FaultScenario.SPEC.profile(Profile.UNTRUSTED.readOnlyRoot(false));

    /** The requests that have a reply on the wire: the session's first lines, a command, an input. */
    private static final Pattern REQUEST = Pattern.compile(
            "(?m)^(?:%s$|%s |%s )".formatted(new Ping(0).encode(), Run.VERB, Data.VERB));

    /** An upper bound for a command of the session on the wire, and for its replies. */
    private static final int MAX_COMMAND_BYTES = 250;

    /** Offsets in the engine's HTTP exchange, in the first lines and replies, and in the commands. */
    private static final int[] SOME_OFFSETS = {1, 60, 150, 170, 200, 230, 260, 300};

    /** Offsets in what a clean-up sends: a request of some 10 bytes and one of some 75, a report of some kilobytes. */
    private static final int[] CLEAN_UP_OFFSETS = {0, 5, 20, 80, 500, 2_000, 4_000};

    /** The bytes of an answer before and after a report in it are fewer. */
    private static final int REPORT_EDGE = 120;

    private static final int REPORT_STEP = 53;

    private static ContainerEngine directEngine;
    private static Bystanders bystanders;

    @BeforeAll
    static void start() throws Exception {
        directEngine = ENGINE.connect(LIMIT);
        bystanders = new Bystanders(directEngine);
    }

    @AfterAll
    static void stop() throws Exception {
        bystanders.close();
        LeakCheck.assertNoThreads();
    }

    /** The commands of a session with their expected results. */
    private enum Exchange {
        BOTH_STREAMS(Command.of("echo out; echo err >&2; (exit 3)"), 3, "out\n", "err\n"),
        INPUT(Command.of("cat; cd /tmp").stdin("in\n"), 0, "in\n", ""),
        ODD_BYTES(Command.of("printf '\\036\\001\\000x\\n\\n'; pwd >&2"), 0, "\u001e\u0001\u0000x\n\n", "/tmp\n");

        @SuppressWarnings("ImmutableEnumChecker") // Command is immutable, as its documentation states.
        private final Command command;

        private final int code;
        private final String stdout;
        private final String stderr;

        Exchange(Command command, int code, String stdout, String stderr) {
            this.command = command;
            this.code = code;
            this.stdout = stdout;
            this.stderr = stderr;
        }

        void check(CommandResult result) {
            assertThat(result.outcome()).isEqualTo(new Outcome.Exited(code));
            assertThat(result.stdout()).isEqualTo(stdout);
            assertThat(result.stderr()).isEqualTo(stderr);
        }

        /** The message is right, and the output is a prefix of what the command wrote. */
        void check(SandboxLostException lost) {
            assertThat(lost.getMessage())
                    .startsWith("The sandbox was lost while running `" + command + "`: container ")
                    .endsWith(" has ended; it was killed or removed from outside, its main process was, or its"
                            + " connection was cut.");
            assertThat(stdout).startsWith(lost.stdout());
            assertThat(stderr).startsWith(lost.stderr());
        }
    }

    /** Runs a whole session in one sandbox. */
    private static void runSession(Shell shell) {
        for (Exchange exchange : Exchange.values()) {
            exchange.check(shell.run(exchange.command));
        }
    }

    /**
     * Runs a session on a connection that may be cut.
     *
     * @return the number of commands with the expected result; -1 if the sandbox did not open
     */
    private static int runCutSession(ContainerEngine engine) {
        int completed = 0;
        boolean isLost = false;
        try (Shell shell = ShellAccess.open(SPEC, engine)) {
            for (Exchange exchange : Exchange.values()) {
                try {
                    exchange.check(shell.run(exchange.command));
                    assertThat(isLost).as("%s ran after a loss", exchange).isFalse();
                    completed++;
                } catch (SandboxLostException e) {
                    if (isLost) {
                        assertThat(e).hasMessageContaining(", as the sandbox was lost before: ");
                    } else {
                        exchange.check(e);
                    }
                    isLost = true;
                }
            }
        } catch (SandboxException e) {
            assertThat(e)
                    .isExactlyInstanceOf(EngineFailureException.class)
                    .hasMessageStartingWith("No sandbox from image busybox:latest: ");
            return -1;
        }
        return completed;
    }

    /** Records a session on the real engine, as slow as on a busy machine: the shell is looked after meanwhile. */
    private static Recording record() throws Exception {
        List<ByteArrayOutputStream> replies = new ArrayList<>();
        StringBuilder requests = new StringBuilder();
        try (LoopbackProxy proxy = ENGINE.proxy()) {
            proxy.filterToEngine((connection, bytes, to) -> {
                if (connection.isAttached()) {
                    synchronized (replies) {
                        String text = ISO_8859_1.decode(bytes.duplicate()).toString();
                        requests.append(text);
                        if (REQUEST.matcher(text).find()) {
                            replies.add(new ByteArrayOutputStream());
                        }
                    }
                }
                TrafficFilter.NONE.pass(connection, bytes, to);
            });
            proxy.filterToClient((connection, bytes, to) -> {
                if (connection.isAttached()) {
                    synchronized (replies) {
                        if (!replies.isEmpty()) {
                            replies.get(replies.size() - 1).writeBytes(bytesOf(bytes));
                        }
                    }
                }
                BUSY.pass(connection, bytes, to);
            });
            try (Shell shell = ShellAccess.open(SPEC, proxy.engine(LIMIT))) {
                runSession(shell);
            }
        }
        Matcher nonce = Pattern.compile("(?m)^(\\S{22}) \\S{22} \\S{22}$").matcher(requests);
        assertThat(nonce.find()).isTrue();
        return new Recording(
                nonce.group(1), replies.stream().map(ByteArrayOutputStream::toByteArray).toList());
    }

    private static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** All offsets but those amid answers of kilobytes, which report what the kernel says: there, some. */
    private static int[] offsets(Recording recording) {
        IntStream.Builder offsets = IntStream.builder();
        int start = 0;
        for (byte[] answer : recording.answers()) {
            for (int i = 0; i < answer.length; i++) {
                if (i < REPORT_EDGE || i >= answer.length - REPORT_EDGE || i % REPORT_STEP == 0) {
                    offsets.add(start + i);
                }
            }
            start += answer.length;
        }
        return offsets.add(start).build().toArray();
    }

    @Test
    @DisplayName("a recorded session, its replies split at every byte, in long reports at some, and into single bytes")
    void readsRepliesThatAreSplitAnywhere() throws Exception {
        Recording recording = record();
        int[] offsets = offsets(recording);
        for (int offset : offsets) {
            ContainerEngine replay = ReplayEngine.split(directEngine, recording, offset);
            try (Shell shell = ShellAccess.open(SPEC, replay)) {
                runSession(shell);
            }
        }
        try (Shell shell = ShellAccess.open(SPEC, ReplayEngine.byByte(directEngine, recording))) {
            runSession(shell);
        }
        TABLE.verdict("held at " + offsets.length + " offsets");
    }

    @ParameterizedTest(
            name = "a recorded session, its connection cut at every byte of the replies, in long reports at some"
                    + " (with an error: {0})")
    @ValueSource(booleans = {false, true})
    void reportsALossWhereverARecordedSessionIsCut(boolean withError) throws Exception {
        Recording recording = record();
        int[] completed = IntStream.of(offsets(recording))
                .map(offset -> runCutSession(ReplayEngine.cut(directEngine, recording, offset, withError)))
                .toArray();

        assertThat(completed).startsWith(-1).endsWith(Exchange.values().length).isSorted();
        TABLE.verdict("held at " + completed.length + " offsets");
    }

    @Test
    @DisplayName("a real session, both directions split at every byte of each command")
    void runsACommandWhoseBytesAreSplitAnywhere() throws Exception {
        LeakCheck leakCheck = new LeakCheck(ENGINE, LIMIT);
        int offsets = MAX_COMMAND_BYTES;
        try (LoopbackProxy proxy = ENGINE.proxy();
                Shell shell = ShellAccess.open(SPEC, proxy.engine(LIMIT))) {
            for (int offset = 1; offset < offsets; offset++) {
                for (Exchange exchange : List.of(Exchange.BOTH_STREAMS, Exchange.INPUT)) {
                    proxy.filterToEngine(TrafficFilter.split(offset, PAUSE));
                    proxy.filterToClient(TrafficFilter.split(offset, PAUSE));
                    exchange.check(shell.run(exchange.command));
                }
            }
            bystanders.assertTheyContinue(LIMIT);
        }
        leakCheck.assertNone();
        TABLE.verdict("held at " + (offsets - 1) + " offsets");
    }

    @Test
    @DisplayName("a real session, its beginning split at some bytes")
    void opensASandboxWhoseFirstBytesAreSplit() throws Exception {
        LeakCheck leakCheck = new LeakCheck(ENGINE, LIMIT);
        for (int offset : SOME_OFFSETS) {
            try (LoopbackProxy proxy = ENGINE.proxy()) {
                ContainerEngine behind = proxy.engine(LIMIT);
                proxy.filterToEngine(TrafficFilter.split(offset, PAUSE));
                proxy.filterToClient(TrafficFilter.split(offset, PAUSE));
                try (Shell shell = ShellAccess.open(SPEC, behind)) {
                    runSession(shell);
                }
            }
        }
        leakCheck.assertNone();
    }

    @Test
    @DisplayName("a real session, every buffer delayed by 30 ms in both directions")
    void worksOverASlowConnection() throws Exception {
        LeakCheck leakCheck = new LeakCheck(ENGINE, LIMIT);
        try (LoopbackProxy proxy = ENGINE.proxy()) {
            proxy.filterToEngine(TrafficFilter.delay(Duration.ofMillis(30)));
            proxy.filterToClient(TrafficFilter.delay(Duration.ofMillis(30)));
            try (Shell shell = ShellAccess.open(SPEC, proxy.engine(LIMIT))) {
                runSession(shell);
                shell.copyIn(FaultPoint.content(), "file");
                assertThat(shell.copyOut("file")).isEqualTo(FaultPoint.content());
            }
        }
        leakCheck.assertNone();
    }

    @ParameterizedTest(name = "a real session, its connection cut at some bytes of the {0}")
    @ValueSource(strings = {"requests", "replies"})
    void reportsALossAndRemovesTheContainerWhereverARealSessionIsCut(String side) throws Exception {
        LeakCheck leakCheck = new LeakCheck(ENGINE, LIMIT);
        for (int offset : SOME_OFFSETS) {
            try (LoopbackProxy proxy = ENGINE.proxy()) {
                ContainerEngine behind = proxy.engine(LIMIT);
                TrafficFilter cut = TrafficFilter.cut(offset);
                if (side.equals("requests")) {
                    proxy.filterToEngine(cut);
                } else {
                    proxy.filterToClient(cut);
                }
                long start = System.nanoTime();
                assertThat(runCutSession(behind)).isLessThan(Exchange.values().length);
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
            }
        }
        leakCheck.assertNone();
        bystanders.assertTheyContinue(LIMIT);
        TABLE.verdict("held at " + SOME_OFFSETS.length + " offsets");
    }

    @ParameterizedTest(name = "connection cut at some bytes of the {0} of a clean-up")
    @ValueSource(strings = {"requests", "replies"})
    void resetsToANewContainerWhereverACleanUpIsCut(String side) throws Exception {
        Recycling.assumeThatItHappens();
        LeakCheck leakCheck = new LeakCheck(ENGINE, LIMIT);
        try (LoopbackProxy proxy = ENGINE.proxy();
                Shell shell = ShellAccess.open(FaultScenario.SPEC, proxy.engine(LIMIT))) {
            for (int offset : CLEAN_UP_OFFSETS) {
                shell.run("echo old >file; x=old");
                // On a busy machine, a new container is started beside the clean-up: its streams are left alone.
                TrafficFilter cut = TrafficFilter.cut(EngineExec.containerOf(shell), offset);
                if (side.equals("requests")) {
                    proxy.filterToEngine(cut);
                } else {
                    proxy.filterToClient(cut);
                }

                shell.reset();

                proxy.filterToEngine(TrafficFilter.NONE);
                proxy.filterToClient(TrafficFilter.NONE);
                assertThat(shell.run("ls -A; echo \"<${x-}>\"").stdout()).as("offset %d", offset).isEqualTo("<>\n");
            }
            bystanders.assertTheyContinue(LIMIT);
        }
        leakCheck.assertNone();
    }
}
