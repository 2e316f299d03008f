package org.junitsandbox.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the commands of a sandbox may do. Immutable; the methods of a setting's name return a changed copy.
 *
 * @param user the user of every command, a name or {@code uid:gid}
 * @param readOnlyRoot whether only {@code /work}, {@code /tmp} and {@code /dev/shm} can be written to
 * @param capabilities whether the engine's default capabilities are kept; otherwise there are none
 * @param newPrivileges whether setuid programs take effect
 * @param network the network: {@code "none"}, {@code "host"}, a network's name, or null for the engine's default
 * @since 0.1
 */
public record Profile(
        String user, boolean readOnlyRoot, boolean capabilities, boolean newPrivileges, @Nullable String network) {

    /**
     * For commands and files that may be hostile: an unknown user without rights, network or a writable root. The
     * default.
     */
    public static final Profile UNTRUSTED = new Profile("65534:65534", true, false, false, "none");

    /** For commands and files that are known: root, a writable root file system, the engine's default network. */
    public static final Profile TRUSTED = new Profile("0:0", false, true, true, null);

    public Profile {
        Objects.requireNonNull(user, "user");
        if (user.isBlank()) {
            throw new IllegalArgumentException(
                    "The user is blank: expected a user name or uid:gid, for example \"65534:65534\"");
        }
    }

    public Profile user(String name) {
        return new Profile(name, readOnlyRoot, capabilities, newPrivileges, network);
    }

    public Profile readOnlyRoot(boolean readOnly) {
        return new Profile(user, readOnly, capabilities, newPrivileges, network);
    }

    public Profile capabilities(boolean kept) {
        return new Profile(user, readOnlyRoot, kept, newPrivileges, network);
    }

    public Profile newPrivileges(boolean allowed) {
        return new Profile(user, readOnlyRoot, capabilities, allowed, network);
    }

    public Profile network(@Nullable String name) {
        return new Profile(user, readOnlyRoot, capabilities, newPrivileges, name);
    }

    /** Tells in a few words each what it lets commands do beyond {@link #UNTRUSTED}; empty for nothing. */
    public List<String> loosened() {
        List<String> loosened = new ArrayList<>();
        if (isRoot()) {
            loosened.add("user " + user);
        }
        if (!readOnlyRoot) {
            loosened.add("writable root file system");
        }
        if (capabilities) {
            loosened.add("the engine's default capabilities");
        }
        if (newPrivileges) {
            loosened.add("setuid programs");
        }
        if (!"none".equals(network)) {
            loosened.add(network == null ? "the engine's default network" : "network " + network);
        }
        return loosened;
    }

    /** Whether commands run as root. */
    public boolean isRoot() {
        String name = user.contains(":") ? user.substring(0, user.indexOf(':')) : user;
        return name.equals("0") || name.equals("root");
    }
}
