package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.shell.CommandResults.output;
import static org.junitsandbox.shell.CommandResults.truncated;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamChecksTests {

    private static final String UNKNOWN = "but that is unknown: stderr was truncated, and only the first 4 of 9"
            + " bytes were kept. Let the command write less, or raise the sandbox's output limit.";

    private final StreamChecks checks = new StreamChecks("stderr", truncated("abc\n", 9), Secrets.NONE);

    static Stream<Function<StreamChecks, Check>> failsWhatNeedsAllOutputWhereSomeWasDropped() {
        return Stream.of(
                stream -> stream.is("abc\n"),
                stream -> stream.is("xyz\n"),
                stream -> stream.isBytes(new byte[] {'a', 'b', 'c', '\n'}),
                stream -> stream.hasLines("abc"),
                stream -> stream.matches("abc\n"),
                stream -> stream.matches("xyz"),
                stream -> stream.contains("abc", "xyz"),
                stream -> stream.doesNotContain("xyz"),
                StreamChecks::isComplete);
    }

    @ParameterizedTest
    @MethodSource
    void failsWhatNeedsAllOutputWhereSomeWasDropped(Function<StreamChecks, Check> check) {
        assertThat(check.apply(checks).found()).isEqualTo(UNKNOWN);
    }

    @Test
    void trustsWhatIsInTheKeptPart() {
        assertThat(checks.contains("abc").found()).isNull();
        assertThat(checks.doesNotContain("abc").found()).isEqualTo("but it is found");
    }

    @Test
    void distinguishesOutputOfWhichNothingWasKeptFromNone() {
        assertThat(new StreamChecks("stdout", truncated("", 1), Secrets.NONE).isEmpty())
                .isEqualTo(new Check("no stdout", "but the command wrote 1 byte to it", null));
    }

    @Test
    void countsALineFeedAsOutput() {
        assertThat(new StreamChecks("stdout", output("\n"), Secrets.NONE).isEmpty().found()).isNotNull();
        assertThat(new StreamChecks("stdout", output(""), Secrets.NONE).isEmpty().found()).isNull();
    }

    @Test
    void findsWhatWasNotTruncatedComplete() {
        assertThat(new StreamChecks("stdout", output("abc"), Secrets.NONE).isComplete().found()).isNull();
    }
}
