package org.junitsandbox.internal.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;
import org.junitsandbox.internal.text.Printable;

/**
 * Whether a container that was cleaned in place is as it was before its first command. Two reports of the kernel are
 * compared, line by line; PID 1 wrote both with the same code, while no other process was alive.
 *
 * <p>That proves something only where commands can change nothing that the reports do not show: see
 * {@link #isProvable}.
 */
public final class Cleanliness {

    /**
     * What grows with use, or goes up and down by itself, and limits nothing by its present value: memory that the
     * kernel can take back at any time, such as cached files, counts as used; kills are read as differences.
     */
    private static final Set<String> COUNTERS = Set.of("memory.usage_in_bytes", "memory.current", "oom_kill");

    /** Only PID 1 is alive. */
    private static final String NOTHING_RUNS = "processes /proc/1";

    /** No command shares the descriptions of its stdout and stderr with a later one. */
    private static final String OWN_DESCRIPTIONS = "reopen yes";

    /** The supervisor runs no program that a command has made. */
    private static final String FIXED_PROGRAMS = "programs fixed";

    /** A mount inside a place that is emptied. */
    private static final String NESTED = "nested ";

    private static final String END = "end";

    private static final String ROOT = "0 ";

    private Cleanliness() {}

    /**
     * Returns whether a container can be proven clean: commands have no way to change what the kernel does not report.
     * The root file system is read-only; they are not root, have no capabilities and cannot get any; PID 1 is out of
     * their reach; all that they can write to lies in memory and is emptied; they have no network, and open
     * descriptions of their own for stdout and stderr; no directory in PATH is theirs; every limit holds.
     *
     * @param asked what the engine was asked for
     * @param first the report before the first command
     */
    public static boolean isProvable(ContainerConfig asked, String first) {
        EffectiveLimits found = EffectiveLimits.parse(first);
        String user = found.value("Uid:");
        List<String> lines = lines(first);
        Map<String, Boolean> emptied = WritablePlaces.memoryPlaces(lines.stream());
        return Arrays.stream(Restriction.values()).allMatch(asked::has)
                && "none".equals(asked.network())
                && LimitAudit.violations(asked, found).isEmpty()
                && user != null
                && !user.startsWith(ROOT)
                && isComplete(lines)
                && lines.contains(NOTHING_RUNS)
                && lines.contains(OWN_DESCRIPTIONS)
                && lines.contains(FIXED_PROGRAMS)
                && lines.stream().noneMatch(line -> line.startsWith(NESTED))
                && !emptied.isEmpty()
                && !emptied.containsValue(false)
                && found.mounts().entrySet().stream()
                        .allMatch(mount -> mount.getValue().isReadOnly()
                                || mount.getKey().equals(WritablePlaces.DEVICES)
                                || emptied.containsKey(mount.getKey()));
    }

    /**
     * Returns what is different from the first report; empty for a clean container.
     *
     * @param first the report before the first command
     * @param now the report after the clean-up
     * @return one line for each difference, escaped
     */
    public static List<String> residues(String first, String now) {
        List<String> before = lines(first);
        List<String> after = lines(now);
        List<String> residues = new ArrayList<>();
        if (!isComplete(after)) {
            residues.add("the report is not complete");
        }
        missing(before, after).forEach(line -> residues.add("no more: " + Printable.of(line)));
        missing(after, before).forEach(line -> residues.add("now: " + Printable.of(line)));
        if (residues.isEmpty() && !before.equals(after)) {
            residues.add("the lines are in another order");
        }
        return residues;
    }

    private static Set<String> missing(List<String> lines, List<String> others) {
        Set<String> missing = new LinkedHashSet<>(lines);
        others.forEach(missing::remove);
        return missing;
    }

    private static List<String> lines(String report) {
        return report.lines()
                .filter(line -> !COUNTERS.contains(line.split(" ", 2)[0]))
                .toList();
    }

    private static boolean isComplete(List<String> lines) {
        return !lines.isEmpty() && lines.get(lines.size() - 1).equals(END);
    }
}
