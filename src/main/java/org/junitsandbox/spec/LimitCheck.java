package org.junitsandbox.spec;

import java.util.EnumSet;
import org.junitsandbox.internal.text.EnumReader;

/**
 * What happens when a limit does not hold, or when it cannot be found out whether it holds. After a sandbox's container
 * has started and before any command runs in it, its limits and its isolation are read back from inside and compared
 * with the requested ones.
 *
 * @since 0.1
 */
public enum LimitCheck {
    /**
     * Not set. An annotation leaves the choice to the next place that sets one. A {@link SandboxSpec} replaces it at
     * once, by the value of the system property {@code sandbox.limitCheck}, or else by {@link #REQUIRE}.
     */
    DEFAULT,
    /** Opening the sandbox fails with a {@code SandboxException}, which names each such limit. */
    REQUIRE,
    /**
     * The sandbox opens all the same. {@code Shell.limitWarnings()} lists such limits; they are logged once for each
     * kind of sandbox.
     */
    WARN;

    /** Returns this, or where it is not set what a system property sets. */
    LimitCheck resolved(String property) {
        return this == DEFAULT ? EnumReader.readProperty(property, EnumSet.of(REQUIRE, WARN), REQUIRE) : this;
    }
}
