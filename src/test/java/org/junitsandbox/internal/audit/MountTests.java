package org.junitsandbox.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rw,size=65536k | 67108864",
        "size=64m,mode=1777 | 67108864",
        "rw,size=2G,mode=1777 | 2147483648",
        "rw,exec,size=4096,mode=1777 | 4096",
    })
    void readsASizeFromItsOptions(String options, long bytes) {
        assertThat(new Mount("tmpfs", options).sizeBytes()).hasValue(bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"rw", "rw,size=50%", "rw,nosize=1", "size=99999999999999999999"})
    void readsNoSizeFromOtherOptions(String options) {
        assertThat(new Mount("tmpfs", options).sizeBytes()).isEmpty();
    }
}
