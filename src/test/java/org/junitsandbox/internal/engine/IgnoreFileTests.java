package org.junitsandbox.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of Docker's own documentation. */
class IgnoreFileTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "target         | target, target/a/b.bin      | targets, src/target, a/target/b",
        "/target/       | target, target/a            | src/target",
        "./a//b/../c    | a/c, a/c/d                  | a/b/c",
        "*/temp*        | somedir/temporary.txt, somedir/temp, x/temp/y | temp, a/b/temporary",
        "*/*/temp*      | somedir/subdir/temporary.txt | somedir/temp",
        "temp?          | tempa, tempb                | temp, tempab, a/tempa",
        "**/*.go        | a.go, x/y/b.go              | a.gox",
        "**             | a, a/b                      |",
        "a/**           | a/b, a/b/c                  | a, ab",
        "a/**/b         | a/b, a/x/b, a/x/y/b         | a/xb",
        "*.md,!README.md | other.md                   | README.md, docs/other.md",
        "*.md,!README*.md,README-secret.md | other.md, README-secret.md | README.md",
        "docs,!docs/keep | docs/drop                  | docs/keep, docs/keep/all",
        "[a-c].txt      | a.txt, c.txt                | d.txt, ab.txt",
        "a\\*b          | a*b                         | aab",
        "#comment       |                             | #comment, comment",
        "a.b+(c)        | a.b+(c)                     | aab+(c), a.bb(c)",
    })
    void fitsAsDockerDoes(String lines, String leftOut, String taken) {
        IgnoreFile file = new IgnoreFile(List.of(lines.split(",")));

        assertThat(names(leftOut)).allMatch(file::leavesOut, "is left out");
        assertThat(names(taken)).noneMatch(file::leavesOut);
    }

    private static List<String> names(String text) {
        return text == null ? List.of() : Arrays.stream(text.split(",")).map(String::strip).toList();
    }

    @Test
    void takesEverythingWithoutAnyRule() {
        assertThat(new IgnoreFile(List.of("", "  ", "# nothing", ".", "!")).leavesOut("a")).isFalse();
    }

    @Test
    void refusesALineThatIsNoPattern() {
        assertThatThrownBy(() -> new IgnoreFile(List.of("a[z-a]")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"a[z-a]\" is not a valid pattern");
    }
}
