package org.junitsandbox.internal.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.StreamSink;

/** A command for the worker shell, with its input and its limits. Immutable, but arrays of input are not copied. */
public final class CommandRequest {

    private final String source;
    private final String setup;
    private final boolean ofLibrary;
    private final boolean atRoot;
    private final Duration timeLimit;
    private final long outputLimit;
    private final boolean endsAtOutputLimit;
    private final byte @Nullable [] input;
    private final byte @Nullable [] nextInput;
    private final @Nullable StreamSink listener;

    private CommandRequest(
            CommandRequest base,
            String setup,
            boolean endsAtOutputLimit,
            byte @Nullable [] input,
            byte @Nullable [] nextInput,
            @Nullable StreamSink listener) {
        this.source = base.source;
        this.setup = setup;
        this.ofLibrary = base.ofLibrary;
        this.atRoot = base.atRoot;
        this.timeLimit = base.timeLimit;
        this.outputLimit = base.outputLimit;
        this.endsAtOutputLimit = endsAtOutputLimit;
        this.input = input;
        this.nextInput = nextInput;
        this.listener = listener;
    }

    private CommandRequest(
            String source, boolean ofLibrary, boolean atRoot, Duration timeLimit, long outputLimit) {
        this.source = source;
        this.setup = "";
        this.ofLibrary = ofLibrary;
        this.atRoot = atRoot;
        this.timeLimit = timeLimit;
        this.outputLimit = outputLimit;
        this.endsAtOutputLimit = false;
        this.input = null;
        this.nextInput = null;
        this.listener = null;
    }

    /**
     * Creates a request for a command of the user's.
     *
     * @param source shell source text, without NUL
     * @param timeLimit how long it may take before every process of the sandbox is killed
     * @param outputLimit how many bytes of each stream are kept
     */
    public static CommandRequest ofUser(String source, Duration timeLimit, long outputLimit) {
        return new CommandRequest(source, false, false, timeLimit, outputLimit);
    }

    /**
     * Creates a request for a command of the library's own. It runs beside the worker shell and in its directory, so
     * that neither concerns the other.
     *
     * @param source shell source text, without NUL
     * @param timeLimit how long it may take before every process of the sandbox is killed
     * @param outputLimit how many bytes of each stream are kept
     */
    public static CommandRequest ofLibrary(String source, Duration timeLimit, long outputLimit) {
        return new CommandRequest(source, true, false, timeLimit, outputLimit);
    }

    /**
     * Creates a request for a command of the library's own that runs in the root directory, whatever has become of the
     * worker shell and of its directory.
     *
     * @param source shell source text, without NUL
     * @param timeLimit how long it may take before every process of the sandbox is killed
     * @param outputLimit how many bytes of each stream are kept
     */
    public static CommandRequest ofLibraryAtRoot(String source, Duration timeLimit, long outputLimit) {
        return new CommandRequest(source, true, true, timeLimit, outputLimit);
    }

    /**
     * Returns the same request with source text that runs before its own, both in a subshell. If it fails, the command
     * does not begin, and its stderr holds what the text wrote.
     *
     * @param text source text that neither begins nor ends with a blank; empty for no such text, and no subshell
     */
    public CommandRequest withSetup(String text) {
        return new CommandRequest(this, text, endsAtOutputLimit, input, nextInput, listener);
    }

    /** Returns the same request, which ends its command when that has written more to a stream than is kept, or not. */
    public CommandRequest withEndAtOutputLimit(boolean ends) {
        return new CommandRequest(this, setup, ends, input, nextInput, listener);
    }

    /**
     * Returns the same request with the bytes of its stdin.
     *
     * @param bytes null for an empty stdin
     */
    public CommandRequest withInput(byte @Nullable [] bytes) {
        return new CommandRequest(this, setup, endsAtOutputLimit, bytes, nextInput, listener);
    }

    /**
     * Returns the same request with the input of the request after it, to be sent while this one's command runs.
     *
     * @param bytes the same array as the next request's input, at most 4 MiB, which a slow engine takes within the time
     *     that it may be silent; null if the next input is not known
     */
    public CommandRequest withNextInput(byte @Nullable [] bytes) {
        return new CommandRequest(this, setup, endsAtOutputLimit, input, bytes, listener);
    }

    /** Returns the same request with a sink that gets all output when it comes, beside the output that is kept. */
    public CommandRequest withListener(@Nullable StreamSink sink) {
        return new CommandRequest(this, setup, endsAtOutputLimit, input, nextInput, sink);
    }

    String source() {
        return source;
    }

    String setup() {
        return setup;
    }

    boolean isOfLibrary() {
        return ofLibrary;
    }

    boolean isAtRoot() {
        return atRoot;
    }

    Duration timeLimit() {
        return timeLimit;
    }

    long outputLimit() {
        return outputLimit;
    }

    boolean endsAtOutputLimit() {
        return endsAtOutputLimit;
    }

    byte @Nullable [] input() {
        return input;
    }

    byte @Nullable [] nextInput() {
        return nextInput;
    }

    @Nullable StreamSink listener() {
        return listener;
    }
}
