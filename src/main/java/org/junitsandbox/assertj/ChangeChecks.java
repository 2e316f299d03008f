package org.junitsandbox.assertj;

import java.util.Arrays;
import java.util.List;
import org.junitsandbox.shell.Changes;

/** Checks of what has changed in a sandbox. */
record ChangeChecks(Changes changes) {

    Check nothing() {
        return Check.of(changes.isEmpty(), "no file to change", "but " + count(changes) + list(changes));
    }

    Check only(String... paths) {
        List<String> unchanged = Arrays.stream(paths).filter(path -> changes.under(path).isEmpty()).toList();
        Changes others = changes.except(paths);
        String found = (unchanged.isEmpty() ? "" : "but these did not change:" + DirectoryChecks.list(unchanged))
                + (unchanged.isEmpty() || others.isEmpty() ? "" : "\n")
                + (others.isEmpty() ? "" : "but " + count(others) + " besides" + list(others));
        return Check.of(
                unchanged.isEmpty() && others.isEmpty(),
                "only these files to change:" + DirectoryChecks.list(Arrays.asList(paths)),
                found);
    }

    private static String count(Changes changes) {
        int count = changes.all().size();
        return count == 1 ? "1 file did" : count + " files did";
    }

    private static String list(Changes changes) {
        return ":\n" + changes.toString().indent(2).stripTrailing();
    }
}
