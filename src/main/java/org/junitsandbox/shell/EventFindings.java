package org.junitsandbox.shell;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.SecretMask;

/**
 * What an event has found out about its sandbox.
 *
 * @param usage when something was used, if that is known or may become known
 */
record EventFindings(@Nullable UsageWindow usage, @Nullable KeptChanges changes, int size) {

    static final EventFindings NONE = new EventFindings(null, null, 0);

    /** What the figures between two readings take of memory, in bytes; about. */
    private static final int USAGE_SIZE = 1024;

    /**
     * @param isShared whether another event has counted its size
     */
    static EventFindings of(UsageWindow usage, boolean isShared) {
        return new EventFindings(usage, null, isShared ? 0 : USAGE_SIZE);
    }

    static EventFindings of(KeptChanges changes) {
        return new EventFindings(null, changes, changes.size());
    }

    Optional<Usage> usage(SecretMask mask, boolean isOfOne) {
        if (usage == null) {
            return Optional.empty();
        }
        Optional<Usage> known = isOfOne ? usage.usageOfOne() : Optional.ofNullable(usage.usage());
        return known.map(used -> used.masked(mask));
    }

    Optional<Changes> changes(SecretMask mask) {
        return Optional.ofNullable(changes).map(kept -> kept.masked(mask));
    }

    int omittedChanges() {
        return changes == null ? 0 : changes.omitted();
    }
}
