package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.spec.SandboxSpec;

/** What is refused in annotations and configuration parameters, and how the message names its place. */
class SandboxDeclarationErrorTests {

    @Sandbox
    private static class Nothing {}

    @Sandbox(
            image = "busybox",
            name = "db",
            setup = {"one", "two"},
            environment = {"A=1", "B=x"})
    private static class Far {}

    @Sandbox(image = "nearer", limits = @Limits(memory = "1GiB"), environment = "A=2", setup = "other")
    private static class Nearer {}

    @Sandbox(image = "busybox", dockerfile = "Dockerfile")
    private static class TwoBases {}

    @Test
    void refusesAnImageAndADockerfileInOnePlace() {
        assertMisuse(() -> declared(TwoBases.class))
                .withMessage("Both an image and a Dockerfile in one place: \"busybox\" (image of @Sandbox on class"
                        + " TwoBases),"
                        + " \"Dockerfile\" (dockerfile of @Sandbox on class TwoBases). Leave one of them out.");
        assertMisuse(() -> configured(Map.of("sandbox.image", "a", "sandbox.dockerfile", "b")))
                .withMessageContaining("configuration parameter sandbox.image");
    }

    @Sandbox(image = "busybox", limits = @Limits(memory = "256 Mb2"))
    private static class BadSize {}

    @Sandbox(image = "busybox", limits = @Limits(commandTime = "soon"))
    private static class BadTime {}

    @Sandbox(image = "busybox", limits = @Limits(processes = 2))
    private static class FewProcesses {}

    @Sandbox(image = "busybox", shell = "bash")
    private static class RelativeShell {}

    @Sandbox(image = "busybox", environment = "1A=x")
    private static class BadVariable {}

    @Sandbox(image = "busybox", user = " ")
    private static class BlankUser {}

    @Sandbox(image = " ")
    private static class BlankImage {}

    @Test
    void namesTheElementAndThePlaceOfABadValue() {
        assertMisuse(BadSize.class)
                .withMessageStartingWith("limits.memory of @Sandbox on class BadSize: \"256 Mb2\" is not a size:");
        assertMisuse(BadTime.class)
                .withMessageStartingWith("limits.commandTime of @Sandbox on class BadTime: \"soon\" is not a");
        assertMisuse(FewProcesses.class)
                .withMessageStartingWith("limits.processes of @Sandbox on class FewProcesses: processes is 2: ");
        assertMisuse(RelativeShell.class).withMessageStartingWith("shell of @Sandbox on class RelativeShell: ");
        assertMisuse(BadVariable.class)
                .withMessageStartingWith("environment of @Sandbox on class BadVariable: \"1A\" is not a variable's");
        assertMisuse(BlankUser.class).withMessageStartingWith("user of @Sandbox on class BlankUser: ");
        assertMisuse(BlankImage.class).withMessageStartingWith("image of @Sandbox on class BlankImage: ");
    }

    @Test
    void namesTheConfigurationParameterOfABadValue() {
        assertMisuse(() -> spec(configured(Map.of("sandbox.image", "a", "sandbox.pullPolicy", "often"))))
                .withMessage("configuration parameter sandbox.pullPolicy: \"often\" is not one of"
                        + " [MISSING, ALWAYS, NEVER]");
        assertMisuse(() -> spec(configured(Map.of("sandbox.image", "a", "sandbox.readOnlyRoot", "yes"))))
                .withMessage("configuration parameter sandbox.readOnlyRoot: \"yes\" is neither true nor false");
        assertMisuse(() -> spec(configured(Map.of("sandbox.image", "a", "sandbox.limits.processes", "many"))))
                .withMessage("configuration parameter sandbox.limits.processes: \"many\" is not a whole number");
        assertMisuse(() -> spec(configured(Map.of("sandbox.image", "a", "sandbox.limits.cpus", "all"))))
                .withMessage("configuration parameter sandbox.limits.cpus: \"all\" is not a number");
        assertMisuse(() -> configured(Map.of("sandbox.reset", "never")).reset())
                .withMessage("configuration parameter sandbox.reset: \"never\" is not one of [METHOD, CLASS]");
    }

