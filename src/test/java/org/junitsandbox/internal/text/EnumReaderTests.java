package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnumReaderTests {

    private enum Size {
        DEFAULT,
        SMALL,
        LARGE
    }

    private static final Set<Size> CHOICES = EnumSet.of(Size.SMALL, Size.LARGE);

    @ParameterizedTest
    @ValueSource(strings = {"LARGE", "large", "Large"})
    void readsANameInUpperOrLowerCase(String text) {
        assertThat(EnumReader.read(text, CHOICES)).isEqualTo(Size.LARGE);
    }

    @Test
    void refusesWhatIsNoneOfTheChoices() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnumReader.read("default", CHOICES))
                .withMessage("\"default\" is not one of [SMALL, LARGE]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EnumReader.read("", CHOICES))
                .withMessage("\"\" is not one of [SMALL, LARGE]");
    }
}
