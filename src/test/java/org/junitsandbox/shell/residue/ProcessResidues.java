package org.junitsandbox.shell.residue;

import static org.junitsandbox.shell.residue.Residue.attempt;
import static org.junitsandbox.shell.residue.Residue.perl;
import static org.junitsandbox.shell.residue.Residue.shell;
import static org.junitsandbox.shell.residue.Residue.succeeding;

import java.util.stream.Stream;
import org.junitsandbox.harness.ShellKind;

/** Processes, and what they do to PID 1. */
final class ProcessResidues {

    private ProcessResidues() {}

    static Stream<Residue> all() {
        return Stream.of(
                succeeding("a background process", "sleep 1000 &").seen(),
                succeeding("a background process", "sleep 1000 &").in(ShellKind.BUSYBOX),
                succeeding("a background process", "sleep 1000 &").in(ShellKind.BASH),
                perl("stopped").seen(),
                perl("daemon").seen(),
                perl("ignoring").seen(),
                perl("renamed").seen(),
                perl("zombie").seen(),
                perl("many processes").seen(),
                shell("a fork bomb", "f() { f | f & }; f; sleep 0.3").cleanedOrReplaced(),
                succeeding("files made without end", "while :; do echo x >/work/$$.$i; i=$((i + 1)); done &"),
                perl("limit nofile").replaced(),
                perl("limit nproc").replaced(),
                // Core files are off from the start, so that this changes nothing.
                attempt("limit core"),
                perl("limit fsize").replaced(),
                perl("limit stack").replaced(),
                perl("limit cpu").replaced(),
                perl("limit sigpending").replaced(),
                succeeding("own limits", "ulimit -n 20; ulimit -f 1; ulimit -c 0; ulimit -s 1000").seen(),
                // On a machine with one CPU, this changes nothing.
                perl("affinity").cleanedOrReplaced(),
                perl("own affinity"),
                perl("nice of PID 1").seen().replaced(),
                perl("own nice").seen(),
                perl("nice of all").seen().replaced(),
                perl("batch").seen().replaced(),
                perl("idle").seen().replaced(),
                perl("ioprio").seen().remains("priority of files "),
                perl("signals to PID 1"),
                attempt("oom_score_adj of PID 1"),
                attempt("coredump_filter of PID 1"),
                attempt("timer slack of PID 1"),
                attempt("autogroup of PID 1").cleanedOrReplaced(),
                attempt("command name of PID 1"),
                attempt("personality"),
                attempt("user namespace"));
    }
}
