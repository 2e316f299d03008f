package org.junitsandbox.internal.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.stream.StreamSink;

/**
 * One command for the worker shell.
 *
 * @param text shell source, without NUL
 * @param input the bytes of its stdin, or null for none
 * @param nextInput the same array as the input of the request after this one, to be sent while this one's command runs,
 *     or null. At most 4 MiB, which a slow engine takes in within the time that it may be silent
 * @param timeLimit how long it may take before every process of the sandbox is killed
 * @param outputLimit how many bytes of each stream are kept
 * @param listener takes all output as it comes, or null
 * @param own whether this is a command of the library's own, which leaves the user's {@code $?} and {@code set -e}
 *     alone
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Request(
        String text,
        byte @Nullable [] input,
        byte @Nullable [] nextInput,
        Duration timeLimit,
        long outputLimit,
        @Nullable StreamSink listener,
        boolean own) {

    /** A request after which nothing is known of the next one. */
    public Request(
            String text,
            byte @Nullable [] input,
            Duration timeLimit,
            long outputLimit,
            @Nullable StreamSink listener,
            boolean own) {
        this(text, input, null, timeLimit, outputLimit, listener, own);
    }
}
