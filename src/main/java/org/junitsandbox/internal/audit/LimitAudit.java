package org.junitsandbox.internal.audit;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;
import org.junitsandbox.internal.engine.MemoryMount;
import org.junitsandbox.internal.text.Units;

/**
 * Compares what an engine was asked for with what the kernel reports from inside the container. A stricter limit than
 * the one asked for holds, too.
 */
public final class LimitAudit {

    /** systemd counts CPU time in steps of 1 %, rounded up. */
    private static final long CPU_STEP = 10_000_000;

    /** The largest page of memory, in bytes: memory file systems consist of whole pages. */
    private static final long PAGE_BYTES = 64 << 10;

    /** Kernels add these to each network when their modules are loaded; they are down and lead nowhere. */
    private static final Set<String> IDLE_INTERFACES = Set.of(
            "tunl0", "gre0", "gretap0", "erspan0", "ip_vti0", "ip6_vti0", "sit0", "ip6tnl0", "ip6gre0");

    private static final List<String> CAPABILITY_SETS = List.of("CapInh:", "CapPrm:", "CapEff:", "CapBnd:", "CapAmb:");

    /** Every kernel reports these two of them. */
    private static final Set<String> REQUIRED_CAPABILITY_SETS = Set.of("CapEff:", "CapBnd:");

    private static final String NO_CAPABILITIES = "0000000000000000";

    private static final String ROOT = fourTimes("0");

    /** The real, effective and saved id and the one for files are the same. */
    private static final Pattern OWN_USER = Pattern.compile("(\\d+)( \\1){3}");

    private static final Pattern NUMERIC_USER = Pattern.compile("(\\d+)(?::(\\d+))?");

    private final ContainerConfig asked;
    private final EffectiveLimits found;
    private final LimitChecks checks;

    private LimitAudit(ContainerConfig asked, EffectiveLimits found) {
        this.asked = asked;
        this.found = found;
        this.checks = new LimitChecks(found);
    }

    /** Returns what the kernel does not report to hold; a limit that was not asked for cannot be missing. */
    public static List<LimitViolation> violations(ContainerConfig asked, EffectiveLimits found) {
        return violations(asked, found, false);
    }

    /**
     * Returns what does not hold or cannot be checked; a limit that was not asked for cannot be missing.
     *
     * @param isCutOff whether the engine has made sure that the container reaches no network, whatever the kernel
     *     reports of its interfaces
     */
    public static List<LimitViolation> violations(ContainerConfig asked, EffectiveLimits found, boolean isCutOff) {
        LimitAudit audit = new LimitAudit(asked, found);
        audit.controlGroups();
        audit.processLimits();
        audit.memoryFileSystems();
        audit.writablePlaces();
        audit.user();
        audit.privileges();
        audit.rootFileSystem();
        if (!isCutOff) {
            audit.network();
        }
        return audit.checks.violations();
    }

    /**
     * Puts violations into words, and each remedy once.
     *
     * @param where names the engine and its runtime
     */
    public static String message(List<LimitViolation> violations, String where) {
        StringBuilder message = new StringBuilder("Not all limits are known to hold on " + where + ":");
        violations.forEach(violation -> message.append("\n  ").append(violation));
        violations.stream()
                .map(LimitViolation::remedy)
                .distinct()
                .forEach(remedy -> message.append('\n').append(remedy));
        return message.toString();
    }

    private void controlGroups() {
        long memory = asked.limit(Limit.MEMORY_BYTES);
        if (memory > 0) {
            checks.atMost("memory", memory, 0, found.memory(), Units::describe, Remedy.CONTROLLERS);
            // Swap that is not accounted for has no limit of its own; where the machine has none, none can be used.
            checks.none("swap", found.swap().or(found::machineSwap), Units::describe, Remedy.SWAP_ACCOUNTING);
        }
        checks.atMost(
                "CPUs",
                asked.limit(Limit.NANO_CPUS),
                CPU_STEP,
                found.nanoCpus(),
                nanos -> String.valueOf(nanos / 1e9),
                Remedy.CONTROLLERS);
        boolean ownUser = hasOwnUser()
                && NO_CAPABILITIES.equals(found.value("CapEff:"))
                && "1".equals(found.value("NoNewPrivs:"));
        checks.atMost(
                "processes",
                asked.limit(Limit.PROCESSES),
                0,
                ownUser ? found.processesOfUser() : found.processes(),
                String::valueOf,
                ownUser ? Remedy.OTHER_ENGINE : Remedy.CONTROLLERS);
    }

    /** Whether its user is no other container's. Then what the kernel counts for a user is the container's alone. */
    private boolean hasOwnUser() {
        String user = found.value("Uid:");
        return asked.user().equals(ContainerConfig.NOBODY)
                && user != null
                && OWN_USER.matcher(user).matches()
                && Amount.number(user.split(" ", 2)[0]).orElse(0L) >= ContainerConfig.OWN_USERS_MIN;
    }

