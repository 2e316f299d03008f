package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileStatusTests {

    @ParameterizedTest
    @CsvSource({
        "81a4 12, REGULAR_FILE, 12, 644",
        "8000 9223372036854775807, REGULAR_FILE, 9223372036854775807, 0",
        "89ed 5, REGULAR_FILE, 5, 4755",
        "41ed 4096, DIRECTORY, 4096, 755",
        "43ff 60, DIRECTORY, 60, 1777",
        "a1ff 7, SYMBOLIC_LINK, 7, 777",
        "11a4 0, OTHER, 0, 644",
        "21b6 0, OTHER, 0, 666",
        "61b0 0, OTHER, 0, 660",
        "c1ed 0, OTHER, 0, 755"
    })
    void parsesTypeSizeAndPermissionsFromStat(String printed, FileStatus.Type type, long size, String octalMode) {
        assertThat(FileStatus.parse(printed + "\n"))
                .contains(new FileStatus(type, size, Integer.parseInt(octalMode, 8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "81a4", "81a4 x", "81a4 12 13", "fffffffff 1", "81a4 9999999999999999999", "81a4 -1"})
    void takesNothingElseForAStatus(String printed) {
        assertThat(FileStatus.parse(printed)).isEmpty();
    }
}
