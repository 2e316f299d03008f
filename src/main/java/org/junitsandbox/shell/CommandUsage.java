package org.junitsandbox.shell;

import org.jspecify.annotations.Nullable;

/** What a command used. */
interface CommandUsage {

    /** Returns it, and reads it first if it has not been read yet. */
    Usage read();

    /** Returns the time between two readings in which the command ran; null if its usage no longer changes. */
    default @Nullable UsageWindow window() {
        return null;
    }
}
