package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.text.ByteText;

class ListingParserTests {

    private static final String TIMES = " 0 0 1 7 1 0 1970-01-01 00:00:00.000000000 +0000"
            + " 0 1970-01-01 00:00:00.000000000 +0000";
    private static final String FILE = "//81a4 12" + TIMES;

    private final List<String> found = new ArrayList<>();
    private final ListingParser parser = new ListingParser((path, file) -> found.add(path + " = "
            + file.status().type().name() + file.status().linkTarget().map(" to "::concat).orElse("")));

    private static String link(int size) {
        return "//a1ff " + size + TIMES;
    }

    private boolean parse(String listing) {
        byte[] bytes = ByteText.encode(listing);
        parser.accept(bytes, 0, bytes.length);
        return parser.isComplete();
    }

    @Test
    void parsesNamesOfAnyBytes() {
        assertThat(parse("/work/a\nb" + FILE + "\n/work/caf\uDCE9" + FILE + "\n///41ed 60" + TIMES + "\n")).isTrue();

        assertThat(found)
                .containsExactly(
                        "/work/a\nb = REGULAR_FILE", "/work/caf\uDCE9 = REGULAR_FILE", "/ = DIRECTORY");
    }

    @Test
    void takesALineOfAListingInANameForAPartOfTheName() {
        String imitation = "x\n" + FILE.substring(2) + "\n.";

        assertThat(parse("./" + imitation + FILE + "\n")).isTrue();

        assertThat(found).containsExactly("./" + imitation + " = REGULAR_FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'"})
    void parsesTheTargetOfALinkByItsLength(String quote) {
        String target = "y'//\n' -> " + FILE + "//\n";
        String shown = quote + "./n -> '" + quote + " -> " + quote + target + quote;

        assertThat(parse("./n -> '" + link(target.length()) + "//" + shown + "//\n./z" + FILE + "\n")).isTrue();

        assertThat(found).containsExactly("./n -> ' = SYMBOLIC_LINK to " + target, "./z = REGULAR_FILE");
    }

    @Test
    void takesAListingInWhateverPiecesItComes() {
        byte[] bytes = ByteText.encode("./n" + link(2) + "//./n -> gr//\n./z\u00f6" + FILE + "\n");
        IntStream.range(0, bytes.length).forEach(i -> parser.accept(bytes, i, 1));

        assertThat(parser.isComplete()).isTrue();
        assertThat(found).containsExactly("./n = SYMBOLIC_LINK to gr", "./z\u00f6 = REGULAR_FILE");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "./a",
        "./a//",
        "./a//81a4 12\n",
        "./a" + FILE,
        "./a" + FILE + "//./a -> x//\n",
        "./a//a1ff 1" + TIMES + "\n",
        "./a//a1ff 1" + TIMES + "//./b -> x//\n",
        "./a//a1ff 1" + TIMES + "//./a -> xx//\n",
        "./a//a1ff 1" + TIMES + "//'./a' -> x'//\n",
        "./a//a1ff 999999999" + TIMES + "//./a -> x//\n"
    })
    void takesNothingElseForAListing(String listing) {
        assertThat(parse(listing)).isFalse();
        assertThat(parse(listing)).isFalse();
        assertThat(found).isEmpty();
    }

    @Test
    void keepsNoMoreOfWhatIsNoListingThanAPathCanBeLong() {
        byte[] bytes = new byte[1 << 20];
        for (int i = 0; i < 64; i++) {
            parser.accept(bytes, 0, bytes.length);
        }

        assertThat(parser.isComplete()).isFalse();
    }
}
