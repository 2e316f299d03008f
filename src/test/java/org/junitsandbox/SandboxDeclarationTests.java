package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.Sandbox.Flag;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.spec.LimitCheck;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.PullPolicy;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** The specs of annotations and configuration parameters. */
class SandboxDeclarationTests {

    @Sandbox
    private static class Nothing {}

    @Sandbox(image = "busybox")
    private static class Busybox {}

    @Sandbox(
            image = "busybox",
            pullPolicy = PullPolicy.NEVER,
            setup = {"one", "two"},
            name = "db",
            reset = Reset.CLASS,
            profile = Sandbox.Profile.TRUSTED,
            user = "1:2",
            network = "host",
            readOnlyRoot = Flag.TRUE,
            capabilities = Flag.FALSE,
            newPrivileges = Flag.FALSE,
            shell = "/bin/bash",
            runtime = "runsc",
            environment = {"A=1", "B=x=y", "C="},
            limitCheck = LimitCheck.WARN,
            recycle = Sandbox.Flag.FALSE,
            limits = @Limits(
                    memory = "100MiB", cpus = 1.5, processes = 20, openFiles = 40, commandTime = "5s", output = "1KiB",
                    work = "1MiB", tmp = "2MiB", input = "3MiB", copyOut = "4MiB"))
    private static class Everything {}

    /** All that configuration parameters can set. */
    private static final SandboxSpec CONFIGURED = SandboxSpec.of("busybox")
            .pullPolicy(PullPolicy.NEVER)
            .profile(Profile.UNTRUSTED.user("1:2").network("host"))
            .limits(ResourceLimits.DEFAULT
                    .memory("100MiB")
                    .cpus(1.5)
                    .processes(20)
                    .openFiles(40)
                    .commandTime(Duration.ofSeconds(5))
                    .output("1KiB")
                    .work("1MiB")
                    .tmp("2MiB")
                    .input("3MiB")
                    .copyOut("4MiB"))
            .shell("/bin/bash")
            .runtime("runsc")
            .limitCheck(LimitCheck.WARN)
            .recycle(false);

    private static final SandboxSpec EVERYTHING = CONFIGURED
            .setup("one", "two")
            .environment("A", "1")
            .environment("B", "x=y")
            .environment("C", "");

    @Test
    void readsEveryElementOfTheAnnotation() {
        SandboxDeclaration everything = declared(Everything.class);

        assertThat(spec(everything)).isEqualTo(EVERYTHING);
        assertThat(everything.name()).isEqualTo("db");
        assertThat(everything.reset()).isEqualTo(Reset.CLASS);
    }

    @Test
    void setsEverySettingOfTheAnnotations() {
        SandboxDeclaration everything = declared(Everything.class);

        assertThat(Setting.values())
                .filteredOn(setting -> !Set.of(Setting.DOCKERFILE, Setting.SETUP_NETWORK).contains(setting))
                .allSatisfy(setting -> assertThat(everything.sets(setting)).isTrue());
    }

    @Test
    void readsConfigurationParameters() {
        Map<String, String> parameters = Map.ofEntries(
                Map.entry("sandbox.image", "busybox"),
                Map.entry("sandbox.pullPolicy", "never"),
                Map.entry("sandbox.reset", "class"),
                Map.entry("sandbox.profile", "trusted"),
                Map.entry("sandbox.user", "1:2"),
                Map.entry("sandbox.network", "host"),
                Map.entry("sandbox.readOnlyRoot", "true"),
                Map.entry("sandbox.capabilities", "false"),
                Map.entry("sandbox.newPrivileges", "false"),
                Map.entry("sandbox.shell", "/bin/bash"),
                Map.entry("sandbox.runtime", "runsc"),
                Map.entry("sandbox.limitCheck", "warn"),
                Map.entry("sandbox.recycle", "false"),
                Map.entry("sandbox.setup.network", "bridge"),
                Map.entry("sandbox.limits.memory", "100MiB"),
                Map.entry("sandbox.limits.cpus", "1.5"),
                Map.entry("sandbox.limits.processes", "20"),
                Map.entry("sandbox.limits.openFiles", "40"),
                Map.entry("sandbox.limits.commandTime", "5s"),
                Map.entry("sandbox.limits.output", "1KiB"),
                Map.entry("sandbox.limits.work", "1MiB"),
                Map.entry("sandbox.limits.tmp", "2MiB"),
                Map.entry("sandbox.limits.input", "3MiB"),
                Map.entry("sandbox.limits.copyOut", "4MiB"));

        SandboxDeclaration configured = configured(parameters);

        assertThat(configured.reset()).isEqualTo(Reset.CLASS);
        assertThat(spec(configured))
                .isEqualTo(CONFIGURED.setupNetwork("bridge"));
    }

