package org.junitsandbox.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the processes that commands have left running. */
final class LeftoverProcesses {

    private static final long INIT = 1;

    private LeftoverProcesses() {}

    static List<SandboxProcess> find(Session session, Activity activity) {
        ProcessReport report = new ProcessReport();
        OwnCommands.Result result = new OwnCommands(session, activity)
                .runAtRoot(report.script(), new BoundedOutput(report, Long.MAX_VALUE));
        if (result.status() != 0 || !report.isComplete()) {
            throw new TransferException(
                    "Could not " + activity + " with od, which ended with status " + result.status()
                            + ". Commands may have reached the limit of processes, or the image has no od. Its stderr: "
                            + result.stderr(),
                    null);
        }
        return find(report.processes(), report.self(), report.watcher(), session.programs());
    }

    /**
     * Leaves out what the library itself runs, programs that {@link Shell#start} started with their descendants, and
     * what has ended and is the shell's or PID 1's to reap.
     *
     * @param self the process that looked
     * @param watcher the parent of the worker shell
     * @param programs the first processes of started programs
     */
    static List<SandboxProcess> find(
            Map<Long, SandboxProcess> all, long self, long watcher, Collection<ProcessStatus.Identity> programs) {
        Set<Long> own = new HashSet<>(Set.of(INIT, self, watcher));
        all.values().stream()
                .filter(process -> process.parent() == watcher && watcher != 0)
                .forEach(worker -> own.add(worker.pid()));
        Set<Long> ofPrograms = withDescendants(all, programs);
        List<SandboxProcess> left = new ArrayList<>(all.values());
        left.removeIf(process -> own.contains(process.pid())
                || ofPrograms.contains(process.pid())
                || process.parent() == self
                || (process.status().hasEnded() && own.contains(process.parent())));
        return List.copyOf(left);
    }

    private static Set<Long> withDescendants(
            Map<Long, SandboxProcess> all, Collection<ProcessStatus.Identity> roots) {
        Map<Long, List<Long>> children = new HashMap<>();
        all.values()
                .forEach(process -> children.computeIfAbsent(process.parent(), parent -> new ArrayList<>())
                        .add(process.pid()));
        Set<Long> found = new HashSet<>();
        Deque<Long> open = new ArrayDeque<>();
        for (ProcessStatus.Identity root : roots) {
            SandboxProcess first = all.get(root.pid());
            if (first != null && first.status().identity().equals(root)) {
                open.add(root.pid());
            }
        }
        while (!open.isEmpty()) {
            long next = open.remove();
            if (found.add(next)) {
                open.addAll(children.getOrDefault(next, List.of()));
            }
        }
        return found;
    }
}
