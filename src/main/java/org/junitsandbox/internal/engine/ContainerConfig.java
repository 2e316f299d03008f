package org.junitsandbox.internal.engine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to make a container. Immutable. Equal configurations give interchangeable containers.
 *
 * <p>Unless its builder sets them, a container has the strictest values: nobody's user, no network, every
 * {@link Restriction}; but nothing has a {@link Limit}.
 */
public final class ContainerConfig {

    /**
     * Nobody's user and group. A container that asks for them may get a user id of its own instead, where that is what
     * its limits need: one of {@link #OWN_USERS}, from {@link #OWN_USERS_MIN} on.
     */
    public static final String NOBODY = "65534:65534";

    /** Above the ids of people, services and the usual ranges for containers. */
    public static final long OWN_USERS_MIN = 0x7000_0000;

    public static final int OWN_USERS = 0x0FF0_0000;

    /**
     * A file on the engine's disk that some engines mount, and all users can write to. In the home of root others
     * cannot reach it, except in images where that can be searched; then only the limit on the size of files bounds it.
     */
    public static final String TERMINATION_FILE = "/root/.sandbox-termination";

    /** What the processes of a container cannot do. */
    public enum Restriction {
        /** The root file system cannot be written to. */
        READ_ONLY_ROOT,
        /** No process has any capability, or can get one. */
        NO_CAPABILITIES,
        /** A setuid program runs with its caller's privileges. */
        NO_NEW_PRIVILEGES
    }

    /** What a container may use only so much of. */
    public enum Limit {
        /** Memory of all processes, in bytes; there is no swap on top. */
        MEMORY_BYTES,
        /** CPU time, in 1/1,000,000,000 of a CPU. */
        NANO_CPUS,
        /** Processes and threads at a time. */
        PROCESSES,
        /** Open files per process; there are no core dumps then. */
        OPEN_FILES,
        /** The size of {@code /dev/shm}, in bytes. */
        SHARED_MEMORY_BYTES
    }

    private final String image;
    private final List<String> command;
    private final Map<String, String> environment;
    private final String user;
    private final String home;
    private final @Nullable String workingDirectory;
    private final @Nullable String network;
    private final List<MemoryMount> memoryMounts;
    private final Set<Restriction> restrictions;
    private final Map<Limit, Long> limits;
    private final @Nullable String runtime;
    private final boolean forImage;
    private final boolean reusable;

    private ContainerConfig(Builder builder) {
        image = builder.image;
        command = builder.command;
        environment = builder.environment;
        user = builder.user;
        home = builder.home;
        workingDirectory = builder.workingDirectory;
        network = builder.network;
        memoryMounts = builder.memoryMounts;
        restrictions = Set.copyOf(builder.restrictions);
        limits = Map.copyOf(builder.limits);
        runtime = builder.runtime;
        forImage = builder.forImage;
        reusable = builder.reusable;
    }

    /**
     * Begins a configuration.
     *
     * @param image see {@link #image()}
     * @param command see {@link #command()}
     */
    public static Builder builder(String image, List<String> command) {
        return new Builder(image, command);
    }

    /** Begins a changed copy. */
    public Builder toBuilder() {
        Builder copy = new Builder(image, command);
        copy.environment = environment;
        copy.user = user;
        copy.home = home;
        copy.workingDirectory = workingDirectory;
        copy.network = network;
        copy.memoryMounts = memoryMounts;
        copy.restrictions.retainAll(restrictions);
        copy.limits.putAll(limits);
        copy.runtime = runtime;
        copy.forImage = forImage;
        copy.reusable = reusable;
        return copy;
    }

    /** An image's id, or its name where the engine has no {@link ImageStore}. */
    public String image() {
        return image;
    }

    /** The program and arguments of PID 1; the image's own entry point is not used. */
    public List<String> command() {
        return command;
    }

    /** What is added to the image's environment. */
    public Map<String, String> environment() {
        return environment;
    }

    /** A user name or {@code uid:gid}. */
    public String user() {
        return user;
    }

    /** The home of a user that the container alone has. Other users have that of the image's {@code /etc/passwd}. */
    public String home() {
        return home;
    }

    /** Created by the engine as root's; null for the image's. */
    public @Nullable String workingDirectory() {
        return workingDirectory;
    }

    /** A network's name, "none", "host", or null for the engine's default. */
    public @Nullable String network() {
        return network;
    }

    public List<MemoryMount> memoryMounts() {
        return memoryMounts;
    }

    public boolean has(Restriction restriction) {
        return restrictions.contains(restriction);
    }

    /** Returns an amount, or 0 for the engine's default. */
    public long limit(Limit limit) {
        return limits.getOrDefault(limit, 0L);
    }

    /** The OCI runtime's name, or null for the engine's default. */
    public @Nullable String runtime() {
        return runtime;
    }

    /**
     * Whether an image is to be made of the container. An image keeps its container's labels, so that this one gets
     * none that mark it as this JVM's.
     */
    public boolean isForImage() {
        return forImage;
    }

    /** Whether it may be used again after its use, when it was cleaned and is proven clean. */
    public boolean isReusable() {
        return reusable;
    }

    private List<@Nullable Object> fields() {
        return Arrays.asList(
                image,
                command,
                environment,
                user,
                home,
                workingDirectory,
                network,
                memoryMounts,
                restrictions,
                limits,
                runtime,
                forImage,
                reusable);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContainerConfig config && fields().equals(config.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    @Override
    public String toString() {
        return "container of image " + image;
    }

    /** Collects a configuration; each method is named after what it sets. For one thread. */
    public static final class Builder {

        private final String image;
        private final Set<Restriction> restrictions = EnumSet.allOf(Restriction.class);
        private final Map<Limit, Long> limits = new EnumMap<>(Limit.class);
        private List<String> command;
        private Map<String, String> environment = Map.of();
        private String user = NOBODY;
        private String home = "/";
        private @Nullable String workingDirectory;
        private @Nullable String network = "none";
        private List<MemoryMount> memoryMounts = List.of();
        private @Nullable String runtime;
        private boolean forImage;
        private boolean reusable = true;

        private Builder(String image, List<String> command) {
            this.image = image;
            this.command = List.copyOf(command);
        }

        public Builder command(List<String> programAndArguments) {
            command = List.copyOf(programAndArguments);
            return this;
        }

        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        public Builder user(String nameOrIds) {
            user = nameOrIds;
            return this;
        }

        public Builder home(String path) {
            home = path;
            return this;
        }

        public Builder workingDirectory(@Nullable String path) {
            workingDirectory = path;
            return this;
        }

        public Builder network(@Nullable String name) {
            network = name;
            return this;
        }

        public Builder memoryMounts(List<MemoryMount> mounts) {
            memoryMounts = List.copyOf(mounts);
            return this;
        }

        /** Sets or lifts one restriction. */
        public Builder restriction(Restriction restriction, boolean set) {
            if (set) {
                restrictions.add(restriction);
            } else {
                restrictions.remove(restriction);
            }
            return this;
        }

        /** Sets one amount; 0 for the engine's default. */
        public Builder limit(Limit limit, long amount) {
            if (amount > 0) {
                limits.put(limit, amount);
            } else {
                limits.remove(limit);
            }
            return this;
        }

        public Builder runtime(@Nullable String name) {
            runtime = name;
            return this;
        }

        public Builder forImage() {
            forImage = true;
            return this;
        }

        public Builder reusable(boolean allowed) {
            reusable = allowed;
            return this;
        }

        public ContainerConfig build() {
            return new ContainerConfig(this);
        }
    }
}
