package org.junitsandbox.shell.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junitsandbox.harness.EngineExec;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.text.ShellWord;
import org.junitsandbox.shell.conformance.ShellMessages;

/**
 * Runs programs without the library, by the engine's exec API in plain containers. An exec is slow, so one exec runs
 * many cases, each with a new shell in an empty directory.
 */
final class ReferenceShells implements AutoCloseable {

    /**
     * Runs the cases. The arguments for each case are 1 for a sequence or 0 otherwise, the number of programs, and for
     * each program a printf format for its stdin (- for none) and its text. For each program, the output is a line with
     * its end and the lengths of its streams, then the streams.
     *
     * <p>A sequence is fed to a plain shell, program by program. After each program, a line writes the exit code to
     * N.exit. If that file is missing, the shell has ended, and another one continues with the next program.
     */
    private static final String DRIVER =
            """
            shell=$0 d=/dev/shm/reference
            exec 2>/dev/null
            while [ $# -gt 0 ]; do
              sequence=$1 n=$2 i=1
              shift 2
              rm -rf /work/* /work/.[!.]* /tmp/* /tmp/.[!.]* $d
              mkdir $d
              cd /work
              unset OLDPWD
              echo 'exit 0' >$d/0.exit
              while [ $i -le $n ]; do
                : >$d/$i.out
                : >$d/$i.err
                case $1 in -) ln -s /dev/null $d/$i.in ;; *) printf "$1" >$d/$i.in ;; esac
                printf '%s\\n' "$2" >$d/$i.lines
                text=$2
                shift 2
                i=$((i + 1))
              done
              i=1
              case $sequence in
                0)
                  (exec "$shell" -c "$text" <$d/1.in >>$d/1.out 2>>$d/1.err)
                  echo "exit $?" >$d/1.end ;;
                *)
                  while [ $i -le $n ]; do
                    rm -f $d/next
                    mkfifo $d/next
                    exec 9<>$d/next
                    {
                      j=$i
                      while [ $j -le $n ]; do
                        cat $d/$j.lines
                        read -r next <&9
                        case $next in ended) break ;; esac
                        j=$((j + 1))
                      done
                    } | {
                      (exec "$shell" >/dev/null 9>&-)
                      ended=$?
                      echo ended >&9
                      exit $ended
                    }
                    ended=$?
                    exec 9>&-
                    while [ -e $d/$i.exit ]; do
                      cp $d/$i.exit $d/$i.end
                      i=$((i + 1))
                    done
                    if [ $i -le $n ]; then
                      echo "ended $ended" >$d/$i.end
                      echo 'exit 0' >$d/$i.exit
                      i=$((i + 1))
                    fi
                  done ;;
              esac
              i=1
              while [ $i -le $n ]; do
                printf '%s %s %s\\n' "$(cat $d/$i.end)" "$(wc -c <$d/$i.out)" "$(wc -c <$d/$i.err)"
                cat $d/$i.out $d/$i.err
                i=$((i + 1))
              done
            done
            """;

    private final Map<ShellKind, EngineExec> execs = new EnumMap<>(ShellKind.class);

    ReferenceShells() throws EngineException {
        for (ShellKind kind : ShellKind.values()) {
            execs.put(kind, EngineExec.plain(kind.spec()));
        }
    }

    private EngineExec exec(ShellKind kind) {
        return Objects.requireNonNull(execs.get(kind));
    }

    /** Runs a single program in a separate exec. */
    ProgramResult runAlone(ShellKind kind, String text) {
        exec(kind).run("rm -rf /work/* /work/.[!.]* /tmp/* /tmp/.[!.]*");
        EngineExec.Result result = exec(kind).run(text);
        return new ProgramResult(
                "exit " + result.exitCode(),
                ShellMessages.plain(kind, result.stdout()),
                ShellMessages.plain(kind, result.stderr()));
    }

