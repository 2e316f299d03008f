package org.junitsandbox.spec;

import org.junitsandbox.shell.SandboxException;
import org.junitsandbox.shell.Shell;

/**
 * What to do about a limit that is found not to hold, or of which nothing can be found. After a sandbox's container has
 * started and before any command runs in it, its limits and its isolation are read back from inside and compared with
 * what was asked for.
 *
 * @since 0.1
 */
public enum LimitCheck {
    /** There is no sandbox then: to open it throws {@link SandboxException}, which names each such limit. */
    REQUIRE,
    /**
     * The sandbox is given out all the same. {@link Shell#limitWarnings()} has what is wrong; it is logged once for
     * each kind of sandbox.
     */
    WARN
}
