package org.junitsandbox.shell.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junitsandbox.harness.ShellKind;
import org.junitsandbox.internal.text.ShellWord;

/**
 * Generates random shell programs, correct and incorrect, from constructs that may break a protocol. Every run of a
 * program gives the same result: it uses no process id, time or random number, only one process writes at a time, and
 * it waits for its background jobs.
 *
 * <p>Left out are constructs that must differ between a persistent shell and one that runs a single text:
 *
 * <ul>
 *   <li>an EXIT trap in a shell that does not end with the program, and what such a trap writes to stderr,
 *   <li>SIGINT, {@code set -n} and a function named {@code command} (documented limits), {@code kill $PPID},
 *   <li>{@code $-}, {@code $_}, {@code $LINENO}, {@code set -o}, and in bash {@code set -v}, which shows the text of
 *       {@code eval}, and {@code set -k}, with which {@code export a=b} lists variables, the host name among them,
 *       and an alias for a reserved word (a documented limit),
 *   <li>in busybox, {@code local} outside a function, which is no error within {@code eval}.
 * </ul>
 *
 * {@link HostilePrograms} generates those as well.
 */
final class ProgramGrammar {

    private static final int MAX_STATEMENTS = 6;

    /** The forms of compound statements whose body runs in a subshell. */
    private static final Set<Integer> IN_SUBSHELL = Set.of(5, 7, 8, 11, 13);

    private final SplittableRandom random;
    private final RandomWords words;
    private final ShellKind kind;
    private final boolean sequence;

    /** Whether {@code set -x} may occur; then only one process runs at a time, as each writes its own trace. */
    private final boolean traced;

    private int depth;
    private boolean inSubshell;

    /**
     * @param sequence whether the shell persists and further programs may follow
     */
    ProgramGrammar(SplittableRandom random, ShellKind kind, boolean sequence) {
        this.random = random;
        this.words = new RandomWords(random);
        this.kind = kind;
        this.sequence = sequence;
        this.traced = random.nextInt(4) == 0;
    }

    ShellProgram program() {
        ShellProgram program;
        do {
            program = anyProgram();
        } while (isTooLong(program.text())
                || (traced ? RandomTokens.startsProcesses(program.text()) : program.text().contains("set -x")));
        return program;
    }

    /** One argument may have at most 128 KiB, and the reference shell's argument contains a text twice. */
    private static boolean isTooLong(String text) {
        return ShellWord.quote(text).getBytes(StandardCharsets.UTF_8).length > 50_000;
    }

    private ShellProgram anyProgram() {
        List<String> parts = new ArrayList<>();
        inSubshell = false;
        if (random.nextInt(6) == 0) {
            parts.addAll(RandomTokens.draw(random));
        } else if (!sequence && random.nextInt(20) == 0) {
            parts.add("trap 'echo bye " + random.nextInt(9) + "' EXIT\necho " + ShellWord.quote(words.content())
                    + "\nexit " + random.nextInt(256));
        } else {
            for (int i = random.nextInt(1, MAX_STATEMENTS); i > 0; i--) {
                parts.add(part());
            }
        }
        String stdin = random.nextInt(4) == 0 ? words.content() + "\nline 2 \\\n" + words.content() : "";
        return new ShellProgram(parts, stdin);
    }

    private String part() {
        return switch (random.nextInt(24)) {
            case 0 -> broken();
            case 1 -> words.oneOf(List.of("\n", "\n\n\n", " ", "\t", "# it's a comment }\n", "# c \\\n", "\\\n", "\r\n",
                    ";", ": # \u001e\n"));
            case 2 -> ending() + end();
            case 3 -> bulk() + end();
            case 4 -> statement() + "\r\n";
            default -> statement() + end();
        };
    }

    private String end() {
        return words.oneOf(List.of("\n", "\n", "\n", "\n\n", " # it's\n", " \\\n\n", " && \n:\n"));
    }

