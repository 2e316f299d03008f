package org.junitsandbox.shell;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.audit.WritablePlaces;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.pool.ReadyContainer;
import org.junitsandbox.internal.protocol.CommandRequest;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.protocol.SupervisorClient;
import org.junitsandbox.internal.protocol.SupervisorException;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.spec.SandboxSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The use of one container, from the time that it is clean. Takes one request at a time, and {@link #close} at any
 * time.
 */
final class Session {

    /** Where commands start: writable in every profile. */
    static final String WORK = "/work";

    private static final String POOL_CLOSED = "its pool was closed, which removes the containers of all its shells.";

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final SandboxSpec spec;
    private final AttachedContainer container;
    private final SupervisorClient supervisor;
    private final List<String> limitWarnings;
    private final Loan loan;
    private final List<ProcessStatus.Identity> programs = new ArrayList<>();
    private final KnownFiles knownFiles = new KnownFiles();

    private UsageLog usage;

    /** Taken by a request, and by the end of the session. */
    private final Semaphore idle = new Semaphore(1);

    private @Nullable String lost;

    private @Nullable String shellRestart;

    /** The container's way back. Neither method waits for what follows. */
    interface Loan {

        /**
         * The container can be used again, when it was cleaned.
         *
         * @param isNextTaken whether another one is taken in its place right after it
         */
        void giveBack(boolean isNextTaken);

        /** The container is to be removed: nobody knows its state, or a request is under way. */
        void discard();

        /** Whether the pool that the container is of is closed, and so the container gone. */
        boolean isPoolClosed();
    }

    /**
     * @param limitWarnings which limits of the container do not hold
     */
    Session(SandboxSpec spec, ReadyContainer ready, List<String> limitWarnings, Loan loan) {
        this.spec = spec;
        this.container = ready.container();
        this.supervisor = ready.conversation();
        this.supervisor.startShellsWith(spec.init());
        this.limitWarnings = limitWarnings;
        this.usage = newUsage();
        this.loan = loan;
    }

    private UsageLog newUsage() {
        return new UsageLog(spec, supervisor.foundLimits());
    }

    /**
     * Notes which files the sandbox begins with, before its first request. Where that fails, they are unknown. What it
     * takes does not count as used, except in the peak of memory.
     */
    void noteFirstFiles() {
        try {
            Activity activity = Activity.findingChanges();
            new ChangeSearch(new OwnCommands(this, activity), writablePlaces(), knownFiles).begin();
            if (knownFiles.isFirstListed()) {
                exchange(activity, () -> {
                    supervisor.countFromNow();
                    return activity;
                });
                usage = newUsage();
            }
        } catch (TransferException | SandboxLostException | IllegalStateException e) {
            LOG.debug("Which files container {} begins with is not known", container.id(), e);
        }
    }

    SandboxSpec spec() {
        return spec;
    }

    /** Why the shell is not the one that the session began with; null if it is. */
    @Nullable String shellRestart() {
        return shellRestart;
    }

    /** Notes that the next command gets a new shell, and why. */
    void shellRestarts(String reason) {
        shellRestart = reason;
    }

    /** What is known of the sandbox's files, for the one request at a time. */
    KnownFiles knownFiles() {
        return knownFiles;
    }

    /**
     * Where commands can write to.
     *
     * @throws IllegalStateException if that is not known
     */
    WritablePlaces writablePlaces() {
        return WritablePlaces.parse(supervisor.foundLimits());
    }

    List<String> limitWarnings() {
        return limitWarnings;
    }

    /** Returns what the sandbox has used, as far as it was read. */
    UsageLog usage() {
        return usage;
    }

    /** Reads the kernel's counters, which ends the present window of {@link #usage()}. */
    void readCounters(Activity activity) {
        String now = exchange(activity, supervisor::readCounters);
        usage.read(supervisor.firstCounters(), now);
    }

    /** The first processes of programs that were started in the background. */
    Collection<ProcessStatus.Identity> programs() {
        return programs;
    }

    /** Notes the first processes of a program that was started in the background. */
    void programStarted(Collection<ProcessStatus.Identity> processes) {
        programs.addAll(processes);
    }

    /** Sends a request to the container and waits for the reply. */
    Reply ask(Activity activity, CommandRequest request) {
        return exchange(activity, () -> {
            usage.begin(activity);
            long start = System.nanoTime();
            Duration took = null;
            try {
                Reply reply = supervisor.run(request);
                took = reply.duration();
                return reply;
            } finally {
                usage.took(took == null ? Duration.ofNanos(System.nanoTime() - start) : took);
            }
        });
    }

    /** Receives all that background processes have written while no command ran. */
    StrayOutput strayOutput(Activity activity) {
        return exchange(activity, () -> {
            supervisor.receiveStrayOutput();
            return new StrayOutput(
                    new Output(supervisor.strayOutput(StandardStream.STDOUT)),
                    new Output(supervisor.strayOutput(StandardStream.STDERR)));
        });
    }

    private interface Exchange<T> {
        T make() throws SupervisorException;
    }

    private <T> T exchange(Activity activity, Exchange<T> exchange) {
        boolean poolClosed = loan.isPoolClosed();
        if (lost != null || poolClosed) {
            throw new SandboxLostException(
                    "Cannot " + activity + ", as the sandbox was lost before: "
                            + (poolClosed ? POOL_CLOSED : lost + " reset() gives the shell a new container."),
                    null,
                    Output.NOTHING,
                    Output.NOTHING);
        }
        if (!idle.tryAcquire()) {
            throw new IllegalStateException("Cannot " + activity + " now: the shell is busy or closed.");
        }
        try {
            return exchange.make();
        } catch (SupervisorException e) {
            switch (e.reason()) {
                case INTERRUPTED -> {
                    shellRestarts(activity.object() + " was interrupted");
                    Thread.currentThread().interrupt();
                    throw new SandboxInterruptedException(
                            "Interrupted while " + activity.ongoing() + "; all processes of the sandbox were killed",
                            e);
                }
                case INPUT_NOT_STORED -> throw new TransferException(
                        "Cannot " + activity + ": " + e.getMessage() + ", where commands may have left data, too", e);
                default -> throw lost(activity, e);
            }
        } finally {
            idle.release();
        }
    }

    /**
     * Ends the use of the container, before another session takes its place. Later requests find the sandbox lost.
     *
     * @param reason a sentence for their messages
     */
    void closeForNext(String reason) {
        lost = reason;
        close(true);
    }

    /** Ends the use of the container. A request under way finds the connection broken. */
    void close() {
        close(false);
    }

    private void close(boolean isNextTaken) {
        if (idle.tryAcquire()) {
            // It is never released, so that no request can follow.
            loan.giveBack(isNextTaken);
        } else {
            loan.discard();
        }
    }

    private String endReason() {
        String reason = container.endReason();
        return reason.isEmpty() ? "" : " (" + reason + ")";
    }

    private SandboxLostException lost(Activity activity, SupervisorException e) {
        boolean silent = e.reason() == SupervisorException.Reason.SILENT;
        AttachedContainer.State state = silent || e.reason() == SupervisorException.Reason.DISCONNECTED
                ? container.state()
                : AttachedContainer.State.RUNNING;
        lost = switch (state) {
            case ENDED ->
                loan.isPoolClosed()
                        ? POOL_CLOSED
                        : "container " + container.id() + " has ended" + endReason()
                                + "; it was killed or removed from outside, its main process was,"
                                + " or its connection was cut.";
            case ENGINE_UNREACHABLE ->
                silent
                        ? e.getMessage() + ", and the container engine does not answer either (container "
                                + container.id() + ")."
                        : "the container engine went away (container " + container.id() + ").";
            case RUNNING -> e.getMessage() + " (container " + container.id() + ").";
        };
        loan.discard();
        return new SandboxLostException(
                "The sandbox was lost while " + activity.ongoing() + ": " + lost,
                e,
                new Output(e.stdout()),
                new Output(e.stderr()));
    }
}
