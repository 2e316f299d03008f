package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.shell.Shell;

/** Configuration parameters whose names are misspelt. */
class ParameterNamesTests {

    @TempDir
    Path folder;

    @AfterEach
    void clear() {
        System.clearProperty("sandbox.limits.memmory");
    }

    @ParameterizedTest
    @CsvSource({
        "sandbox.limits.memmory, sandbox.limits.memory",
        "sandbox.limits.open_files, sandbox.limits.openFiles",
        "sandbox.Limits.Memory, sandbox.limits.memory",
        "sandbox.pull-policy, sandbox.pullPolicy",
        "sandbox.readonlyroot, sandbox.readOnlyRoot",
        "sandbox.limits.memroy, sandbox.limits.memory",
        "sandbox.requird, sandbox.required",
        "sandbox.engin, sandbox.engine",
        "sandbox.kubernetes.name-space, sandbox.kubernetes.namespace"
    })
    void suggestsTheNearestName(String misspelt, String meant) throws IOException {
        assertRefused(misspelt)
                .withMessageStartingWith("No configuration parameter is named " + misspelt + " (in file:")
                .withMessageEndingWith("/junit-platform.properties). Did you mean " + meant + "?");
        assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> ParameterNames.checkSystemProperties(Set.of("user.dir", misspelt)))
                .withMessage("No configuration parameter is named " + misspelt + " (a system property). Did you mean "
                        + meant + "?");
    }

    @Test
    void namesTheElementWhereThereIsNoParameter() throws IOException {
        assertRefused("sandbox.setup").withMessageEndingWith("properties). Set `setup` in @Sandbox, as it has none.");
        assertRefused("sandbox.environment")
                .withMessageEndingWith("properties). Set `environment` in @Sandbox, as it has none.");
    }

    @Test
    void namesTheListWhereNothingIsNear() throws IOException {
        assertRefused("sandbox.limits.diskSpeed")
                .withMessageEndingWith("; org.junitsandbox.SandboxParameters lists them all.");
    }

    @Test
    void refusesAnyNameInAGroupOfItsOwn() {
        for (String name : Set.of("sandbox.limits.diskSpeed", "sandbox.kubernetes.moonPhase")) {
            assertThatExceptionOfType(ExtensionConfigurationException.class)
                    .isThrownBy(() -> ParameterNames.checkSystemProperties(Set.of(name)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox.url", "sandbox.mode", "sandbox.test.verbose", "sandboximage", "my.sandbox.imag"})
    void leavesTheSystemPropertiesOfOthersAlone(String name) {
        assertThatNoException().isThrownBy(() -> ParameterNames.checkSystemProperties(Set.of(name)));
    }

    @Test
    void knowsEveryName() {
        Set<String> all = Arrays.stream(Setting.values())
                .map(Setting::parameter)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        all.addAll(Set.of(
                "sandbox.engine", "sandbox.registry", "sandbox.pool.spares", "sandbox.pool.max", "sandbox.required"));

        assertThatNoException().isThrownBy(() -> {
            ParameterNames.checkSystemProperties(all);
            checkFile(all.stream().map(name -> name + "=1\n").collect(Collectors.joining()) + "junit.jupiter.x=1\n");
        });
    }

    @Sandbox(image = "busybox")
    static class Misconfigured {
        @Test
        void one(Shell shell) {}

        @Test
        void another(Shell shell) {}
    }

    @DisabledWithoutEngine
    static class Conditional {
        @Test
        void test() {}
    }

    @Test
    void failsEachTestThatRequestsASandbox() {
        System.setProperty("sandbox.limits.memmory", "1GiB");

        String message = "(a system property). Did you mean sandbox.limits.memory?";
        assertThat(Fixtures.failures(Fixtures.run(Misconfigured.class)))
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure).endsWith(message));
        assertThat(Fixtures.failure(Conditional.class)).contains(message);
    }

    private ThrowableAssertAlternative<ExtensionConfigurationException> assertRefused(String name) throws IOException {
        return assertThatExceptionOfType(ExtensionConfigurationException.class)
                .isThrownBy(() -> checkFile(name + "=x\n"));
    }

    private void checkFile(String content) throws IOException {
        Files.writeString(folder.resolve("junit-platform.properties"), content);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            ParameterNames.checkFile(loader);
        }
    }
}