    /** A part after which the state of the parser is unknown. */
    private String broken() {
        // The parts that follow may be in a subshell.
        inSubshell = true;
        return words.oneOf(List.of("'", "\"", "`", "$(", "${", "$((", "(", ")", "{ ", "} ", "if true; then ", "fi\n",
                "done\n", "esac\n", "case a in ", "case a in a) ", "for i in a b; do ", "while false; do ", "cat <<E\n",
                "cat <<'E'\nE", "cat <<-\"E\"\n\t", "&& ", "|| ", "| | ", ";; ", "\\", "<", ">&", "f() ", "! ",
                "cat <<A <<B\na\nA\n", "echo ${v", "echo $((1 + ", "echo \"$(echo '", "2>&", "for ", "case ", "then\n",
                "in\n", "]] ", "[[ ", "0</nowhere ", "cat <<E; echo `\n"));
    }

    /** A statement that may end the shell. */
    private String ending() {
        if (!inSubshell && random.nextInt(4) == 0) {
            return words.oneOf(List.of("kill -9 $$", "kill $$", "kill -HUP $$"));
        }
        return words.oneOf(List.of("exit 3", "exit", "exit 255", "exec true", "exec sh -c 'exit 4'",
                "exec /no/such/command", "return 5", "return", "set -e; (exit 6)", "set -e; false || (exit 7)", "break",
                "continue 2", "set -e; if false; then :; fi; echo lives", "exec 1>&-; exit 8", "(exit 9)",
                "exec /bin/sh -c 'echo \"$0\"; exit 1' x", "false; exit"));
    }

    /** Very long lines, or very many lines. */
    private String bulk() {
        String content = words.content();
        return switch (random.nextInt(5)) {
            case 0 -> "printf '%s' " + ShellWord.quote(content.repeat(random.nextInt(1, 3_000))) + " | wc -c";
            case 1 -> ("echo " + words.word() + "\n").repeat(random.nextInt(1, 90)) + ":";
            case 2 -> "cat <<'E'\n" + (content + "\n").repeat(random.nextInt(1, 400)) + "E\n";
            case 3 -> "# " + "x".repeat(random.nextInt(8_000, 9_000)) + "\n" + statement();
            default -> "v=" + ShellWord.quote(content.repeat(random.nextInt(1, 2_000)))
                    + "; printf '%s' \"$v\" | od -An -tx1 2>/dev/null | tail -n 3";
        };
    }

    private String statement() {
        depth++;
        try {
            return depth < 4 && random.nextInt(3) == 0 ? compound() : simple();
        } finally {
            depth--;
        }
    }

    private String compound() {
        int form = random.nextInt(14);
        boolean outer = inSubshell;
        inSubshell |= IN_SUBSHELL.contains(form);
        String body = statement();
        inSubshell = outer;
        return switch (form) {
            case 0 -> "if " + simple() + "\nthen " + body + "\nelse " + statement() + "\nfi";
            case 1 -> "for i in " + words.words() + "; do\n" + body + "\ndone";
            case 2 -> "case " + words.word() + " in\n  *b*) " + body + "\n;;\n  *) " + statement() + "\n;; esac";
            case 3 -> "n=; while :; do case $n in xx) break ;; esac; n=x$n\n" + body + "\ndone";
            case 4 -> "{ " + body + "\n}";
            case 5 -> "(" + body + "\n)";
            case 6 -> "f() {\n" + body + "\nreturn " + random.nextInt(256) + "\n}\nf " + words.words();
            case 7 -> "{ " + body + "\n} & wait; :";
            case 8 -> "(" + body + "\n) & wait \"$!\"; echo $?";
            case 9 -> "{ " + body + "\n} " + redirection();
            case 10 -> "eval " + ShellWord.quote(body);
            case 11 -> "{ " + body + "\n} 2>/dev/null | cat";
            case 12 -> "! {\n" + body + "\n}";
            default -> "x=$(" + body + "\n); echo \"<$x>\"";
        };
    }

    private String redirection() {
        return words.oneOf(List.of(">f1", "2>f1", ">f1 2>&1", ">&2", "2>&1", ">/dev/null", "2>/dev/null", ">&-", "2>&-",
                "<&-", "</dev/null", "<<E\nin\n$v\nE\n", "</no/such/file", ">/no/such/file", "3>&1 >&2 2>&3 3>&-",
                ">>f1", "6>f2", "9>&1", "1>&2 2>&-"));
    }

