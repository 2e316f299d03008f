package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxPathTests {

    @ParameterizedTest
    @CsvSource({
        "d, /work/d",
        "./d/, /work/d",
        "../tmp//x, /tmp/x",
        "d/../../.., /",
        "'', /work",
        ".., /",
        "/tmp/./x, /tmp/x",
        "-d, /work/-d",
        "..., /work/..."
    })
    void entersADirectoryAsCdDoes(String path, String expected) {
        assertThat(SandboxPath.enter("/work", path)).isEqualTo(expected);
    }
}
