package org.junitsandbox.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveLimitsTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "rw,size=65536k | 67108864",
        "size=64m,mode=1777 | 67108864",
        "rw,size=2G,mode=1777 | 2147483648",
        "rw,exec,size=4096,mode=1777 | 4096",
    })
    void readsASizeOutOfMountOptions(String options, long bytes) {
        assertThat(EffectiveLimits.size(options)).hasValue(bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"rw", "rw,size=50%", "rw,nosize=1", "size=99999999999999999999"})
    void readsNoSizeOutOfOtherOptions(String options) {
        assertThat(EffectiveLimits.size(options)).isEmpty();
    }

    @Test
    void linesThatItDoesNotKnowDoNotDisturbIt() {
        EffectiveLimits found =
                EffectiveLimits.parse("\n\nmount\nmount /x\nNoNewPrivs: 1\nsomething\nmemory.max 5\nmemory.max.x y\n");

        assertThat(found.memory()).hasValueSatisfying(memory -> assertThat(memory.value()).isEqualTo(5));
        assertThat(found.mounts()).isEmpty();
        assertThat(found.interfaces()).isEmpty();
    }

    @Test
    void swapIsWhatIsLeftOfBothTogether() {
        EffectiveLimits found =
                EffectiveLimits.parse("NoNewPrivs: 1\nmemory.limit_in_bytes 100\nmemory.memsw.limit_in_bytes 250");

        assertThat(found.swap()).hasValue(new EffectiveLimits.Amount(150, "memory.memsw.limit_in_bytes is 250"));
    }
}
