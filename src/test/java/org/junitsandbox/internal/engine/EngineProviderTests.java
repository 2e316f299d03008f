package org.junitsandbox.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junitsandbox.spec.EngineChoice;

class EngineProviderTests {

    @Test
    void findsTheDefaultProviderByItsName() {
        assertThat(EngineProvider.named(EngineChoice.DEFAULT_NAME).name()).isEqualTo("docker");
    }

    @Test
    void listsTheProvidersThereAreForAnUnknownName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineProvider.named("rowboat"))
                .withMessage("No kind of container engine is called \"rowboat\": the class path has"
                        + " [docker, kubernetes]."
                        + " If the library was repackaged, keep its"
                        + " META-INF/services/org.junitsandbox.internal.engine.EngineProvider.");
    }
}
