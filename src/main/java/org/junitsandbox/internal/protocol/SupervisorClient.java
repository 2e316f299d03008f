package org.junitsandbox.internal.protocol;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import org.junitsandbox.internal.protocol.Reply.Ending;
import org.junitsandbox.internal.protocol.SupervisorRequest.Init;
import org.junitsandbox.internal.protocol.SupervisorRequest.Open;
import org.junitsandbox.internal.protocol.SupervisorRequest.Own;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;
import org.junitsandbox.internal.protocol.SupervisorRequest.Recycle;
import org.junitsandbox.internal.protocol.SupervisorRequest.Reopen;
import org.junitsandbox.internal.protocol.SupervisorRequest.Run;
import org.junitsandbox.internal.protocol.SupervisorRequest.Setup;
import org.junitsandbox.internal.protocol.SupervisorRequest.Slot;
import org.junitsandbox.internal.protocol.SupervisorRequest.Sync;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamConnection;
import org.junitsandbox.internal.text.ShellWord;

/**
 * The client of one supervisor: one request after the other, each with its reply. The thread that sends a request also
 * reads the answer. Not safe for use by several threads at a time.
 *
 * <p>Output between two requests is that of background processes: {@link #strayOutput}.
 */
public final class SupervisorClient {

    private final StreamConnection connection;
    private final String nonce;
    private final String storeName = randomName();

    /** What marks the messages after a clean-up. Sent ahead, so that no command is alive that could read it. */
    private final String nextNonce = randomName();

    private final SupervisorReplies replies;
    private final SupervisorChannel channel;
    private final InputStore inputs;
    private final OutOfMemoryCheck outOfMemory;
    private final CounterRequests counters;
    private final WorkerShell shell;
    private final CommandWait wait;
    private String foundLimits = "";
    private long lastId;

    /** What each new worker is to run first, if that is still to be sent. */
    private String init = "";

    /**
     * @param home the directory in which a worker shell starts
     */
    public SupervisorClient(StreamConnection connection, String home) {
        this(connection, home, randomName());
    }

    private SupervisorClient(StreamConnection connection, String home, String nonce) {
        this.connection = connection;
        this.nonce = nonce;
        this.replies = new SupervisorReplies(nonce);
        this.channel = new SupervisorChannel(connection, replies);
        this.inputs = new InputStore(channel, replies);
        this.outOfMemory = new OutOfMemoryCheck(channel, replies);
        this.counters = new CounterRequests(channel, replies.counters());
        this.shell = new WorkerShell(home);
        this.wait = new CommandWait(channel, replies, shell, () -> ++lastId);
    }

    static String randomName() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /**
     * Waits until the supervisor is ready. If that fails, the exception holds what the container wrote.
     *
     * @param timeout how long it may take
     */
    public void open(Duration timeout) throws SupervisorException {
        Ping ping = new Ping(0);
        replies.expect(PendingReply.ofStart());
        try {
            channel.send(new Open(nonce, storeName, nextNonce, ping));
            channel.awaitAnswer(() -> replies.hasPong(ping.id()), timeout, "its shell was not ready");
            // A later report could be made by a command.
            foundLimits = replies.limitsFound();
            counters.begin();
        } finally {
            replies.expect(null);
            replies.forgetStrayOutput();
        }
    }

    /**
     * Has the container cleaned in place: every process is killed, and every place that commands can write to is
     * emptied. Whether the container is clean then is to be seen from {@link #foundLimits}; if it is, {@link #reopen}
     * comes next.
     *
     * <p>This client cannot be used any more, however this ends. All that the container sent before belongs to it, and
     * none of it to the client that is returned.
     *
     * @param timeout how long it may take
     * @return the client of the container from now on
     */
    public SupervisorClient recycle(Duration timeout) throws SupervisorException {
        channel.checkAlive();
        SupervisorClient next = new SupervisorClient(connection, shell.home(), nextNonce);
        next.channel.send(new Recycle());
        next.channel.awaitAnswer(() -> !next.replies.limitsFound().isEmpty(), timeout, "it was not cleaned");
        next.foundLimits = next.replies.limitsFound();
        return next;
    }

    /**
     * Has the worker shell of a container started that was cleaned.
     *
     * @param timeout how long it may take
     * @param outOfMemoryKills how many processes the memory limit had killed by the time of the clean-up
     */
    public void reopen(Duration timeout, long outOfMemoryKills) throws SupervisorException {
        Ping ping = new Ping(0);
        replies.startCountingKillsAt(outOfMemoryKills);
        channel.send(new Reopen(new Open(nonce, storeName, nextNonce, ping)));
        channel.awaitAnswer(() -> replies.hasPong(ping.id()), timeout, "its shell was not ready");
        // What came on stderr before is older than the clean-up, too.
        replies.forgetStrayOutput();
        counters.begin();
    }

    /**
     * Returns what the kernel has counted for the container so far: lines of its files, each after the file's name.
     */
    public String readCounters() throws SupervisorException {
        channel.checkAlive();
        return counters.read();
    }

    /** Lets {@link #firstCounters} be those of now. */
    public void countFromNow() throws SupervisorException {
        channel.checkAlive();
        counters.begin();
    }