    /** Runs the programs of several cases, all for the same kind of shell, in one exec. */
    List<List<ProgramResult>> run(ShellKind kind, List<ShellFuzzCase> cases) {
        List<String> arguments = new ArrayList<>();
        for (ShellFuzzCase each : cases) {
            arguments.add(each.sequence() ? "1" : "0");
            arguments.add(String.valueOf(each.programs().size()));
            int index = 1;
            for (ShellProgram program : each.programs()) {
                arguments.add(program.stdin().isEmpty() ? "-" : octal(program.stdin()));
                arguments.add(each.sequence() ? lines(program.text(), index++) : program.text());
            }
        }
        EngineExec.Result result = exec(kind).run(DRIVER, arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError("The driver script for several cases ended with exit code " + result.exitCode());
        }
        DriverOutput output = new DriverOutput(kind, result.stdout());
        List<List<ProgramResult>> all = new ArrayList<>();
        for (ShellFuzzCase each : cases) {
            List<ProgramResult> ofCase = new ArrayList<>();
            for (int i = 0; i < each.programs().size(); i++) {
                ofCase.add(output.next(each.sequence()));
            }
            all.add(ofCase);
        }
        return all;
    }

    /** Returns the shell lines that run a program; it finds in {@code $?} the exit code of the program before. */
    private static String lines(String text, int index) {
        String file = "/dev/shm/reference/" + index;
        String program = "\\command eval " + ShellWord.quote(text) + " <" + file + ".in >>" + file + ".out 2>>" + file
                + ".err";
        // The braces make the shell parse all of it before it runs any, and keep a subshell in busybox from continuing
        // with it after an error. The empty line resets bash's parser after an open "$(". After some errors, bash
        // discards the rest of the parsed text and continues with the next line: hence the lines for N.discarded.
        return "\n{ if /bin/sh /dev/shm/reference/" + (index - 1) + ".exit; then " + program + "\nelse " + program
                + "\nfi\n"
                + "\\command printf 'exit %d\\n' \"$?\" <\"/proc/self/task/$$/stat\" >" + file
                        + ".exit || \\command exit 2\n"
                + "\\command echo >/dev/shm/reference/next; }\n"
                + "\\command printf 'exit %d\\n' \"$?\" <\"/proc/self/task/$$/stat\" >" + file
                        + ".discarded || \\command exit 2\n"
                + "\\command test -e " + file + ".exit || { \\command -p mv " + file + ".discarded " + file
                        + ".exit; \\command echo >/dev/shm/reference/next; }\n";
    }

    private static String octal(String text) {
        StringBuilder octal = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            octal.append(String.format("\\%03o", b & 0xff));
        }
        return octal.toString();
    }

    @Override
    public void close() {
        execs.values().forEach(EngineExec::close);
    }

    /** Reads the driver's output from its start. */
    private static final class DriverOutput {

        private final ShellKind kind;
        private final String text;
        private int position;

        DriverOutput(ShellKind kind, String text) {
            this.kind = kind;
            this.text = text;
        }

        /**
         * Reads the next program's result.
     *
     * @param inEval whether the program was part of a sequence, which the shell ran by eval
         */
        ProgramResult next(boolean inEval) {
            int lineEnd = text.indexOf('\n', position);
            String[] words = text.substring(position, lineEnd).split(" ", -1);
            position = lineEnd + 1;
            String stdout = take(Integer.parseInt(words[2]));
            String stderr = take(Integer.parseInt(words[3]));
            String end = words[0] + " " + words[1];
            return inEval
                    ? new ProgramResult(end, ShellMessages.fromSandbox(kind, stdout), ShellMessages.fromSandbox(kind,
                            stderr))
                    : new ProgramResult(end, ShellMessages.plain(kind, stdout), ShellMessages.plain(kind, stderr));
        }

        private String take(int length) {
            position += length;
            return text.substring(position - length, position);
        }
    }
}
