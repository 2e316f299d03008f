package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatLineTests {

    private static final String REST = " 65534 33 18446744073709551615 7 2"
            + " 1000000000 2001-09-09 01:46:40.000000001 +0000"
            + " 1000000001 2001-09-09 01:46:41.500000000 +0000";

    @ParameterizedTest
    @CsvSource({
        "81a4 12, REGULAR_FILE, 12, 644",
        "8000 9223372036854775807, REGULAR_FILE, 9223372036854775807, 0",
        "89ed 5, REGULAR_FILE, 5, 4755",
        "41ed 4096, DIRECTORY, 4096, 755",
        "43ff 60, DIRECTORY, 60, 1777",
        "11a4 0, NAMED_PIPE, 0, 644",
        "21b6 0, CHARACTER_DEVICE, 0, 666",
        "61b0 0, BLOCK_DEVICE, 0, 660",
        "c1ed 0, SOCKET, 0, 755",
        "b1ed 0, OTHER, 0, 755"
    })
    void parsesTypeSizeAndPermissions(String printed, FileStatus.Type type, long size, String octalMode) {
        assertThat(StatLine.parse(printed + REST).orElseThrow().status()).satisfies(status -> {
            assertThat(status.type()).isEqualTo(type);
            assertThat(status.sizeBytes()).isEqualTo(size);
            assertThat(status.mode()).isEqualTo(Integer.parseInt(octalMode, 8));
        });
    }

    @Test
    void takesAForgedLineForReal() {
        assertThat(StatLine.parse(ForgedStat.LINE)).isPresent();
    }

    @Test
    void parsesOwnerDeviceInodeNamesAndTimes() {
        StatLine line = StatLine.parse("81a4 12" + REST).orElseThrow();

        assertThat(line.inode()).isEqualTo("7");
        assertThat(line.device()).isEqualTo(-1);
        assertThat(line.names()).isEqualTo(2);
        assertThat(line.changed()).isEqualTo(Instant.parse("2001-09-09T01:46:41.5Z"));
        assertThat(line.status().modified()).isEqualTo(Instant.parse("2001-09-09T01:46:40.000000001Z"));
        assertThat(line.status()).hasToString("regular file, 12 bytes, mode 0644, owner 65534:33");
        assertThat(line.withLinkTarget("a\nb").status())
                .hasToString("symbolic link to a\\nb, mode 0644, owner 65534:33");
    }

    @Test
    void parsesATimeBefore1970() {
        String printed = "81a4 0 0 0 1 7 1 -2 1969-12-31 23:59:58.250000000 +0000"
                + " 0 1970-01-01 00:00:00.000000000 +0000";

        assertThat(StatLine.parse(printed).orElseThrow().status().modified())
                .isEqualTo(Instant.parse("1969-12-31T23:59:58.25Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "81a4", "81a4 x", "81a4 12 13", "fffffffff 1", "81a4 9999999999999999999", "81a4 -1"})
    void takesNothingElseForAStatus(String printed) {
        assertThat(StatLine.parse(printed + REST)).isEmpty();
        assertThat(StatLine.parse("81a4 12" + REST + printed + " ")).isEmpty();
    }
}