    private String simple() {
        return switch (random.nextInt(18)) {
            case 0, 1, 2 -> "echo " + words.words();
            case 3 -> "printf '<%s>\\n' " + words.words();
            case 4 -> "printf '" + words.escapes() + "'" + words.oneOf(List.of("", traced ? "; echo >&2" : " >&2"));
            case 5 -> "echo " + words.words() + " " + redirection();
            case 6 -> assignment();
            case 7 -> option();
            case 8 -> heredoc();
            case 9 -> definition();
            case 10 -> signalling();
            case 11, 12 -> files();
            case 13 -> reading();
            case 14 -> words.oneOf(List.of("true", "false", ":", "(exit " + random.nextInt(256) + ")", "test a = b",
                    "[ -e f1 ]", "no-such-command " + words.word(), "/etc/passwd", "/no/such/program", "shift 3",
                    "unset v", "wait", "jobs", "times >/dev/null", "umask", "type echo",
                    "sh -c 'echo child >&2; exit 3'", "command echo a", "command no-such-command", "exec", "echo $?",
                    "export v; sh -c 'echo \"$v\"'"));
            case 15 -> descriptors();
            case 16 -> "echo " + words.word() + " | tr a-c x-z";
            default -> failing();
        };
    }

    private String assignment() {
        String value = words.word();
        return switch (random.nextInt(8)) {
            case 0 -> "IFS=" + words.oneOf(List.of("x", "''", "0123456789", "' '", "a", "\\'", "\"\u001e\"", "/"))
                    + "; printf '[%s]' $v";
            case 1 -> "export " + words.name() + "=" + ShellWord.quote(words.content());
            case 2 -> "PATH=" + words.oneOf(List.of("", "/nowhere", "/bin", "$PATH:/tmp"))
                    + "; cat </dev/null; echo $?";
            case 3 -> "export LC_ALL=" + words.oneOf(List.of("C", "C.UTF-8", "POSIX"));
            case 4 -> words.oneOf(List.of("PS4='+ '", "PS1=x PS2=y", "PWD=/nowhere", "HOME=/tmp", "unset PWD",
                    "OPTIND=1", "unset PATH", "MAIL=/tmp/m", "ENV=/x", "SHELL=/x", "unset IFS", "readonly r"
                    + random.nextInt(3) + "=1"));
            default -> words.name() + "=" + value;
        };
    }

    private String option() {
        List<String> options = List.of("set -e", "set -u", "set -x", "set +x", "set -f", "set +f", "set -a", "set -C",
                "set +e", "set -m", "set -b", "set -- a 'b c'", "set --", "set -o noglob", "set -o nosuchoption",
                "umask 027", "set -h", "set +u", "cd -P .");
        List<String> bash = List.of("set -o posix", "shopt -s expand_aliases", "set -E", "set -T",
                "shopt -s nullglob", "set -B", "set +o posix", "shopt -s lastpipe", "set -P",
                "shopt -s extglob");
        return words.oneOf(kind == ShellKind.BASH && random.nextBoolean() ? bash : options);
    }

    private String heredoc() {
        String quote = words.oneOf(List.of("E", "'E'", "\"E\"", "\\E"));
        String body = random.nextInt(4) == 0 ? "$v `echo b` \\$x $((1 + 1)) it's \"\n"
                : words.content().replaceAll("[$`]", "") + "\n";
        return words.oneOf(List.of("cat <<" + quote + "\n" + body + "E\n", "cat <<-" + quote + " >&2\n\t" + body
                + "\tE\n", "cat <<" + quote + "; echo after\n" + body + "E\n",
                "while read -r l; do echo \"<$l>\"; done <<" + quote + "\n" + body + "E\n"));
    }

    private String definition() {
        List<String> names = new ArrayList<>(List.of("f", "printf", "echo", "true", "cd", "test", "kill", "cat",
                "umask"));
        if (kind == ShellKind.BASH) {
            names.addAll(List.of("eval", "exit", "set", "trap", "export", "[", "return", "exec", ".", "unset"));
        }
        String name = words.oneOf(names);
        return switch (random.nextInt(5)) {
            case 0 -> "alias " + words.oneOf(List.of("e='echo alias'", "eval='echo E'", "printf='echo P'",
                    "command='echo C'", "exit='echo X'")) + "\n"
                    + words.oneOf(List.of("e x", "alias e", ":", "printf x", "unalias -a"));
            case 1 -> "unset -f " + name;
            default -> name + "() { /bin/echo function " + random.nextInt(9) + "; }; " + name;
        };
    }

