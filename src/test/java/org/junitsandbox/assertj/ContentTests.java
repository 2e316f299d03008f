package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContentTests {

    private static final byte[] NOT_UTF_8 = {'a', (byte) 0xFF};
    private static final String AS_IT_SHOWS = "a\uFFFD";

    @Test
    void comparesTextWithNothingTrimmed() {
        assertThat(of("one\n").is("one\n").found()).isNull();
        assertThat(of("one\n").is("one"))
                .isEqualTo(new Check(
                        "stdout to be:\n  \"one\"",
                        "but it was:\n  \"one\\n\"\nFrom index 3 on (line 1), expected the end but found \"\\n\".",
                        new Check.Diff("one", "one\n")));
        assertThat(of("").is("\n").found()).isNotNull();
        assertThat(of("a\r\n").is("a\n").found()).isNotNull();
    }

    @Test
    void showsTheFirstDifference() {
        assertThat(of("one\ntwo\nthree").is("one\nTwo\n").found())
                .isEqualTo("but it was:\n  \"one\\ntwo\\nthree\"\n"
                        + "From index 4 on (line 2), expected \"Two\\n\" but found \"two\\nthree\".");
    }

    @Test
    void keepsCharactersOfTwoUnitsWholeWhereTextsDiffer() {
        assertThat(of("x\uD83D\uDE00").is("x\uD83D\uDE01").found())
                .endsWith("From index 1 on (line 1), expected \"\uD83D\uDE01\" but found \"\uD83D\uDE00\".");
    }

    @Test
    void equatesBytesThatAreNotUtf8WithNoText() {
        Content content = new Content("stdout", NOT_UTF_8, Secrets.NONE);

        assertThat(content.is(AS_IT_SHOWS).found())
                .isEqualTo("but it was 2 bytes:\n  61 FF\nFrom byte 1 on, expected EF BF BD but found FF.");
        assertThat(content.hasLines(AS_IT_SHOWS).found()).isEqualTo("but it was not UTF-8:\n  61 FF");
        assertThat(content.contains("\uFFFD").found()).isNotNull();
        assertThat(content.contains("a").found()).isNull();
        assertThat(content.doesNotContain("\uFFFD").found()).isNull();
    }

    @Test
    void takesTheReplacementCharacterItselfAsText() {
        assertThat(of(AS_IT_SHOWS).is(AS_IT_SHOWS).found()).isNull();
        assertThat(of(AS_IT_SHOWS).contains("\uFFFD").found()).isNull();
    }

    @Test
    void distinguishesHalfASurrogatePairFromAQuestionMark() {
        assertThat(of("?").is("\uD800").found()).isNotNull();
        assertThat(of("?").contains("\uD800").found()).isNotNull();
        assertThat(of("?").doesNotContain("\uD800").found()).isNull();
    }

    @Test
    void comparesBytesOneByOne() {
        Content content = new Content("stdout", NOT_UTF_8, Secrets.NONE);

        assertThat(content.isBytes(NOT_UTF_8.clone()).found()).isNull();
        assertThat(content.isBytes(new byte[] {'a', (byte) 0xFF, 0}))
                .isEqualTo(new Check(
                        "stdout to be 3 bytes:\n  61 FF 00",
                        "but it was 2 bytes:\n  61 FF\nFrom byte 2 on, expected 00 but found the end.",
                        null));
        assertThat(content.isBytes(new byte[0]).expectation()).isEqualTo("stdout to be 0 bytes");
    }

    @Test
    void showsSomeOfManyBytes() {
        assertThat(new Content("stdout", new byte[40], Secrets.NONE).isBytes(new byte[0]).found())
                .isEqualTo("but it was 40 bytes:\n  00" + " 00".repeat(31) + " and 8 more\n"
                        + "From byte 0 on, expected the end but found 00" + " 00".repeat(31) + " and 8 more.");
    }

    @Test
    void comparesTheFirstBytes() {
        Content content = new Content("the content of x", new byte[] {1, 2, 3}, Secrets.NONE);

        assertThat(content.startsWith(new byte[] {1, 2}).found()).isNull();
        assertThat(content.startsWith(new byte[] {1, 2, 3}).found()).isNull();
        assertThat(content.startsWith(new byte[] {2}))
                .isEqualTo(new Check(
                        "the content of x to start with 1 byte:\n  02", "but it starts with 01 02 03", null));
        assertThat(content.startsWith(new byte[] {1, 2, 3, 4}).found()).isNotNull();
    }

    @Test
    void requiresEveryTextToBeContained() {
        assertThat(of("one two").contains("two", "one", "").found()).isNull();
        assertThat(of("one two").contains("one", "three", "tw\"o\n"))
                .isEqualTo(new Check(
                        "stdout to contain:\n  \"one\"\n  \"three\"\n  \"tw\\\"o\\n\"",
                        "but these are missing:\n  \"three\"\n  \"tw\\\"o\\n\"",
                        null));
        assertThat(of("one two").contains("three").found()).isEqualTo("but it is missing");
    }

    @Test
    void requiresThatNoTextIsContained() {
        assertThat(of("one two").doesNotContain("three", "four").found()).isNull();
        assertThat(of("one two").doesNotContain("three", "two"))
                .isEqualTo(new Check(
                        "stdout not to contain:\n  \"three\"\n  \"two\"", "but these are found:\n  \"two\"", null));
    }

    @Test
    void matchesAPatternWithTheWholeText() {
        assertThat(of("v12\n").matches("v\\d+\n").found()).isNull();
        assertThat(of("v12\n").matches("v\\d+"))
                .isEqualTo(new Check(
                        "stdout to match the pattern:\n  \"v\\\\d+\"", "but it was:\n  \"v12\\n\"", null));
    }

    @Test
    void acceptsALastLineWithAndWithoutALineFeed() {
        assertThat(of("a\n\nb").hasLines("a", "", "b").found()).isNull();
        assertThat(of("a\n\nb\n").hasLines("a", "", "b").found()).isNull();
        assertThat(of("\n").hasLines("").found()).isNull();
        assertThat(of("").hasLines().found()).isNull();
    }

    @Test
    void distinguishesOtherLines() {
        assertThat(of("a\nb\n\n").hasLines("a", "b"))
                .isEqualTo(new Check(
                        "stdout to be 2 lines:\n  \"a\\nb\"",
                        "but it was 3 lines:\n  \"a\\nb\\n\"\n"
                                + "From index 3 on (line 2), expected the end but found \"\\n\".",
                        new Check.Diff("a\nb", "a\nb\n")));
        assertThat(of("a\r\nb\n").hasLines("a", "b").found()).isNotNull();
        assertThat(of("\n").hasLines().found()).isEqualTo("but it was 1 line:\n  \"\"");
        assertThat(of("").hasLines("").found()).isEqualTo("but it was 0 lines");
        assertThat(of("a\nb").hasLines("a\nb").found()).isEqualTo("but it was 2 lines:\n  \"a\\nb\"");
    }

    @Test
    void showsTheBeginningOfALongText() {
        assertThat(of("a".repeat(201)).is("b").found())
                .isEqualTo("but it was:\n  \"" + "a".repeat(200) + "\", the first 200 of 201 characters\n"
                        + "From index 0 on (line 1), expected \"b\" but found \"" + "a".repeat(40)
                        + "\", the first 40 of 201 characters.");
        assertThat(of("a".repeat(200)).is("b").found()).startsWith("but it was:\n  \"" + "a".repeat(200) + "\"\n");
    }

    private static Content of(String text) {
        return new Content("stdout", text.getBytes(StandardCharsets.UTF_8), Secrets.NONE);
    }
}
