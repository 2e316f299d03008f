package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTests {

    @ParameterizedTest
    @CsvSource({
        "4096, 4096",
        "1B, 1",
        "2KiB, 2048",
        "256MiB, 268435456",
        "1.5 GiB, 1610612736",
        "64kB, 64000",
        "3MB, 3000000",
        "2GB, 2000000000",
        "'  7 mib ', 7340032",
        "0.5KIB, 512",
        "0.000000001B, 1"
    })
    void readsSizesAsWritten(String text, long bytes) {
        assertThat(Units.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "5ns, PT0.000000005S",
        "10us, PT0.00001S",
        "10µs, PT0.00001S",
        "200ms, PT0.2S",
        "30s, PT30S",
        "1.5 s, PT1.5S",
        "2m, PT2M",
        "2MIN, PT2M",
        "1h, PT1H",
        "7d, PT168H",
        "' 0.5 h ', PT30M"
    })
    void readsDurationsAsWritten(String text, Duration duration) {
        assertThat(Units.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "0", "0.0 MiB", "-1", "MiB", "1 TiB", "1s", "1e3", "1.2.3", ".5", "8589934592GiB"})
    void refusesWhatIsNoSizeWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Units.bytes(text))
                .withMessage("\"" + text + "\" is not a size: expected a number with B, KiB, MiB, GiB, kB, MB or GB,"
                        + " for example \"256MiB\", above 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "-1s", "30", "s", "1w", "1MiB", "1 s s", "999999999h"})
    void refusesWhatIsNoDurationWithAnExample(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Units.duration(text))
                .withMessage(
                        "\"" + text + "\" is not a duration: expected a number with ns, us, ms, s, m (or min), h or d,"
                                + " for example \"30s\", above 0");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1 KiB",
        "1025, 1025 B",
        "1536, 1536 B",
        "10240, 10 KiB",
        "268435456, 256 MiB",
        "1073741824, 1 GiB",
        "1099511627776, 1024 GiB"
    })
    void writesASizeWithTheLargestUnitThatLeavesNoFraction(long bytes, String text) {
        assertThat(Units.describe(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0B, 0", "0.0 MiB, 0", "00kb, 0", "1, 1", "0.5 KiB, 512"})
    void readsASizeThatMayBeNothing(String text, long bytes) {
        assertThat(Units.bytesOrNone(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "0 x", "0s", "0."})
    void refusesWhatIsNoSizeNorNothing(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Units.bytesOrNone(text))
                .withMessageEndingWith("for example \"256MiB\", or 0");
    }

    @Test
    void writesADurationInSecondsWithAsManyDigitsAsItNeeds() {
        assertThat(Units.describe(Duration.ofSeconds(30))).isEqualTo("30 s");
        assertThat(Units.describe(Duration.ofMinutes(5))).isEqualTo("300 s");
        assertThat(Units.describe(Duration.ofMillis(250))).isEqualTo("0.25 s");
        assertThat(Units.describe(Duration.ofNanos(1))).isEqualTo("0.000000001 s");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "420, 0 ms",
        "26277261, 26.3 ms",
        "1234567, 1.23 ms",
        "250000000, 250 ms",
        "999400000, 999 ms",
        "1000400000, 1 s",
        "1234000000, 1.23 s",
        "30000000000, 30 s",
        "754321000000, 754 s"
    })
    void roundsADurationThatWasMeasured(long nanos, String text) {
        assertThat(Units.round(Duration.ofNanos(nanos))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1 KiB",
        "1536, 1.5 KiB",
        "4284416, 4.09 MiB",
        "104857600, 100 MiB",
        "5368709120, 5 GiB",
        "9223372036854775807, 8589934592 GiB"
    })
    void roundsASizeThatWasMeasured(long bytes, String text) {
        assertThat(Units.round(bytes)).isEqualTo(text);
    }
}