    @Test
    void fallsBackToTheDefaultsOfTheLibrary() {
        SandboxDeclaration busybox = merged(Nothing.class, Busybox.class);

        assertThat(spec(busybox)).isEqualTo(SandboxSpec.of("busybox"));
        assertThat(busybox.name()).isEmpty();
        assertThat(busybox.reset()).isEqualTo(Reset.METHOD);
    }

    @Sandbox(image = "nearer", limits = @Limits(memory = "1GiB"), environment = "A=2", setup = "other")
    private static class Nearer {}

    @Test
    void takesEachElementFromTheNearestPlaceThatSetsIt() {
        SandboxSpec spec = spec(merged(Nothing.class, Nearer.class, Everything.class));

        assertThat(spec.base()).isEqualTo(new SandboxSpec.Image("nearer", PullPolicy.NEVER));
        assertThat(spec.limits()).isEqualTo(EVERYTHING.limits().memory("1GiB"));
        assertThat(spec.environment()).containsOnly(Map.entry("A", "2"), Map.entry("B", "x=y"), Map.entry("C", ""));
        assertThat(spec.setup()).containsExactly("other");
        assertThat(spec.profile()).isEqualTo(EVERYTHING.profile());
    }

    @Sandbox(dockerfile = "tools/Dockerfile", setup = "")
    private static class FromDockerfile {}

    @Test
    void letsANearerBaseReplaceOneOfTheOtherKind() {
        Path dockerfile = Path.of("tools/Dockerfile").toAbsolutePath();

        assertThat(spec(merged(FromDockerfile.class, Busybox.class)).base())
                .isEqualTo(new SandboxSpec.Dockerfile(dockerfile));
        assertThat(spec(merged(Busybox.class, FromDockerfile.class)).base())
                .isEqualTo(new SandboxSpec.Image("busybox", PullPolicy.MISSING));
    }

    @Test
    void takesEmptySetupForNone() {
        assertThat(spec(merged(FromDockerfile.class, Everything.class)).setup()).isEmpty();
    }

    @Sandbox(image = "busybox", profile = Sandbox.Profile.TRUSTED)
    private static class Trusted {}

    @Sandbox(network = "default", user = "7")
    private static class DefaultNetwork {}

    @Test
    void changesPartsOfTheProfileOnly() {
        assertThat(spec(merged(DefaultNetwork.class, Busybox.class)).profile())
                .isEqualTo(Profile.UNTRUSTED.user("7").network(null));
        assertThat(spec(merged(Trusted.class, DefaultNetwork.class)).profile()).isEqualTo(Profile.TRUSTED.user("7"));
    }

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

    @Test
    void readsNoConfigurationParameterOfWhatAnAnnotationSets() {
        SandboxDeclaration everything = declared(Everything.class);

        assertThat(everything.withParameters(key -> Optional.of("not valid")).differences(everything))
                .isEqualTo("\n  setup.network: \"not valid\" (configuration parameter sandbox.setup.network)"
                        + " and not set");
    }

    @Test
    void ignoresBlankConfigurationParameters() {
        assertThat(configured(Map.of("sandbox.image", " ", "sandbox.dockerfile", "a", "sandbox.reset", "")).reset())
                .isEqualTo(Reset.METHOD);
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
        SandboxDeclaration first = merged(Nearer.class, Everything.class);
        SandboxDeclaration second = declared(Everything.class);
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
                Arrays.stream(nearestFirst).map(SandboxDeclarationTests::declared).toList());
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
