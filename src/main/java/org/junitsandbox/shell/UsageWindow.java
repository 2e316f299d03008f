package org.junitsandbox.shell;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The time between two readings of the kernel's counters, and what the sandbox was asked to do in it. */
final class UsageWindow {

    private final ActivityLog activities = new ActivityLog();
    private volatile @Nullable Usage usage;

    ActivityLog activities() {
        return activities;
    }

    /** Returns what was used in it; null until the reading that ends it. */
    @Nullable Usage usage() {
        return usage;
    }

    /** Returns the same if it is that of one activity alone. */
    Optional<Usage> usageOfOne() {
        return Optional.ofNullable(usage).filter(used -> used.activityCount() == 1);
    }

    void end(Usage used) {
        usage = used;
    }

    /**
     * Ends it without a reading.
     *
     * @param reason why the reading is missing, as a clause
     */
    Usage endUnread(String reason) {
        Usage unknown = Usage.unknown(activities, reason);
        usage = unknown;
        return unknown;
    }
}
