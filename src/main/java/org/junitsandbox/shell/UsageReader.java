package org.junitsandbox.shell;

/** Reads the kernel's counters of a shell's sandbox when a caller wants to know what was used. */
final class UsageReader {

    private final SessionTurns turns;

    UsageReader(SessionTurns turns) {
        this.turns = turns;
    }

    /** Returns what the present sandbox has used so far. */
    Usage total() {
        Activity activity = Activity.readingUsage();
        return turns.take(activity, session -> {
            session.readCounters(activity);
            return session.usage().total();
        });
    }

    /**
     * Returns what was used in a window. If that has not ended, the reading that ends it is taken.
     *
     * @param session that of the window
     */
    CommandUsage of(Session session, UsageWindow window) {
        return new CommandUsage() {
            @Override
            public Usage read() {
                Usage known = window.usage();
                return known == null ? UsageReader.this.read(session, window) : known;
            }

            @Override
            public UsageWindow window() {
                return window;
            }
        };
    }

    private Usage read(Session session, UsageWindow window) {
        Activity activity = Activity.readingUsage();
        try {
            return turns.take(activity, current -> {
                if (current != session) {
                    return window.endUnread("the sandbox was reset before its counters were read");
                }
                // Another caller may have read them while this one waited for its turn.
                if (window.usage() == null) {
                    session.readCounters(activity);
                }
                Usage read = window.usage();
                return read == null ? window.endUnread("the counters were not read") : read;
            });
        } catch (SandboxLostException e) {
            return window.endUnread("the sandbox was lost before its counters were read: " + e.getMessage());
        } catch (IllegalStateException e) {
            if (turns.isClosed()) {
                return window.endUnread("the shell was closed before the sandbox's counters were read");
            }
            throw e;
        }
    }
}