    private String signalling() {
        if (inSubshell) {
            // A signal from a child to its shell would make the result depend on timing.
            return "trap 'echo' USR1; trap";
        }
        String signal = words.signal();
        return words.oneOf(List.of("trap 'echo got " + signal + "' " + signal + "; kill -" + signal + " $$; echo after",
                "trap '' " + signal + "; kill -" + signal + " $$; echo after", "trap - " + signal, "trap",
                subshellTrap(), "sh -c 'kill -9 $$'; echo $?", "sh -c 'kill -TERM $$'; echo $?",
                "sleep 2 & \\command kill -9 \"$!\"; wait \"$!\" 2>/dev/null; echo $?", "trap 'echo' " + signal
                + "; trap"));
    }

    /** Without a trap in busybox, which runs a subshell's EXIT trap after restoring the streams of the shell. */
    private String subshellTrap() {
        return kind == ShellKind.BUSYBOX ? "(echo in)" : "(trap 'echo sub' EXIT; echo in)";
    }

    private String files() {
        String name = ShellWord.quote("f" + words.oneOf(List.of("1", "2", " 3", "\n", "\u00e9", "*", "'", "\u001e")));
        return words.oneOf(List.of("echo " + words.word() + " >" + name, "cat " + name, "cat <" + name, "rm -f " + name,
                "echo *", "printf '%s\\n' *", "cd /tmp", "cd /", "cd /work", "cd /nowhere", "cd", "cd -", "pwd",
                "mkdir -p d" + name + " && cd d" + name, "cd ..", "pwd -P", "[ -s " + name + " ]",
                "echo 'echo sourced; return 6' >s; . ./s", "echo 'echo sourced; exit 6' >s; (. ./s)", "ls",
                "mkdir gone; cd gone; rmdir ../gone; echo in", "echo 'echo \"it' >s; (. ./s)"));
    }

    private String reading() {
        return words.oneOf(List.of("cat", "read -r v; echo \"$? <$v>\"", "read v w; echo \"<$v> <$w>\"",
                "while read -r l; do echo \"<$l>\"; done", "wc -c", "head -n 1", "echo a b | read v w",
                "echo a b | { read -r v w; echo \"$w\"; }", "cat & wait; :", "cat </etc/hostname >/dev/null",
                "od -An -tx1", "sh -c cat", "sh", "exec </dev/null"));
    }

    private String descriptors() {
        return words.oneOf(List.of("exec >f1", "exec 2>f2", "exec 2>&1", "exec >&2", "exec 1>&-", "exec 2>&-",
                "exec <&-", "exec 3>&1; echo three >&3", "exec 4>f4 6>&1 9>f9", "exec 3>&- 4>&- 5>&- 6>&- 9>&-",
                "exec </etc/passwd; read -r l; echo \"$l\"", "echo x >&9", "echo x >&5", "(echo x >&7)",
                "(echo x >&8) 2>/dev/null; echo $?", "read x <&5; echo $?", "exec 5</dev/null",
                "echo err >>/dev/stderr", "echo out >>/dev/stdout", "exec 1<&2"));
    }

    /** Errors that end some shells but not others. */
    private String failing() {
        return words.oneOf(List.of("echo ${v?is not set}", "echo $((1 / 0))", "echo $((a b))", "echo ${v!bad}",
                "readonly r=1; r=2", "unset r; r=3", "export 1=2", ". /no/such/file", "eval 'echo \"open'",
                "eval 'if'", "trap x NOSUCHSIGNAL", "shift 99", "cd /nowhere || exit 2", "getopts", "kill -0 999999",
                "wait 999999", "umask 999", "exec 99>&98", "read 1x", "unset 1x", "test a b c d e", "return x",
                "exit x", "break x", "type no-such-command", "command -v no-such-command", "alias no-such-alias",
                "printf %d x", "ulimit -x", "fg", "bg", "f() { local v=1; echo $v; }; f"));
    }
}
