package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.engine.EngineProvider;
import org.junitsandbox.spec.LimitCheck;
import org.junitsandbox.spec.SandboxSpec;

/** The table of settings, beside the annotations and the public constants. */
class SettingTests {

    private static final List<String> NO_SETTINGS = List.of(
            SandboxParameters.ENGINE,
            SandboxParameters.POOL_SPARES,
            SandboxParameters.POOL_MAX,
            SandboxParameters.REQUIRED);

    @Test
    void hasOneSettingForEachElementOfTheAnnotations() {
        Stream<String> ofSandbox = Arrays.stream(Sandbox.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> !name.equals("limits"));
        Stream<String> ofLimits =
                Arrays.stream(Limits.class.getDeclaredMethods()).map(method -> "limits." + method.getName());

        assertThat(Setting.values())
                .filteredOn(setting -> !Set.of(
                                Setting.SETUP_NETWORK, Setting.SETUP_MAX_AGE, Setting.KEEP_FILES_MAX)
                        .contains(setting))
                .extracting(Setting::element)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(ofSandbox, ofLimits).toList());
    }

    @Test
    void namesConfigurationParametersByTheirElements() {
        assertThat(Setting.values()).allSatisfy(setting -> assertThat(
                        setting.parameter().orElse("sandbox." + setting.element()))
                .isEqualTo("sandbox." + setting.element()));
        assertThat(Setting.values())
                .filteredOn(setting -> setting.parameter().isEmpty())
                .containsExactlyInAnyOrder(
                        Setting.NAME, Setting.SETUP, Setting.FILES, Setting.ENVIRONMENT, Setting.INIT);
    }

    @Test
    void hasAPublicConstantForEachConfigurationParameter() throws IllegalAccessException {
        Stream<String> parameters =
                Arrays.stream(Setting.values()).map(Setting::parameter).flatMap(Optional::stream);

        assertThat(publicConstants())
                .containsExactlyInAnyOrderElementsOf(Stream.of(
                                parameters,
                                NO_SETTINGS.stream(),
                                EngineProvider.all().stream().flatMap(engine -> engine.settings().stream()))
                        .flatMap(names -> names)
                        .toList());
    }

    @Test
    void appliesASettingThatIsSetToItsDefault() {
        SandboxSpec spec = SandboxSpec.of("busybox");

        assertThat(Setting.LIMIT_CHECK.read("require", "a parameter").applyTo(spec))
                .isEqualTo(spec.limitCheck(LimitCheck.REQUIRE));
        assertThat(Setting.NETWORK.read("default", "a parameter").applyTo(spec).profile().network()).isNull();
    }

    private static List<String> publicConstants() throws IllegalAccessException {
        List<String> constants = new ArrayList<>();
        for (Field field : SandboxParameters.class.getFields()) {
            assertThat(Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())).isTrue();
            constants.add((String) field.get(null));
        }
        return constants;
    }
}