    @Test
    void refusesConstantsThatStandForNotSetAsConfigurationParameters() {
        assertMisuse(() -> configured(Map.of("sandbox.reset", "DEFAULT")))
                .withMessage("configuration parameter sandbox.reset: \"DEFAULT\" is not one of [METHOD, CLASS]");
        assertMisuse(() -> configured(Map.of("sandbox.profile", "default")))
                .withMessage("configuration parameter sandbox.profile: \"default\" is not one of [UNTRUSTED, TRUSTED]");
        assertMisuse(() -> configured(Map.of("sandbox.pullPolicy", "default")))
                .withMessage("configuration parameter sandbox.pullPolicy: \"default\" is not one of"
                        + " [MISSING, ALWAYS, NEVER]");
        assertMisuse(() -> configured(Map.of("sandbox.limitCheck", "default")))
                .withMessage("configuration parameter sandbox.limitCheck: \"default\" is not one of [REQUIRE, WARN]");
        assertMisuse(() -> configured(Map.of("sandbox.capabilities", "default")))
                .withMessage("configuration parameter sandbox.capabilities: \"default\" is neither true nor false");
    }

    @Sandbox(environment = "A")
    private static class NoAssignment {}

    @Test
    void refusesAVariableWithoutAValue() {
        assertMisuse(() -> declared(NoAssignment.class))
                .withMessage("environment of @Sandbox on class NoAssignment: \"A\" is not of the form \"NAME=value\"");
    }

    @Test
    void suggestsARemedyWhereThereIsNoImage() {
        assertMisuse(Nothing.class)
                .withMessageStartingWith("No image for the sandbox of field A.shell: neither `image` nor `dockerfile`"
                        + " is set there, on its method or its classes, or by a configuration parameter. ")
                .withMessageEndingWith("Write for example @Sandbox(image = \"debian:bookworm-slim\"), or set"
                        + " sandbox.image.");
    }

    @Test
    void namesBothPlacesWhereOneNameHasTwoConfigurations() {
        SandboxDeclaration first = merged(Nearer.class, Far.class);
        SandboxDeclaration second = declared(Far.class);
        try (SandboxLifetime lifetime = new SandboxLifetime(first, "field A.shell", spec(first))) {
            assertMisuse(() -> lifetime.check(second, "method A.b", spec(second)))
                    .withMessageStartingWith(
                            "Two configurations for the sandbox \"db\", one of field A.shell and one of method A.b.")
                    .withMessageContaining("\n  image: \"nearer\" (image of @Sandbox on class Nearer) and \"busybox\"")
                    .withMessageContaining("\n  limits.memory: \"1GiB\"")
                    .withMessageContaining("\n  setup: \"other\" (setup of @Sandbox on class Nearer) and \"one\",")
                    .withMessageContaining("\n  environment.A: \"2\" (environment of @Sandbox on class Nearer) and"
                            + " \"1\"")
                    .matches(failure -> !String.valueOf(failure.getMessage()).contains("runtime"));
            lifetime.check(first, "method A.b", spec(first));
        }
    }

    private static SandboxDeclaration declared(Class<?> type) {
        Sandbox sandbox = Objects.requireNonNull(type.getAnnotation(Sandbox.class));
        return SandboxDeclaration.of(sandbox, "class " + type.getSimpleName());
    }

    private static SandboxDeclaration merged(Class<?>... nearestFirst) {
        return SandboxDeclaration.merge(
                Arrays.stream(nearestFirst).map(SandboxDeclarationErrorTests::declared).toList());
    }

    private static SandboxDeclaration configured(Map<String, String> parameters) {
        return SandboxDeclaration.merge(List.of()).withParameters(key -> Optional.ofNullable(parameters.get(key)));
    }

    private static SandboxSpec spec(SandboxDeclaration declaration) {
        return declaration.spec("field A.shell");
    }

    private static ThrowableAssertAlternative<ExtensionConfigurationException> assertMisuse(Class<?> type) {
        return assertMisuse(() -> spec(declared(type)));
    }

    private static ThrowableAssertAlternative<ExtensionConfigurationException> assertMisuse(
            ThrowingCallable action) {
        return assertThatExceptionOfType(ExtensionConfigurationException.class).isThrownBy(action);
    }
}
