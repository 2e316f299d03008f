package org.junitsandbox.shell;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junitsandbox.internal.protocol.CommandRequest;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Progress;
import org.junitsandbox.internal.text.Tail;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.spec.SandboxSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of set-up commands. For one thread. */
final class SetupRun {

    private static final Logger LOG = LoggerFactory.getLogger(SetupRun.class);

    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(15);

    private static final long MAX_OUTPUT_BYTES = 8 << 20;

    /**
     * What apt, apk, dnf, curl, wget, git, pip and npm print where no name server answers or no route leads outside.
     */
    private static final Pattern NO_NETWORK = Pattern.compile("Temporary failure (?:in name resolution|resolving)"
            + "|Could not resolve (?:host|proxy|')|bad address|Network is (?:unreachable|down)"
            + "|Name or service not known|Name does not resolve|getaddrinfo (?:EAI_AGAIN|ENOTFOUND)"
            + "|DNS: transient error");

    private final Session session;

    /** What an earlier command wrote to stderr, although it succeeded: the cause of a later failure may be in it. */
    private String earlier = "";

    private String earlierErrors = "";

    SetupRun(Session session) {
        this.session = session;
    }

    /**
     * Runs a command.
     *
     * @throws ImageException if it fails
     */
    @SuppressWarnings("try") // It works by being open.
    void run(String command) {
        LastLine output = new LastLine();
        Reply reply;
        try (Progress progress = Progress.of(
                LOG,
                "Running `" + Excerpt.line(command) + "` to set up " + ImageDescription.of(session.spec()),
                output::get)) {
            reply = session.ask(
                    Activity.settingUp(command),
                    CommandRequest.ofUser(command, COMMAND_TIMEOUT, MAX_OUTPUT_BYTES)
                            .withListener((stream, bytes, offset, length) ->
                                    output.add(new String(bytes, offset, length, StandardCharsets.UTF_8))));
        }
        String errors = new Output(reply.stderr()).text();
        boolean ended = reply.ending() == Reply.Ending.COMMAND_ENDED;
        if (!ended || reply.status().orElseThrow() != 0) {
            throw failure(command, reply, errors);
        }
        if (!errors.isBlank()) {
            earlier = command;
            earlierErrors = errors;
        }
    }

    private ImageException failure(String command, Reply reply, String errors) {
        String how = reply.ending() == Reply.Ending.TIMED_OUT
                ? "timed out after " + Units.describe(COMMAND_TIMEOUT)
                : (reply.ending() == Reply.Ending.COMMAND_ENDED
                                ? "failed with exit code "
                                : "ended its shell with exit code ")
                        + (reply.status().isPresent() ? reply.status().getAsInt() : "unknown");
        String output = new Output(reply.stdout()).text();
        return new ImageException(
                "The setup command `" + Excerpt.line(command) + "` " + how + " on "
                        + ImageDescription.of(session.spec())
                        + ". Its network was " + network() + "."
                        + (NO_NETWORK.matcher(output + errors + earlierErrors).find() ? noNetwork() : "")
                        + "\nIts stdout ends with:" + tail(output)
                        + "\nIts stderr ends with:" + tail(errors)
                        + (earlierErrors.isEmpty()
                                ? ""
                                : "\nBefore, the stderr of `" + Excerpt.line(earlier) + "` ended with:"
                                        + tail(earlierErrors)),
                null);
    }

    private String network() {
        return session.spec().setupNetwork() == null
                ? "the engine's default (another one is set by " + SandboxSpec.SETUP_NETWORK_PROPERTY + ")"
                : session.spec().setupNetwork();
    }

    private static String noNetwork() {
        return "\nThat network leads nowhere, or to no name server. Where the host's own network works, set "
                + SandboxSpec.SETUP_NETWORK_PROPERTY + "=host.";
    }

    private static String tail(String text) {
        return text.isEmpty() ? " (nothing)" : Tail.of(text).lines();
    }

    /** The last line of an output that is not blank. Safe for use by several threads. */
    private static final class LastLine {

        private static final int MAX_CHARS = 1000;

        private String end = "";

        synchronized void add(String text) {
            String all = end + text;
            end = all.substring(Math.max(0, all.length() - MAX_CHARS));
        }

        synchronized String get() {
            return end.lines().filter(line -> !line.isBlank()).reduce("", (first, second) -> second).strip();
        }
    }
}
