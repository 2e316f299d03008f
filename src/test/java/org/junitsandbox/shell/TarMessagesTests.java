package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarMessagesTests {

    private static final String FILES_DIFFER = "tar ended with status 1\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tar: ./sock: socket ignored\n",
                "tar: ./log: file changed as we read it\ntar ended with status 1\n",
                "tar: ./a: File removed before we read it\ntar: .: file changed as we read it\n" + FILES_DIFFER
            })
    void acceptsFilesThatAreInUse(String errors) {
        assertThat(TarMessages.areHarmless(errors)).isTrue();
        assertThat(TarMessages.advice(errors)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tar: ./secret: Cannot open: Permission denied\ntar ended with status 2\n",
                "tar ended with status 2\n",
                "tar ended with status 1\ntar: ./sock: socket ignored\n",
                "tar: ./log: file changed as we read it\ntar ended with status 137\n",
                "sh: tar: not found\ntar ended with status 127\n"
            })
    void refusesEverythingElse(String errors) {
        assertThat(TarMessages.areHarmless(errors)).isFalse();
    }

    @Test
    void refusesAFileThatTarFilledUpWithZeros() {
        String errors = "tar: ./log: File shrank by 17 bytes; padding with zeros\ntar ended with status 1\n";

        assertThat(TarMessages.areHarmless(errors)).isFalse();
        assertThat(TarMessages.advice(errors)).contains("End what writes to this file");
    }
}
