package org.junitsandbox.shell.residue;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junitsandbox.shell.residue.Residue.calls;
import static org.junitsandbox.shell.residue.Residue.shell;
import static org.junitsandbox.shell.residue.Residue.succeeding;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/** The state of a shell, its output, and the ways in which a command ends. */
final class ShellResidues {

    private static final String VARIABLES =
            "export home=/tmp kept=/tmp/k nonce=x next=y stdout=/tmp/o stderr=/tmp/e environment=false reopen=no"
                    + " worker=1 places=/ found=x newline=x blanks=x bash=yes guard=x IFS=/ PATH=/tmp ENV=/tmp/x"
                    + " BASH_ENV=/tmp/x CDPATH=/ PS4=x LC_ALL=x POSIXLY_CORRECT=1";

    private static final String FUNCTIONS =
            "for n in printf kill rm cat cd read find; do eval \"$n() { :; }\"; done";

    private ShellResidues() {}

    static Stream<Residue> all() {
        Stream<Residue> ofEachShell = Arrays.stream(ShellKind.values())
                .flatMap(kind -> Stream.of(
                                succeeding("variables", VARIABLES),
                                succeeding("functions", FUNCTIONS),
                                // It prints no markers.
                                limited("a function command", Command.of("command() { :; }").timeLimit("200ms")),
                                succeeding("aliases", "alias printf=: cat=: kill=: echo=: f=g"),
                                shell("options", "set -u -f -x -C -a; set -e; set -- a b; false"),
                                succeeding("traps", "trap 'echo old' EXIT CHLD TERM INT HUP USR1"),
                                succeeding("umask and directory", "umask 077; mkdir /tmp/d; cd /tmp/d; rmdir /tmp/d"),
                                shell("closed streams", "exec <&- >&- 2>&-"),
                                succeeding("redirected streams", "exec >/work/o 2>&1 </dev/zero; exec 9>/tmp/9"))
                        .map(residue -> residue.in(kind)));
        return Stream.concat(ofEachShell, Stream.of(
                succeeding("a directory that is left", "umask 077; cd /tmp").seen(),
                succeeding("a flood on both streams", "yes & yes >&2 &"),
                succeeding("a flood on both streams", "yes & yes >&2 &").in(ShellKind.BUSYBOX),
                succeeding("half a marker", "printf '\\036'; printf '\\036end 1' >&2"),
                succeeding("markers without end", "while :; do printf '\\036x end 1 0\\036\\036'; done &"),
                succeeding("a late output", "(sleep 0.02; echo late; echo late >&2) &"),
                shell("an exit code", "exit 7"),
                shell("a killed shell", "sleep 1000 & kill -9 $$"),
                limited("a stopped watcher", Command.of("kill -STOP $PPID; kill -9 $$").timeLimit("300ms"))
                        .cleanedOrReplaced(),
                shell("all processes killed", "kill -9 -1"),
                shell("a syntax error", "if ( ; case"),
                limited("a time-out", Command.of("sleep 1000 & sleep 1000").timeLimit("200ms")),
                limited("an output limit", Command.of("yes | head -c 3000000").outputLimit("1kB")),
                shell("memory used up", "perl -e '$x = \"x\" x 3e9'").cleanedOrReplaced(),
                calls("a command that still runs", ShellResidues::closeWhileRunning).replaced()));
    }

    private static Residue limited(String name, Command command) {
        return calls(name, shell -> shell.run(command).outcome().toString());
    }

    private static String closeWhileRunning(Shell shell) throws Exception {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<CommandResult> running = CompletableFuture.supplyAsync(() -> shell.run(
                Command.of("echo x; sleep 1000").onOutput((stream, bytes) -> begun.complete(true))));
        begun.get(20, TimeUnit.SECONDS);
        shell.close();
        assertThatThrownBy(() -> running.orTimeout(20, TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
        return "the caller got an IllegalStateException";
    }
}
