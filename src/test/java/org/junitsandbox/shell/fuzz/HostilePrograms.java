package org.junitsandbox.shell.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junitsandbox.harness.ShellKind;

/**
 * Generates random shell programs that may do anything, at any time and without end, including what {@link
 * ProgramGrammar} leaves out. They do not read the requests to PID 1, as the sandbox is then lost and reported so.
 */
final class HostilePrograms {

    private static final List<String> STATEMENTS = List.of("kill -9 $PPID", "kill $PPID", "kill -STOP $PPID",
            "kill -9 -1", "kill -1", "kill -STOP -1", "kill -STOP $$", "kill -9 0", "kill -9 1", "kill -9 $PPID $$",
            "set -n", "command() { :; }", "while :; do :; done", "(while :; do :; done) &", "sleep 100 & sleep 100",
            "yes", "yes >&2 & yes", "cat /proc/$PPID/cmdline", "rm -rf /dev/shm/* /dev/shm/.[!.]*",
            "trap '' TERM HUP INT QUIT", "trap 'echo debug' DEBUG", "trap 'kill -9 $PPID' EXIT; exit", "printf '\\036'",
            "printf '\\036%s end 1 0\\036' AAAAAAAAAAAAAAAAAAAAAA >&2", "exec 7>&- 8>&-",
            "(setsid sh -c 'sleep 0.05; kill -9 -1' &)", "(sleep 0.02; kill -9 $PPID) &",
            "(sleep 0.02; kill -9 $$) & sleep 0.02", "sleep 0.1; kill -9 $PPID", "while :; do sleep 0.01 & done",
            "cd /proc/self/fd; ls -l", "set -v", "exit() { :; }", "alias command=:", "readonly PWD",
            "unset PWD; cd /tmp", "echo \"$-$_$!$PPID\"", "exec sleep 100", "exec kill -9 -1",
            "mkdir /work/d; cd /work/d; rm -rf /work/d", "IFS=0123456789");

    private HostilePrograms() {}

    static ShellProgram draw(SplittableRandom random, ShellKind kind) {
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> parts.addAll(new ProgramGrammar(random, kind, true).program().parts());
                case 1 -> parts.add(anything(random));
                default -> parts.add(STATEMENTS.get(random.nextInt(STATEMENTS.size())) + (random.nextInt(3) == 0
                        ? " &\n" : "\n"));
            }
        }
        return new ShellProgram(parts, random.nextInt(4) == 0 ? "kill -9 $PPID\necho injected\n" : "");
    }

    private static String anything(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            text.append((char) random.nextInt(1, random.nextBoolean() ? 0x7f : 0xd800));
        }
        return text.toString();
    }
}
