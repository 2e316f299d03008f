package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A change of what users can call shows in review, as a change of a file. */
class PublicSurfaceTests {

    private static final Path FILE = Path.of("src/test/resources/org/junitsandbox/public-surface.txt");

    private static final String UPDATE = "sandbox.test.updatePublicSurface";

    @Test
    void agreesWithTheFile() throws Exception {
        List<String> found = PublicSurface.lines();
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(FILE.getParent());
            Files.write(FILE, found);
        }

        List<String> difference = difference(Files.readAllLines(FILE), found);

        assertThat(difference)
                .withFailMessage(() -> "The public types and members are not those of " + FILE
                        + ". If that is intended, update the file and commit it:\n  mvn -B test -Dtest="
                        + getClass().getSimpleName() + " -D" + UPDATE + "=true\nMissing (-) and new (+):\n"
                        + String.join("\n", difference))
                .isEmpty();
    }

    private static List<String> difference(List<String> expected, List<String> found) {
        List<String> difference = new ArrayList<>();
        List<String> before = withTypes(expected);
        List<String> now = withTypes(found);
        before.stream().filter(line -> !now.contains(line)).map("- "::concat).forEach(difference::add);
        now.stream().filter(line -> !before.contains(line)).map("+ "::concat).forEach(difference::add);
        return difference;
    }

    /** Puts the line of its type before each member. */
    private static List<String> withTypes(List<String> lines) {
        List<String> all = new ArrayList<>();
        String type = "";
        for (String line : lines) {
            boolean isMember = line.startsWith(" ");
            type = isMember ? type : line;
            all.add(isMember ? type + ": " + line.strip() : line);
        }
        return all;
    }
}
