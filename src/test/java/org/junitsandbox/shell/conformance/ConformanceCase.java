package org.junitsandbox.shell.conformance;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junitsandbox.harness.ShellKind;

/**
 * A command whose exit code, stdout and stderr must be the same as by the engine's exec API.
 *
 * @param endsIn the shells that the command ends: their outcome is ShellExited
 * @param nextStdout the stdout of "echo alive" as the next command
 * @param nextStderr the stderr of "echo alive" as the next command
 */
record ConformanceCase(
        String name, String text, Set<ShellKind> shells, Set<ShellKind> endsIn, String nextStdout, String nextStderr) {

    private static final Set<ShellKind> ALL = EnumSet.allOf(ShellKind.class);

    private static final Set<ShellKind> NOT_BASH = EnumSet.of(ShellKind.DASH, ShellKind.BUSYBOX);

    @Override
    public String toString() {
        return name;
    }

    /** A case for all shells, which ends none of them. */
    private static ConformanceCase of(String name, String text) {
        return new ConformanceCase(name, text, ALL, Set.of(), "alive\n", "");
    }

    /** A case for all shells, which ends all of them. */
    private static ConformanceCase ending(String name, String text) {
        return of(name, text).endsIn(ALL);
    }

    private ConformanceCase endsIn(Set<ShellKind> ending) {
        return new ConformanceCase(name, text, shells, ending, nextStdout, nextStderr);
    }

    private ConformanceCase in(ShellKind only) {
        return in(Set.of(only));
    }

    private ConformanceCase in(Set<ShellKind> only) {
        return new ConformanceCase(name, text, only, endsIn, nextStdout, nextStderr);
    }

    /** The same case with an effect that must show in the next command as well. */
    private ConformanceCase lastsAs(String stdout, String stderr) {
        return new ConformanceCase(name, text, shells, endsIn, stdout, stderr);
    }

    static List<ConformanceCase> all() {
        List<ConformanceCase> cases = new ArrayList<>();
        cases.addAll(syntax());
        cases.addAll(layout());
        cases.addAll(endings());
        cases.addAll(options());
        cases.addAll(traps());
        cases.addAll(redefinitions());
        cases.addAll(streams());
        cases.addAll(variables());
        cases.addAll(bytes());
        return cases;
    }

    private static List<ConformanceCase> syntax() {
        return List.of(
                of("an open if", "if true; then echo a"),
                of("an open if on several lines", "echo before\nif true\nthen\n  echo a\n"),
                of("an unmatched parenthesis", "echo a)"),
                of("an open parenthesis", "(echo a"),
                of("an open brace", "{ echo a"),
                of("a closing brace", "}"),
                of("fi alone", "fi"),
                of("done after a command", "echo a; done"),
                of("two semicolons", "echo a;; echo b"),
                of("a pipe to nothing", "echo a |"),
                of("an and to nothing", "echo a &&"),
                of("an open case", "case a in a) echo b"),
                of("an open single quote", "echo 'a"),
                of("an open double quote", "echo \"a"),
                of("an open backquote", "echo `echo a"),
                of("an open command substitution", "echo $(echo a"),
                of("an open parameter expansion", "echo ${a"),
                of("a single quote in the middle", "echo it's"),
                of("quotes within quotes", "echo \"it's\" 'a \"word\"' \\'"),
                of("a heredoc", "cat <<E\nline 1\n$((1 + 1))\nE\necho after"),
                of("a quoted heredoc", "cat <<'E'\n$x `y` \\z 'q'\nE\n"),
                of("a heredoc with tabs", "cat <<-E\n\tline\n\tE\necho after"),
                of("a heredoc without its end", "cat <<E\nline"),
                of("a heredoc without its end and with a last newline", "cat <<E\nline\n"),
                of("a heredoc that ends with the text", "cat <<E\nline\nE"),
                of("a trailing comment", "echo x # c"),
                of("a trailing comment with an open quote", "echo x # it's"),
                of("a comment with a closing brace", "echo x # }"),
                of("a trailing backslash", "echo a \\"),
                of("a trailing backslash in a word", "echo a\\"),
                of("a trailing backslash and newline", "echo a\\\n"),
                of("a line continuation", "echo a \\\nb"),
                of("a trailing ampersand", "true &"),
                of("a subshell with a status", "(exit 7)"),
                // In busybox, "command" also catches errors in subshells, and within the subshell.
                of("an error in a subshell", "(echo ${no_such_variable?is not set}; echo b); echo after $?"),
                of("an error in a command substitution", "x=$(set -o nosuchoption); echo \"<$x> $?\""),
                of("a syntax error in a subshell", "(eval 'if'); echo after $?"),
                of("a command that is not there", "no-such-command --option"),
                of("a file that is not there", "cat /no/such/file"),
                of("a program that cannot be executed", "/etc/passwd"),
                of("a command after one that is not there", "no-such-command; echo $?"));
    }

    private static List<ConformanceCase> layout() {
        String manyLines = "echo line\n".repeat(200);
        String manyQuotedLines = "printf '%s' '" + "it is one word\n".repeat(100) + "'";
        return List.of(
                of("an empty command", ""),
                of("only spaces", "   "),
                of("only newlines", "\n\n\n"),
                of("only a tab", "\t"),
                of("only a comment", "# nothing"),
                of("only a semicolon", ";"),
                of("leading newlines", "\n\necho a"),
                of("several lines", "echo a\necho b\n\necho c"),
                of("200 lines", manyLines),
                of("a word of 100 lines", manyQuotedLines),
                of("a loop over lines", "for i in 1 2 3\ndo\n  echo $i\ndone"),
                of("a function over lines", "f() {\n  echo in f \"$@\"\n  return 4\n}\nf a b"),
                of("a command of 100 KiB", ": '" + "x".repeat(100 * 1024) + "'; echo done"),
                of("100 KiB of non-ASCII text", "printf '%s' 'é" + "日本".repeat(10_000) + "' | wc -c"),
                of("a long command with newlines in an open heredoc at its end", "cat <<E\n" + "x".repeat(9000)
                        + "\n\n\n"),
                of("a long command with a backslash and a newline at its end", ": " + "x".repeat(9000)
                        + "; echo a\\\n"),
                of("a long command with a backslash at its end", ": " + "x".repeat(9000) + "; echo a\\"),
                of("non-ASCII text", "echo 'Grüße, 世界 🙂'"),
                of("a carriage return", "echo a\r"),
                of("carriage returns at line ends", "echo a\r\necho b\r\n"),
                of("percent signs", "echo %s %d %n %% '%1$s'"),
                of("backslashes", "printf '%s\\n' '\\n \\\\ \\036 \\0' \"\\\\ \\a\" \\\\"),
                of("dollars", "printf '%s\\n' '$x ${y} $(z) $$' \\$x"),
                of("a glob", "echo /et[c]/pass*"),
                of("control characters in the source", "printf '%s' '\u0001\u0007\u001b\u001e\u007f' | od -An -tx1"),
                of("a last output line without newline", "printf 'no newline'"),
                of("output that is only a newline", "echo"),
                of("arguments", "echo \"$#\" \"$*\""));
    }

    private static List<ConformanceCase> endings() {
        return List.of(
                ending("exit", "exit"),
                ending("exit 3", "exit 3"),
                ending("exit with an earlier status", "false; exit"),
                ending("exit after output", "echo out; echo err >&2; exit 5"),
                ending("exit 255", "exit 255"),
                ending("exec true", "exec true"),
                ending("exec of a shell with a status", "exec sh -c 'echo in; exit 4'"),
                ending("exec of a missing program", "exec no-such-command"),
                ending("a failing command after set -e", "set -e; echo a; false; echo b"),
                ending("a failing subshell after set -e", "set -e; (exit 6); echo b"),
                of("a condition that fails after set -e", "set -e; if false; then :; fi; false || true; echo b"),
                // With a text from a file, bash ends with a different code: see CommandSequenceIT.
                of("an unset variable after set -u", "set -u; echo $no_such_variable; echo b").in(NOT_BASH),
                of("an error of ${x?}", "echo ${no_such_variable?is not set}; echo b").in(NOT_BASH),
                ending("kill -9 of the shell", "echo before; kill -9 $$"),
                of("kill -9 of every process", "(sleep 100 &); kill -9 -1; echo $?"),
                ending("kill -TERM of the shell", "kill $$"),
                of("return", "return").endsIn(NOT_BASH),
                of("return 3", "echo a; return 3; echo b").endsIn(NOT_BASH),
                of("break outside a loop", "break; echo a"),
                of("break 3 outside a loop", "break 3; echo a"),
                of("continue outside a loop", "continue; echo a"),
                of("break in a loop", "for i in 1 2 3; do echo $i; break; done; echo a"),
                // Errors of special built-ins and of expansions would end dash and busybox, but do not within
                // "command eval".
                of("shift too far", "shift 5; echo $?"),
                of("an unknown option", "set -o nosuchoption; echo a"));
    }

    private static List<ConformanceCase> options() {
        return List.of(
                of("set -x", "set -x; echo a; x=1; echo \"$x\"").lastsAs("alive\n", "+ echo alive\n"),
                of("set -x and a subshell", "set -x; (echo a); echo $(echo b)").lastsAs("alive\n", "+ echo alive\n"),
                of("set -v", "set -v; echo a").in(NOT_BASH),
                // In bash, the trace shows the text of eval.
                of("set -v in bash", "set -v; echo a").in(ShellKind.BASH).lastsAs("alive\n", "echo alive\n"),
                of("set -f", "set -f; echo /etc/pass*"),
                of("set -C", "set -C; echo a >/tmp/c; echo b >/tmp/c; echo $?; rm /tmp/c"),
                of("set -a", "set -a; v=exported; env | grep ^v="),
                of("set -m", "set -m; true"),
                of("an alias", "alias greet='echo hello'\nalias greet"),
                of("umask", "umask 077; umask"),
                of("ulimit", "ulimit -n"),
                of("set --", "set -- a b c; echo $# $3"),
                of("shopt", "shopt -s expand_aliases; echo $?").in(ShellKind.BASH),
                of("pipefail", "set -o pipefail; false | true; echo $?").in(ShellKind.BASH),
                of("posix mode", "set -o posix; echo a").in(ShellKind.BASH),
                of("PIPESTATUS", "false | true; echo ${PIPESTATUS[@]}").in(ShellKind.BASH),
                of("process substitution", "cat <(echo a)").in(ShellKind.BASH),
                of("a here string", "cat <<<word").in(ShellKind.BASH),
                of("an array", "a=(1 2 3); echo ${#a[@]} ${a[2]}").in(ShellKind.BASH));
    }

    private static List<ConformanceCase> traps() {
        return List.of(
                ending("an EXIT trap and exit", "trap 'echo bye' EXIT; exit 2"),
                ending("an EXIT trap that exits otherwise", "trap 'exit 9' EXIT; exit 2"),
                of("USR1 to the shell itself", "trap 'echo got it' USR1; kill -USR1 $$; echo after"),
                of("an ignored TERM", "trap '' TERM; kill -TERM $$; echo after"),
                of("a list of traps", "trap 'echo a' USR1; trap"),
                of("a DEBUG trap", "trap 'echo debug' DEBUG; echo a; true").in(ShellKind.BASH)
                        .lastsAs("debug\nalive\n", ""),
                of("an ERR trap", "trap 'echo err $?' ERR; false; echo a").in(ShellKind.BASH),
                of("a RETURN trap", "trap 'echo return' RETURN; f() { echo f; }; f").in(ShellKind.BASH),
                of("a CHLD trap", "trap 'echo child' CHLD; /bin/true; echo a").in(ShellKind.BASH));
    }

    /** Redefinitions of commands that the supervisor itself uses. */
    private static List<ConformanceCase> redefinitions() {
        List<ConformanceCase> cases = new ArrayList<>();
        // Each definition is quoted as a whole.
        for (String name : List.of(
                "eval", "printf", "command", "exec", "cat", "[", "test", "jobs", "kill", "read", "exit")) {
            cases.add(of("an alias " + name, "alias '" + name + "=echo alias'; echo defined"));
        }
        // dash and busybox reject the name of a special built-in as that of a function.
        for (String name : List.of("printf", "cat", "test", "jobs", "kill", "read", "cd")) {
            cases.add(of("a function " + name, name + "() { /bin/echo function; }; " + name));
        }
        for (String name : List.of("eval", "exec", "[", "exit", "trap", "set")) {
            cases.add(of("a function " + name, name + "() { /bin/echo function; }; " + name).in(ShellKind.BASH));
        }
        cases.add(of("an alias for the command that does nothing", "alias ':=}'; echo defined"));
        cases.add(of("aliases for reserved words", "alias if='echo if' '{=echo brace'; echo defined"));
        cases.add(of(
                "aliases that are expanded",
                "shopt -s expand_aliases; alias eval='echo E' command='echo C' printf='echo P'")
                .in(ShellKind.BASH));
        return cases;
    }

    private static List<ConformanceCase> streams() {
        return List.of(
                of("both streams", "echo out; echo err >&2"),
                of("stdout to stderr", "echo out >&2"),
                of("a closed stdout", "exec 1>&-; echo lost"),
                of("a closed stderr", "exec 2>&-; echo lost >&2; echo kept"),
                of("closed stdout and stderr", "exec 1>&- 2>&-; echo lost"),
                of("stdout into a file", "exec >/tmp/f; echo in the file; cat /tmp/f >&2; rm /tmp/f"),
                of("stderr into a file", "exec 2>/tmp/e; echo in the file >&2; cat /tmp/e; rm /tmp/e"),
                of("stdin from a file", "exec </etc/passwd; read -r line; echo \"$line\""),
                of("a closed stdin", "exec <&-; echo a"),
                of("descriptors of the protocol closed", "exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; echo a"),
                of("descriptors of the protocol used", "exec 5>/tmp/d 7>/tmp/d 8>/tmp/d; echo lost >&7; echo a"),
                of("the protocol's descriptors are not inherited",
                        "(echo x >&7) 2>/dev/null; echo $?; (read -r x <&5) 2>/dev/null; echo $?"),
                of("cat without input", "cat; echo $?"),
                of("read without input", "read x; echo \"$? <$x>\""),
                of("a reader in a pipe", "echo a b | { read -r x y; echo \"$y $x\"; }"),
                of("stdin of a background command", "cat & wait; echo a"),
                of("many lines of output", "i=0; while [ $i -lt 20000 ]; do echo \"line $i\"; i=$((i + 1)); done"),
                of("a line of 2 MB", "head -c 2000000 /dev/zero | tr '\\0' x"),
                of("large output on both streams",
                        "head -c 300000 /dev/zero | tr '\\0' o; head -c 300000 /dev/zero | tr '\\0' e >&2"));
    }

    private static List<ConformanceCase> variables() {
        return List.of(
                of("unset PATH", "unset PATH; echo a"),
                of("an empty PATH", "PATH=; ls; echo $?"),
                of("a PATH to a missing directory", "PATH=/nowhere; cat /proc/version; echo $?"),
                of("IFS of x", "IFS=x; v=axbxc; printf '%s\\n' $v"),
                of("IFS of digits", "IFS=0123456789; v=a1b; printf '%s\\n' $v"),
                of("an empty IFS", "IFS=; v='a b'; printf '<%s>' $v"),
                of("a trace prompt with a variable", "PS4='<$v> '; v=1; set -x; echo a").in(ShellKind.DASH)
                        .lastsAs("alive\n", "<1> echo alive\n"),
                of("a missing locale", "LC_ALL=xx_XX.UTF-8; export LC_ALL; echo a").in(ShellKind.DASH),
                of("PWD unset", "unset PWD; echo a"),
                of("a wrong PWD", "PWD=/nowhere; echo a"),
                of("a removed directory", "mkdir /tmp/gone; cd /tmp/gone; rmdir /tmp/gone; echo a"),
                of("a directory with a newline", "mkdir '/tmp/a\nb'; cd '/tmp/a\nb'; pwd; cd /; rmdir '/tmp/a\nb'"),
                of("HOME", "echo $HOME; cd; pwd"),
                of("the first directory", "pwd"),
                of("no directory before the first", "cd -"),
                of("the name of the shell", "echo $0"),
                of("the status at the start", "echo $?"),
                of("readonly variables", "readonly r=1; echo $r"));
    }

    private static List<ConformanceCase> bytes() {
        StringBuilder octal = new StringBuilder();
        for (int i = 0; i < 256; i++) {
            octal.append(String.format("\\%03o", i));
        }
        return List.of(
                of("all 256 byte values on stdout", "printf '" + octal + "'"),
                of("all 256 byte values on stderr", "printf '" + octal + "' >&2"),
                of("NUL bytes", "printf 'a\\0b\\0'"),
                of("bytes that are not UTF-8", "printf '\\377\\376\\200abc\\303'"),
                of("the marker's first byte", "printf '\\036'"),
                of("many of the marker's first byte", "printf '\\036\\036\\036a\\036'"),
                of("a marker with a wrong nonce", "printf '\\036AAAAAAAAAAAAAAAAAAAAAA end 1 0\\036'"),
                of("a marker with a wrong nonce on stderr",
                        "printf '\\036AAAAAAAAAAAAAAAAAAAAAA end 1 /work\\036' >&2"),
                of("a marker cut short at the end", "printf 'x\\036AAAAAAAAAAAAAAAAAAAAAA'"));
    }
}
