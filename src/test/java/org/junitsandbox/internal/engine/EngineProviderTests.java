package org.junitsandbox.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.engine.EngineException.Fault;

class EngineProviderTests {

    @Test
    void findsTheDefaultProviderByItsName() throws EngineException {
        assertThat(EngineProvider.named(EngineProvider.DEFAULT).name()).isEqualTo("docker");
    }

    @Test
    void listsTheProvidersThereAreForAnUnknownName() {
        assertThatThrownBy(() -> EngineProvider.named("rowboat"))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNAVAILABLE))
                .hasMessage("No kind of container engine is called \"rowboat\": the class path has [docker]. If the"
                        + " library was repackaged, keep its"
                        + " META-INF/services/org.junitsandbox.internal.engine.EngineProvider.");
    }
}