    private void processLimits() {
        long openFiles = asked.limit(Limit.OPEN_FILES);
        if (openFiles > 0) {
            checks.atMost(
                    "open files", openFiles, 0, found.number("openFiles"), String::valueOf, Remedy.OTHER_ENGINE);
            // In blocks, of 512 or 1,024 bytes, depending on the shell.
            checks.none("size of core dumps", found.number("core"), String::valueOf, Remedy.OTHER_ENGINE);
        }
    }

    private void memoryFileSystems() {
        memorySizes()
                .forEach((place, size) -> checks.atMost(
                        "size of " + place,
                        size,
                        PAGE_BYTES,
                        found.memoryFileSystem(place),
                        Units::describe,
                        Remedy.OTHER_ENGINE));
    }

    /** Returns the sizes of memory file systems that were asked for, in bytes, by place. */
    private Map<String, Long> memorySizes() {
        Map<String, Long> sizes = new TreeMap<>();
        sizes.put("/dev/shm", asked.limit(Limit.SHARED_MEMORY_BYTES));
        asked.memoryMounts().forEach(mount -> sizes.put(mount.path(), mount.sizeBytes()));
        sizes.values().removeIf(size -> size == 0);
        return sizes;
    }

    /** A memory file system takes over the mode of the directory that it is mounted on. */
    private void writablePlaces() {
        for (MemoryMount mount : asked.memoryMounts()) {
            Mount there = found.mounts().get(mount.path());
            if (there != null && !there.isReadOnly() && found.isComplete() && !found.isWritable(mount.path())) {
                checks.broken(
                        mount.path(),
                        "a directory that its user can write to",
                        "one that it cannot",
                        Remedy.OPEN_PLACES);
            }
        }
    }

    private void user() {
        Matcher user = NUMERIC_USER.matcher(asked.user());
        // Which number a name has depends on the image.
        if (user.matches()) {
            if (!hasOwnUser()) {
                checks.line("user", user.group(1), "Uid:", fourTimes(user.group(1)), Remedy.OTHER_ENGINE);
            }
            if (user.group(2) != null) {
                checks.line("group", user.group(2), "Gid:", fourTimes(user.group(2)), Remedy.OTHER_ENGINE);
            }
        }
    }

    /** The kernel reports four: the real id, the effective one, the saved one, the one for files. */
    private static String fourTimes(String id) {
        return (id + " ").repeat(4).strip();
    }

    private void privileges() {
        boolean noCapabilities = asked.has(Restriction.NO_CAPABILITIES);
        boolean noNewPrivileges = asked.has(Restriction.NO_NEW_PRIVILEGES);
        if (noCapabilities) {
            for (String set : CAPABILITY_SETS) {
                if (found.value(set) != null || REQUIRED_CAPABILITY_SETS.contains(set)) {
                    checks.line("capabilities", "none", set, NO_CAPABILITIES, Remedy.OTHER_ENGINE);
                }
            }
        }
        if (noNewPrivileges) {
            checks.line("no new privileges", "on", "NoNewPrivs:", "1", Remedy.OTHER_ENGINE);
        }
        // Root may read what root owns, traceable or not.
        if (noCapabilities && !ROOT.equals(found.value("Uid:"))) {
            checks.line("PID 1 out of commands' reach", "yes", "traceable", "no", Remedy.SHELL_COPY);
        }
        if (noNewPrivileges || noCapabilities) {
            checks.line("filter of system calls", "on", "Seccomp:", "2", Remedy.SECCOMP);
        }
    }

    private void rootFileSystem() {
        if (!asked.has(Restriction.READ_ONLY_ROOT)) {
            return;
        }
        Mount root = found.mounts().get("/");
        if (root == null) {
            checks.unknown("root file system", "read-only", Remedy.OTHER_ENGINE);
        } else if (!root.isReadOnly()) {
            checks.broken("root file system", "read-only", "/ as " + root, Remedy.OTHER_ENGINE);
        }
        Set<String> knownPlaces = new HashSet<>(memorySizes().keySet());
        if (isSizeOfFilesBounded()) {
            knownPlaces.add(ContainerConfig.TERMINATION_FILE);
        }
        found.mounts().forEach((place, mount) -> {
            if (!place.equals("/") && !knownPlaces.contains(place) && !mount.isInMemory() && !mount.isReadOnly()) {
                checks.broken(
                        "file system at " + place, "none that can be written to", mount.toString(), Remedy.NO_VOLUMES);
            }
        });
    }

    /** Whether no file can be larger than the largest place in memory. */
    private boolean isSizeOfFilesBounded() {
        long largest = memorySizes().values().stream().mapToLong(size -> size).max().orElse(0);
        return found.number("Max file size").map(Amount::value).orElse(Amount.UNLIMITED) <= largest;
    }

    private void network() {
        if (!"none".equals(asked.network())) {
            return;
        }
        if (found.interfaces().isEmpty()) {
            checks.unknown("network", "none", Remedy.NETWORK);
        }
        for (String name : found.interfaces()) {
            if (!name.equals("lo") && !IDLE_INTERFACES.contains(name)) {
                checks.broken("network", "none", "interface " + name, Remedy.NETWORK);
            }
        }
    }
}
