package org.junitsandbox.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.SourceText;

/**
 * What the commands of a sandbox may do. Immutable: a method that takes a value returns a copy with that value.
 *
 * <pre>{@code
 * Profile profile = Profile.UNTRUSTED.network("host");
 * }</pre>
 *
 * @since 0.1
 */
public final class Profile {

    /**
     * For commands and files that may be hostile: an unknown user without rights, network or a writable root. The
     * default.
     */
    public static final Profile UNTRUSTED = new Profile(new Builder());

    /** For commands and files that are known: root, a writable root file system, the engine's default network. */
    public static final Profile TRUSTED =
            UNTRUSTED.user("0:0").readOnlyRoot(false).capabilities(true).newPrivileges(true).network(null);

    private final String user;
    private final boolean readOnlyRoot;
    private final boolean capabilities;
    private final boolean newPrivileges;
    private final @Nullable String network;

    private Profile(Builder builder) {
        user = SourceText.checkNotBlank(
                builder.user, "The user", "a user name or uid:gid, for example \"65534:65534\"");
        readOnlyRoot = builder.readOnlyRoot;
        capabilities = builder.capabilities;
        newPrivileges = builder.newPrivileges;
        network = builder.network;
    }

    /** {@return the user of every command, a name or {@code uid:gid}} */
    public String user() {
        return user;
    }

    /** {@return whether only {@code /work}, {@code /tmp} and {@code /dev/shm} are writable} */
    public boolean readOnlyRoot() {
        return readOnlyRoot;
    }

    /** {@return whether the engine's default capabilities are kept; otherwise there are none} */
    public boolean capabilities() {
        return capabilities;
    }

    /** {@return whether setuid programs take effect} */
    public boolean newPrivileges() {
        return newPrivileges;
    }

    /** {@return the network: {@code "none"}, {@code "host"}, a network's name, or null for the engine's default} */
    public @Nullable String network() {
        return network;
    }

    /**
     * {@return a copy with another user of every command}
     *
     * @param name a user name or {@code uid:gid}
     * @throws IllegalArgumentException if the name is blank
     */
    public Profile user(String name) {
        return with(builder -> builder.user = name);
    }

    /**
     * {@return a copy with a read-only or a writable root file system}
     *
     * @param readOnly whether only {@code /work}, {@code /tmp} and {@code /dev/shm} are writable
     */
    public Profile readOnlyRoot(boolean readOnly) {
        return with(builder -> builder.readOnlyRoot = readOnly);
    }

    /**
     * {@return a copy with or without capabilities}
     *
     * @param kept whether the engine's default capabilities are kept; otherwise there are none
     */
    public Profile capabilities(boolean kept) {
        return with(builder -> builder.capabilities = kept);
    }

    /**
     * {@return a copy with or without a way to gain privileges}
     *
     * @param allowed whether setuid programs take effect
     */
    public Profile newPrivileges(boolean allowed) {
        return with(builder -> builder.newPrivileges = allowed);
    }

    /**
     * {@return a copy with another network}
     *
     * @param name {@code "none"}, {@code "host"}, a network's name, or null for the engine's default
     */
    public Profile network(@Nullable String name) {
        return with(builder -> builder.network = name);
    }

    /** {@return what it permits beyond {@link #UNTRUSTED}, a few words for each part; empty if nothing} */
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
            loosened.add(describeNetwork());
        }
        return loosened;
    }

    /** {@return whether commands run as root} */
    public boolean isRoot() {
        String name = user.contains(":") ? user.substring(0, user.indexOf(':')) : user;
        return name.equals("0") || name.equals("root");
    }

    private String describeNetwork() {
        return network == null ? "the engine's default network" : "network " + network;
    }

    private List<@Nullable Object> components() {
        return Arrays.asList(user, readOnlyRoot, capabilities, newPrivileges, network);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Profile that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return "user " + user
                + (readOnlyRoot ? ", read-only" : ", writable") + " root file system"
                + (capabilities ? ", the engine's default" : ", no") + " capabilities"
                + (newPrivileges ? ", setuid programs, " : ", no setuid programs, ")
                + describeNetwork();
    }

    private Profile with(Consumer<Builder> change) {
        Builder builder = new Builder(this);
        change.accept(builder);
        return new Profile(builder);
    }

    /** Begins with the untrusted profile. */
    private static final class Builder {
        String user = "65534:65534";
        boolean readOnlyRoot = true;
        boolean capabilities;
        boolean newPrivileges;
        @Nullable String network = "none";

        Builder() {}

        Builder(Profile profile) {
            user = profile.user;
            readOnlyRoot = profile.readOnlyRoot;
            capabilities = profile.capabilities;
            newPrivileges = profile.newPrivileges;
            network = profile.network;
        }
    }
}
