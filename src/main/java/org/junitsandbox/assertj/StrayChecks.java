package org.junitsandbox.assertj;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junitsandbox.shell.StrayFile;

/** Checks of what commands did beyond the directories that they were to stay in. */
final class StrayChecks {

    private static final int MAX_SHOWN = 20;

    private StrayChecks() {}

    static Check none(List<StrayFile> files, String... directories) {
        int count = files.size();
        String shown = files.stream().limit(MAX_SHOWN).map(file -> "\n  " + file).collect(Collectors.joining());
        return Check.of(
                count == 0,
                "all changes to stay inside:" + DirectoryChecks.list(Arrays.asList(directories)),
                "but " + (count == 1 ? "1 does not:" : count + " do not:") + shown
                        + (count > MAX_SHOWN ? "\n  and " + (count - MAX_SHOWN) + " more" : ""));
    }
}
