package org.junitsandbox.spec;

/**
 * When the kernel's counters of a sandbox are read, from which its usage is computed.
 *
 * @since 0.1
 */
public enum UsageReading {
    /**
     * Not set. An annotation leaves the choice to the next place that sets one. A {@link SandboxSpec} replaces it at
     * once by {@link #ON_REQUEST}.
     */
    DEFAULT,
    /**
     * When the sandbox is handed out and when a test asks what was used. A command costs nothing for it. The usage of a
     * command covers all commands since the reading before.
     */
    ON_REQUEST,
    /**
     * Before and after each command as well, so that its usage covers that command alone. Each command takes a few
     * milliseconds longer.
     */
    EACH_COMMAND
}
