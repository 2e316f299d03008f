package org.junitsandbox.shell.attacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapGrowthTests {

    private static final int MIB = 1 << 20;
    private static final int PEAK_LIMIT_MIB = (int) (HeapGrowth.PEAK_LIMIT_BYTES / MIB);

    @Test
    void findsWhatWasInUseAtACollectionInBetween() throws Exception {
        try (HeapGrowth growth = new HeapGrowth()) {
            List<byte[]> inUse = new ArrayList<>();
            for (int i = 0; i < PEAK_LIMIT_MIB + 32; i++) {
                inUse.add(new byte[MIB]);
            }
            System.gc();
            assertThat(inUse).hasSize(PEAK_LIMIT_MIB + 32);
            inUse.clear();
            assertThatThrownBy(growth::assertBounded).hasMessageContaining("peak growth");
        }
    }

    @Test
    void findsWhatIsStillInUse() throws Exception {
        try (HeapGrowth growth = new HeapGrowth()) {
            byte[] inUse = new byte[48 * MIB];
            assertThatThrownBy(growth::assertBounded).hasMessageContaining("growth of the heap in bytes");
            assertThat(inUse).hasSize(48 * MIB);
        }
    }

    @Test
    void doesNotCountGarbage() throws Exception {
        try (HeapGrowth growth = new HeapGrowth()) {
            int sum = 0;
            for (int i = 0; i < 4 * PEAK_LIMIT_MIB; i++) {
                sum += new byte[MIB].length;
            }
            assertThat(sum).isEqualTo(4 * PEAK_LIMIT_MIB * MIB);
            assertThatCode(growth::assertBounded).doesNotThrowAnyException();
        }
    }
}