    /**
     * Returns what {@link #readCounters} would have returned before this client's first command, or at {@link
     * #countFromNow}; empty before a reading.
     */
    public String firstCounters() {
        return counters.first();
    }

    /**
     * Returns what the kernel reported inside the container before this client's first command; empty before
     * {@link #open}.
     */
    public String foundLimits() {
        return foundLimits;
    }

    /**
     * Has each worker shell run source text before its first command. If that fails, the command does not begin, and
     * has the text's messages on its stderr.
     *
     * @param text without NUL; empty for no such text
     */
    public void startShellsWith(String text) {
        init = text;
    }

    /**
     * Checks between two requests that the supervisor answers.
     *
     * @param timeout how long it may take
     */
    public void check(Duration timeout) throws SupervisorException {
        Ping ping = new Ping(++lastId);
        channel.send(ping);
        channel.awaitAnswer(() -> replies.hasPong(ping.id()), timeout, "it did not answer");
    }

    /** Receives all that was written before now, so that {@link #strayOutput} has it. */
    public void receiveStrayOutput() throws SupervisorException {
        channel.checkAlive();
        Sync sync = new Sync(++lastId);
        channel.send(sync);
        channel.awaitAnswer(() -> replies.hasPong(sync.id()), Heartbeat.SILENCE_TIMEOUT, "it did not answer");
    }

    /**
     * Returns what background processes have written to a stream while no command ran, as far as it has been received:
     * the first 64 KiB, and how much there was.
     */
    public CapturedOutput strayOutput(StandardStream stream) {
        return replies.strayOutput(stream);
    }

    /**
     * Runs a command in the worker shell and waits for its end.
     *
     * <p>What the request's listener throws is thrown after the command's end.
     */
    public Reply run(CommandRequest request) throws SupervisorException {
        try {
            channel.receiveStrayOutput();
            channel.checkAlive();
            return exchange(request);
        } finally {
            replies.expect(null);
        }
    }

    private Reply exchange(CommandRequest request) throws SupervisorException {
        long renewalsBefore = replies.renewals();
        Slot input = inputs.input(request.input());
        // What is stored can be changed by commands. A command of the library's own runs beside the supervisor, and not
        // with the rights of commands alone.
        String word = request.isOfLibrary() ? ShellWord.quote(request.source()) : inputs.word(request.source());
        boolean inNewShell = !request.isOfLibrary() && replies.hasShellEnded();
        if (inNewShell) {
            channel.send(new Ping(++lastId));
            replies.shellStarted();
        }
        if (inNewShell || replies.renewals() > renewalsBefore) {
            shell.restart();
        }
        // Its id is larger than that ping's: a shell that the ping finds gone is not this command's shell.
        PendingReply pending = new PendingReply(++lastId, request);
        String startDirectory = replies.hasShellEnded() ? shell.home() : shell.directory();
        long start = System.nanoTime();
        replies.expect(pending);
        send(pending.id(), request, input, word);
        Optional<Ending> killed;
        try {
            inputs.sendAhead(request.nextInput(), input);
            killed = wait.forEnd(pending, request, start);
        } finally {
            if (!channel.hasFailed()) {
                inputs.drop();
            }
        }
        long nanos = System.nanoTime() - start;
        if (replies.renewals() > renewalsBefore) {
            startDirectory = shell.home();
            inNewShell = true;
        }
        Ending ending = killed.isPresent() ? killed.get() : endingOf(request, pending);
        if (ending != Ending.COMMAND_ENDED) {
            shell.restart();
        } else if (!request.isOfLibrary()) {
            shell.commandEnded(pending.status().orElse(0), pending.directory());
        }
        Reply.End end = killed.isPresent()
                ? new Reply.End(ending, OptionalInt.empty(), false)
                : new Reply.End(ending, pending.status(), outOfMemory.wasKilled(pending.status(), nanos));
        pending.throwListenerFailure();
        return new Reply(
                end,
                pending.stdout(),
                pending.stderr(),
                Duration.ofNanos(nanos),
                new Reply.Start(pending.hasBegun(), inNewShell, startDirectory));
    }

    private void send(long id, CommandRequest request, Slot input, String word) throws SupervisorException {
        if (request.isOfLibrary()) {
            channel.send(new Own(id, shell.placeOf(request, replies.hasShellEnded()), input, word));
            return;
        }
        if (!init.isEmpty()) {
            channel.send(new Init(ShellWord.quote(init)));
            init = "";
        }
        if (!request.setup().isEmpty()) {
            channel.send(new Setup(request.setup()));
        }
        channel.send(new Run(id, shell.lastStatus(), input, word));
    }

    /** Finds out how a command ended. A shell that could not begin it is of no use any more, and is ended, too. */
    private Ending endingOf(CommandRequest request, PendingReply pending) throws SupervisorException {
        if (pending.hasShellEnded()) {
            return Ending.SHELL_ENDED;
        }
        if (pending.hasBegun()) {
            if (!request.isOfLibrary()) {
                shell.commandBegan(pending.worker());
            }
            return Ending.COMMAND_ENDED;
        }
        if (request.isOfLibrary() || !request.setup().isEmpty()) {
            return Ending.COMMAND_ENDED;
        }
        wait.kill();
        return Ending.SHELL_ENDED;
    }
}
