package org.junitsandbox.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/**
 * What has happened in a sandbox, in its order. Immutable, so safe for use by several threads. It is kept in memory, at
 * most 4 MiB of it for one sandbox: of much output the beginning and the end, of very many events the last ones.
 *
 * @since 0.1
 */
public final class Transcript {

    private final Instant openedAt;
    private final List<String> description;
    private final ResourceLimits limits;
    private final List<TranscriptEvent> events;
    private final long omittedEvents;

    Transcript(
            Instant openedAt,
            List<String> description,
            ResourceLimits limits,
            List<TranscriptEvent> events,
            long omittedEvents) {
        this.openedAt = openedAt;
        this.description = description;
        this.limits = limits;
        this.events = events;
        this.omittedEvents = omittedEvents;
    }

    /** What a sandbox is, and how much its commands may do and use, one fact a line. */
    static List<String> describe(SandboxSpec spec, List<String> limitWarnings) {
        Profile profile = spec.profile();
        List<String> lines = new ArrayList<>();
        lines.add(ImageDescription.of(spec));
        lines.add("user " + profile.user());
        lines.add("network " + (profile.network() == null ? "the engine's default" : profile.network()));
        lines.add("limits " + spec.limits());
        profile.loosened().forEach(fact -> lines.add("loosened: " + fact));
        limitWarnings.forEach(warning -> lines.add("limit that does not hold: " + warning));
        spec.environment().forEach((name, value) -> lines.add("environment " + name + "=" + value));
        return lines;
    }

    /**
     * Returns when the sandbox was opened.
     *
     * @return this machine's time
     */
    public Instant openedAt() {
        return openedAt;
    }

    /**
     * Returns what the sandbox is: its image, the user, the network, the limits in force, and its environment.
     *
     * @return one fact a line, with secrets masked
     */
    public List<String> description() {
        return description;
    }

    /**
     * Returns how much the sandbox and its commands may use.
     *
     * @return the limits that the sandbox was opened with
     */
    public ResourceLimits limits() {
        return limits;
    }

    /**
     * Returns the events.
     *
     * @return all in the order in which they began, but for the first {@link #omittedEvents()}
     */
    public List<TranscriptEvent> events() {
        return events;
    }

    /**
     * Returns how many events were dropped to save memory.
     *
     * @return how many there were before {@link #events()}
     */
    public long omittedEvents() {
        return omittedEvents;
    }
}
