package org.junitsandbox.shell;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Excerpt;

/**
 * A change that was not made within the directories that it was meant for, or that leads out of them: see {@link
 * Shell#strayFiles}. Immutable, so safe for use by several threads.
 *
 * @since 0.1
 */
public final class StrayFile {

    /** Why a change is reported. */
    public enum Reason {
        /** It is outside of the directories. */
        OUTSIDE,
        /** It is a symbolic link that leads out of them. */
        SYMBOLIC_LINK,
        /** It is a file that has another name outside of them. */
        HARD_LINK,
        /** It is a named pipe, a socket or a device. */
        SPECIAL_FILE,
        /** Whoever runs it has the rights of its owner or its group. */
        SET_ID
    }

    private static final int SET_USER_ID = 04000;

    private final FileChange change;
    private final Reason reason;
    private final @Nullable String leadsTo;

    StrayFile(FileChange change, Reason reason, @Nullable String leadsTo) {
        this.change = change;
        this.reason = reason;
        this.leadsTo = leadsTo;
    }

    /** {@return what was changed, and what it is now} */
    public FileChange change() {
        return change;
    }

    /** {@return why it is reported} */
    public Reason reason() {
        return reason;
    }

    /**
     * Returns where a link leads.
     *
     * @return for a symbolic link the path outside that it leads to, without links up to the first name outside, and as
     *     the link has it from there on; for a hard link another name of the file, empty if that is in a place that is
     *     not listed; empty for all others
     */
    public Optional<String> leadsTo() {
        return Optional.ofNullable(leadsTo);
    }

    /**
     * Compares all of it.
     *
     * @param other anything
     * @return whether it is equal in all parts
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof StrayFile that
                && change.equals(that.change)
                && reason == that.reason
                && Objects.equals(leadsTo, that.leadsTo);
    }

    /**
     * Returns a hash code of all of it.
     *
     * @return the hash code
     */
    @Override
    public int hashCode() {
        return Objects.hash(change, reason, leadsTo);
    }

    /**
     * Returns it for messages, for example {@code added /work/out/l (symbolic link to ../x, mode 0777, owner
     * 65534:65534): leads to /work/x}.
     *
     * @return one line, escaped
     */
    @Override
    public String toString() {
        return change + ": " + switch (reason) {
            case OUTSIDE -> "outside";
            case SYMBOLIC_LINK -> "leads to " + Excerpt.line(String.valueOf(leadsTo));
            case HARD_LINK -> leadsTo == null
                    ? "has another name in a place that is not listed"
                    : "is the same file as " + Excerpt.line(leadsTo);
            case SPECIAL_FILE -> "neither file, directory nor link";
            case SET_ID -> "gives the rights of its " + (isSetUserId() ? "owner" : "group") + " to all that run it";
        };
    }

    private boolean isSetUserId() {
        return change.status().filter(status -> (status.mode() & SET_USER_ID) != 0).isPresent();
    }
}
