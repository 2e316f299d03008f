package org.junitsandbox.shell.residue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junitsandbox.harness.OwnUser;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;

/** Looks at a sandbox from inside for all that an earlier use of its container can have left. */
final class Probe {

    private static final String SOURCE = new String(resource("probe.sh"), UTF_8);

    private Probe() {}

    static byte[] resource(String name) {
        try (InputStream resource = Probe.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(resource, name).readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns what it finds, the same lines in every new sandbox of a kind: their users count as the same. */
    static List<String> run(Shell shell) {
        CommandResult result = shell.run(SOURCE);
        return Stream.concat(result.stdout().lines(), result.stderr().lines().map("stderr "::concat))
                .map(OwnUser::hidden)
                .toList();
    }

    /** Returns the lines that only one of the two has. */
    static List<String> differences(List<String> known, List<String> found) {
        return Stream.concat(
                        without(found, known).map("now: "::concat), without(known, found).map("no more: "::concat))
                .toList();
    }

    /** Returns the line of a difference. */
    static String lineOf(String difference) {
        return difference.substring(difference.indexOf(": ") + 2);
    }

    private static Stream<String> without(List<String> lines, List<String> others) {
        List<String> left = new ArrayList<>(lines);
        others.forEach(left::remove);
        return left.stream();
    }
}
