package org.junitsandbox.shell;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The processes that a shell has started for a background program.
 *
 * <p>The shell reports them in one line with a token that cannot be guessed, and that only commands of the shell itself
 * are given: what other processes write to the same stdout is not taken for it.
 *
 * @param pid the id of the program's own process
 * @param processes that process and those that keep its output, without any that had ended before it was looked at
 */
record StartedProgram(String pid, List<ProcessStatus.Identity> processes) {

    /** Its own process, and one for each stream. */
    private static final int COUNT = 3;

    /**
     * Returns source text that sets a variable to the id of the last process of the background, and to what the kernel
     * reports of it behind its name. A name can hold what a shell would have to quote.
     */
    static String note(String variable) {
        return "own_line=\n"
                + "{ \\command read -r own_line </proc/$!/stat; } 2>/dev/null || \\command :\n"
                + variable + "=\"$! (x)${own_line##*)}\"\n";
    }

    /** Returns source text that reports what the variables hold: by "echo", a command of every shell itself. */
    static String report(String token, String... variables) {
        return "\\command echo \"" + token + "=$" + String.join("/$", variables) + "\"\n";
    }

    /**
     * Finds the report.
     *
     * @return empty if it is missing, or there is another line with its token
     */
    static Optional<StartedProgram> find(String token, String stdout) {
        Matcher report = Pattern.compile(token + "=(\\d{1,9}) ([^\n]*)\n").matcher(stdout);
        List<MatchResult> reports = report.results().toList();
        if (reports.size() != 1) {
            return Optional.empty();
        }
        String[] statuses = (reports.get(0).group(1) + " " + reports.get(0).group(2)).split("/", -1);
        if (statuses.length != COUNT) {
            return Optional.empty();
        }
        List<ProcessStatus.Identity> processes = Arrays.stream(statuses)
                .flatMap(status -> ProcessStatus.parse((status + "\n").getBytes(US_ASCII)).stream())
                .map(ProcessStatus::identity)
                .toList();
        return Optional.of(new StartedProgram(reports.get(0).group(1), processes));
    }
}
