package org.junitsandbox.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EffectiveLimitsTests {

    @Test
    void ignoresUnknownLines() {
        EffectiveLimits found =
                EffectiveLimits.parse("\n\nmount\nmount /x\nNoNewPrivs: 1\nsomething\nmemory.max 5\nmemory.max.x y\n");

        assertThat(found.memory()).hasValueSatisfying(memory -> assertThat(memory.value()).isEqualTo(5));
        assertThat(found.mounts()).isEmpty();
        assertThat(found.interfaces()).isEmpty();
    }

    @Test
    void takesForSwapWhatIsLeftOfBothTogether() {
        EffectiveLimits found =
                EffectiveLimits.parse("NoNewPrivs: 1\nmemory.limit_in_bytes 100\nmemory.memsw.limit_in_bytes 250");

        assertThat(found.swap()).hasValue(new Amount(150, "memory.memsw.limit_in_bytes is 250"));
    }

    @Test
    void knowsWhichLimitRefusesForksFirst() {
        assertThat(withProcesses("256", "unlimited").isGroupFirstToRefuseForks()).isTrue();
        assertThat(withProcesses("256", "256").isGroupFirstToRefuseForks()).isTrue();
        assertThat(withProcesses("256", "255").isGroupFirstToRefuseForks()).isFalse();
        assertThat(withProcesses("max", "20").isGroupFirstToRefuseForks()).isFalse();
    }

    private static EffectiveLimits withProcesses(String ofGroup, String ofUser) {
        return EffectiveLimits.parse("NoNewPrivs: 1\npids.max " + ofGroup + "\nMax processes " + ofUser + " " + ofUser);
    }
}
