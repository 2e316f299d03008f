package org.junitsandbox.shell.residue;

import static org.junitsandbox.shell.residue.Residue.attempt;
import static org.junitsandbox.shell.residue.Residue.calls;
import static org.junitsandbox.shell.residue.Residue.perl;
import static org.junitsandbox.shell.residue.Residue.succeeding;

import java.util.stream.Stream;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.Command;

/** Files, and what is done to those that are there. */
final class FileResidues {

    private static final String TREES =
            "for top in /work/a /tmp/.b /dev/shm/c; do mkdir -p $top/b && echo x >$top/b/f && chmod 0 $top/b $top"
                    + " || exit; done";

    private static final String DEEP = "i=0; while [ $i -lt 3000 ]; do mkdir d && cd d || break; i=$((i + 1)); done";

    private FileResidues() {}

    static Stream<Residue> all() {
        return Stream.of(
                succeeding("files", "echo x >/work/f; echo x >/tmp/f; echo x >/dev/shm/f").seen(),
                succeeding("files", "echo x >/work/f; echo x >/tmp/f; echo x >/dev/shm/f")
                        .in(ShellKind.BUSYBOX),
                perl("names").seen(),
                perl("mode 000").seen(),
                succeeding("mode 000", TREES).in(ShellKind.BUSYBOX),
                perl("deep").seen(),
                // Its "rm" may not get that far down.
                Residue.shell("deep", DEEP).in(ShellKind.BUSYBOX).cleanedOrReplaced(),
                perl("many files").seen(),
                perl("like the store").seen(),
                succeeding("directories named like the store", "for n in a a.in a.fifo; do mkdir /dev/shm/.$n; done"),
                succeeding("dotfiles", "mkdir .a ..b ...; echo x >.f; echo x >/tmp/..f"),
                succeeding("a pipe and its reader", "mkfifo /work/p /dev/shm/p; cat /work/p & :"),
                perl("unix socket").seen(),
                succeeding("hard links", "echo x >f && ln f g && ln f /work/.h && ln -s / root && ln -s . loop"),
                perl("sparse"),
                perl("deleted but open").seen(),
                perl("lock"),
                attempt("immutable"),
                attempt("xattr"),
                succeeding("full places", "for d in work tmp dev/shm; do cat /dev/zero >/$d/f 2>&-; done; :"),
                Residue.shell("modes of the mount points", "chmod 700 /work /tmp /dev/shm /dev/mqueue /"),
                succeeding("mode of stdout and stderr", "chmod 0 /proc/self/fd/1 /proc/self/fd/2"),
                succeeding("mode of stdout and stderr", "chmod 777 /proc/self/fd/1 /proc/self/fd/2")
                        .in(ShellKind.BUSYBOX),
                calls("a stored input", shell -> {
                    shell.run(Command.of("cat >/dev/null; sleep 1000 &")
                            .stdin("secret".repeat(20_000)));
                    return "";
                }));
    }
}
