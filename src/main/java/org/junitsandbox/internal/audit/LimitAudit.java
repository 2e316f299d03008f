package org.junitsandbox.internal.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitsandbox.internal.audit.EffectiveLimits.Amount;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.text.Units;

/**
 * Compares what an engine was asked for with what was found in the container. A stricter limit than that asked for
 * holds, too.
 */
public final class LimitAudit {

    private static final String NEEDS_CONTROLLERS = "Limits on memory, CPUs and processes need an engine that has these controllers: a"
            + " rootless engine has them with cgroup 2 only, and only those that are delegated to it (systemd: Delegate=cpu memory pids"
            + " for user@.service).";

    private static final String NEEDS_SWAP_ACCOUNTING =
            "A limit on swap needs swap accounting (kernel parameter swapaccount=1), or a machine without swap (swapoff -a).";

    private static final String ENGINE_IGNORED =
            "The engine or its runtime did not do what it was asked for: another version or another runtime may.";

    private static final String OTHER_KERNEL =
            "What could not be checked is hidden by the kernel that the container sees: it is not the"
                    + " machine's, as with gVisor, or it is older than Linux 4.10.";

    private static final String NEEDS_SECCOMP =
            "System calls are filtered by the engine's default profile unless its own configuration"
                    + " says \"unconfined\" (Docker: seccomp-profile in daemon.json), or its kernel has no seccomp.";

    private static final String TOO_LONG =
            "What could not be checked was not told: the container has so many mounts that there was no room"
                    + " for the rest.";

    private static final String NEEDS_COPY =
            "PID 1 runs from a copy of its shell that commands cannot read, and so not trace: for that the"
                    + " image needs cp and mkdir, and /work or /tmp room for the shell.";

    private static final String NO_VOLUMES =
            "What an image declares as VOLUME lies on the engine's disk, without a limit and past the"
                    + " read-only root: take an image without.";

    /** systemd counts CPU time in steps of 1 %, and upwards. */
    private static final long CPU_STEP = 10_000_000;

    /** The largest page of memory, in bytes: memory file systems consist of whole ones. */
    private static final long PAGE_BYTES = 64 << 10;

    /** Kernels put these into each network when their modules are loaded; they are down and lead nowhere. */
    private static final Set<String> IDLE_INTERFACES = Set.of(
            "tunl0", "gre0", "gretap0", "erspan0", "ip_vti0", "ip6_vti0", "sit0", "ip6tnl0", "ip6gre0");

    private static final List<String> CAPABILITY_SETS = List.of("CapInh:", "CapPrm:", "CapEff:", "CapBnd:", "CapAmb:");

    private static final String NO_CAPABILITIES = "0000000000000000";

    private static final String ROOT = fourTimes("0");

    private static final Pattern NUMERIC_USER = Pattern.compile("(\\d+)(?::(\\d+))?");

    private final ContainerConfig asked;
    private final EffectiveLimits found;
    private final List<LimitViolation> shortfalls = new ArrayList<>();

    private LimitAudit(ContainerConfig asked, EffectiveLimits found) {
        this.asked = asked;
        this.found = found;
    }

    /** Returns what does not hold or cannot be checked; nothing where nothing was asked for. */
    public static List<LimitViolation> shortfalls(ContainerConfig asked, EffectiveLimits found) {
        LimitAudit audit = new LimitAudit(asked, found);
        audit.controlGroups();
        audit.processLimits();
        audit.memoryFileSystems();
        audit.user();
        audit.privileges();
        audit.rootFileSystem();
        audit.network();
        return audit.shortfalls;
    }

    /**
     * Puts them into words.
     *
     * @param where names the engine and its runtime
     */
    public static String message(List<LimitViolation> shortfalls, String where) {
        StringBuilder message = new StringBuilder("Not all limits are known to hold on " + where + ":");
        shortfalls.forEach(shortfall -> message.append("\n  ").append(shortfall));
        shortfalls.stream().map(LimitViolation::remedy).distinct().forEach(remedy -> message.append('\n').append(remedy));
        return message.toString();
    }

    private void controlGroups() {
        ContainerConfig.Resources resources = asked.resources();
        if (resources.memoryBytes() > 0) {
            atMost("memory", resources.memoryBytes(), 0, found.memory(), Units::describe, NEEDS_CONTROLLERS);
            // Swap that is not accounted for has no limit of its own; where the machine has none, none can be used.
            none("swap", found.swap().or(found::machineSwap), Units::describe, NEEDS_SWAP_ACCOUNTING);
        }
        atMost(
                "CPUs",
                resources.nanoCpus(),
                CPU_STEP,
                found.nanoCpus(),
                nanos -> String.valueOf(nanos / 1e9),
                NEEDS_CONTROLLERS);
        atMost("processes", resources.processes(), 0, found.processes(), String::valueOf, NEEDS_CONTROLLERS);
    }

    private void processLimits() {
        if (asked.resources().openFiles() > 0) {
            atMost(
                    "open files",
                    asked.resources().openFiles(),
                    0,
                    found.number("openFiles"),
                    String::valueOf,
                    ENGINE_IGNORED);
            // In blocks, of 512 or 1,024 bytes as the shell has it.
            none("size of core dumps", found.number("core"), String::valueOf, ENGINE_IGNORED);
        }
    }

    private void memoryFileSystems() {
        memorySizes()
                .forEach((place, size) -> atMost(
                        "size of " + place,
                        size,
                        PAGE_BYTES,
                        found.memoryFileSystem(place),
                        Units::describe,
                        ENGINE_IGNORED));
    }

    /** Returns the sizes of memory file systems that were asked for, in bytes. */
    private Map<String, Long> memorySizes() {
        Map<String, Long> sizes = new TreeMap<>();
        asked.tmpfs().forEach((place, options) -> EffectiveLimits.size(options).ifPresent(size -> sizes.put(place, size)));
        if (asked.resources().shmBytes() > 0) {
            sizes.put("/dev/shm", asked.resources().shmBytes());
        }
        return sizes;
    }

    private void user() {
        Matcher user = NUMERIC_USER.matcher(asked.user());
        // What number a name has is the image's to say.
        if (user.matches()) {
            is("user", user.group(1), "Uid:", fourTimes(user.group(1)), ENGINE_IGNORED);
            if (user.group(2) != null) {
                is("group", user.group(2), "Gid:", fourTimes(user.group(2)), ENGINE_IGNORED);
            }
        }
    }

    /** The kernel tells of four: the real one, the effective one, the saved one, that for files. */
    private static String fourTimes(String id) {
        return (id + " ").repeat(4).strip();
    }

    private void privileges() {
        ContainerConfig.Isolation isolation = asked.isolation();
        if (isolation.dropCapabilities()) {
            for (String set : CAPABILITY_SETS) {
                // Those that a process can have and can get are told by every kernel.
                if (found.value(set) != null || set.equals("CapEff:") || set.equals("CapBnd:")) {
                    is("capabilities", "none", set, NO_CAPABILITIES, ENGINE_IGNORED);
                }
            }
        }
        if (isolation.noNewPrivileges()) {
            is("no new privileges", "on", "NoNewPrivs:", "1", ENGINE_IGNORED);
        }
        // Root may read what root owns, traceable or not.
        if (isolation.dropCapabilities() && !ROOT.equals(found.value("Uid:"))) {
            is("PID 1 out of commands' reach", "yes", "traceable", "no", NEEDS_COPY);
        }
        if (isolation.noNewPrivileges() || isolation.dropCapabilities()) {
            is("filter of system calls", "on", "Seccomp:", "2", NEEDS_SECCOMP);
        }
    }

    private void rootFileSystem() {
        if (!asked.isolation().readOnlyRoot()) {
            return;
        }
        EffectiveLimits.Mount root = found.mounts().get("/");
        if (root == null) {
            unknown("root file system", "read-only", ENGINE_IGNORED);
        } else if (!root.isReadOnly()) {
            broken("root file system", "read-only", "/ as " + root, ENGINE_IGNORED);
        }
        Set<String> knownPlaces = memorySizes().keySet();
        found.mounts().forEach((place, mount) -> {
            if (!place.equals("/") && !knownPlaces.contains(place) && !mount.isInMemory() && !mount.isReadOnly()) {
                broken("file system at " + place, "none that can be written to", mount.toString(), NO_VOLUMES);
            }
        });
    }

    private void network() {
        if (!"none".equals(asked.network())) {
            return;
        }
        if (found.interfaces().isEmpty()) {
            unknown("network", "none", ENGINE_IGNORED);
        }
        for (String name : found.interfaces()) {
            if (!name.equals("lo") && !IDLE_INTERFACES.contains(name)) {
                broken("network", "none", "interface " + name, ENGINE_IGNORED);
            }
        }
    }

    private void none(String limit, Optional<Amount> amount, LongFunction<String> words, String remedy) {
        if (amount.isEmpty()) {
            unknown(limit, "none", remedy);
        } else if (amount.get().value() > 0) {
            broken(limit, "none", describe(amount.get(), words), remedy);
        }
    }

    /**
     * @param most none was asked for if it is 0
     * @param slack how much more than that is as good
     */
    private void atMost(
            String limit, long most, long slack, Optional<Amount> amount, LongFunction<String> words, String remedy) {
        if (most > 0 && amount.isEmpty()) {
            unknown(limit, words.apply(most), remedy);
        } else if (most > 0 && amount.get().value() - slack > most) {
            broken(limit, words.apply(most), describe(amount.get(), words), remedy);
        }
    }

    private static String describe(Amount amount, LongFunction<String> words) {
        String value = amount.value() == EffectiveLimits.UNLIMITED ? "no limit" : words.apply(amount.value());
        return value + " (" + amount.evidence() + ")";
    }

    /** Compares what is said once. */
    private void is(String limit, String wanted, String key, String text, String remedy) {
        String value = found.value(key);
        if (value == null) {
            unknown(limit, wanted, remedy);
        } else if (!value.equals(text)) {
            broken(limit, wanted, key + " " + value, remedy);
        }
    }

    private void broken(String limit, String wanted, String instead, String remedy) {
        shortfalls.add(new LimitViolation(limit, wanted, "found " + instead, remedy));
    }

    private void unknown(String limit, String wanted, String remedy) {
        String why = found.isOfLinux() ? remedy : OTHER_KERNEL;
        shortfalls.add(new LimitViolation(limit, wanted, "could not be checked", found.isWhole() ? why : TOO_LONG));
    }
}
