package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junitsandbox.Sandbox.Flag;
import org.junitsandbox.Sandbox.Reset;
import org.junitsandbox.spec.Base;
import org.junitsandbox.spec.LimitCheck;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.PullPolicy;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.spec.UsageReading;

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
            files = {"a.zip", "file:b"},
            name = "db",
            reset = Reset.CLASS,
            transcript = Sandbox.Keep.ALWAYS,
            keepFiles = Sandbox.Keep.NEVER,
            console = Flag.TRUE,
            profile = Sandbox.Profile.TRUSTED,
            user = "1:2",
            network = "host",
            readOnlyRoot = Flag.TRUE,
            capabilities = Flag.FALSE,
            newPrivileges = Flag.FALSE,
            shell = "/bin/bash",
            init = "set -u",
            runtime = "runsc",
            environment = {"A=1", "B=x=y", "C="},
            limitCheck = LimitCheck.WARN,
            recycle = Sandbox.Flag.FALSE,
            usage = UsageReading.EACH_COMMAND,
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
            .recycle(false)
            .usage(UsageReading.EACH_COMMAND);

    private static final SandboxSpec EVERYTHING = CONFIGURED
            .setup("one", "two")
            .environment("A", "1")
            .environment("B", "x=y")
            .environment("C", "")
            .init("set -u");

    @Test
    void readsEveryElementOfTheAnnotation() {
        SandboxDeclaration everything = declared(Everything.class);

        assertThat(spec(everything)).isEqualTo(EVERYTHING);
        assertThat(everything.name()).isEqualTo("db");
        assertThat(everything.files()).containsExactly("a.zip", "file:b");
        assertThat(everything.reset()).isEqualTo(Reset.CLASS);
        assertThat(everything.transcript()).isEqualTo(Sandbox.Keep.ALWAYS);
        assertThat(everything.keepFiles()).isEqualTo(Sandbox.Keep.NEVER);
        assertThat(everything.console()).isTrue();
    }

    @Test
    void setsEverySettingOfTheAnnotations() {
        SandboxDeclaration everything = declared(Everything.class);

        assertThat(Setting.values())
                .filteredOn(setting -> !Set.of(
                                Setting.DOCKERFILE,
                                Setting.SETUP_NETWORK,
                                Setting.SETUP_MAX_AGE,
                                Setting.KEEP_FILES_MAX)
                        .contains(setting))
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
                Map.entry("sandbox.usage", "each_command"),
                Map.entry("sandbox.setup.network", "bridge"),
                Map.entry("sandbox.setup.maxAge", "7d"),
                Map.entry("sandbox.keepFilesMax", "1MiB"),
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
        assertThat(configured.keepFilesMax()).isEqualTo(1 << 20);
        assertThat(spec(configured))
                .isEqualTo(CONFIGURED.setupNetwork("bridge").setupMaxAge(Duration.ofDays(7)));
    }

    @Test
    void fallsBackToTheDefaultsOfTheLibrary() {
        SandboxDeclaration busybox = merged(Nothing.class, Busybox.class);

        assertThat(spec(busybox)).isEqualTo(SandboxSpec.of("busybox"));
        assertThat(busybox.name()).isEmpty();
        assertThat(busybox.files()).isEmpty();
        assertThat(busybox.reset()).isEqualTo(Reset.METHOD);
    }

    @Sandbox(image = "nearer", limits = @Limits(memory = "1GiB"), environment = "A=2", setup = "other")
    private static class Nearer {}

    @Test
    void takesEachElementFromTheNearestPlaceThatSetsIt() {
        SandboxSpec spec = spec(merged(Nothing.class, Nearer.class, Everything.class));

        assertThat(spec.base()).isEqualTo(new Base.Image("nearer", PullPolicy.NEVER));
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
                .isEqualTo(new Base.Dockerfile(dockerfile));
        assertThat(spec(merged(Busybox.class, FromDockerfile.class)).base())
                .isEqualTo(new Base.Image("busybox", PullPolicy.MISSING));
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

    @Test
    void readsNoConfigurationParameterOfWhatAnAnnotationSets() {
        SandboxDeclaration everything = declared(Everything.class);

        assertThat(everything.withParameters(key -> Optional.of("not valid")).differences(everything))
                .isEqualTo("\n  setup.network: \"not valid\" (configuration parameter sandbox.setup.network)"
                        + " and not set"
                        + "\n  setup.maxAge: \"not valid\" (configuration parameter sandbox.setup.maxAge)"
                        + " and not set"
                        + "\n  keepFilesMax: \"not valid\" (configuration parameter sandbox.keepFilesMax)"
                        + " and not set");
    }

    @Test
    void ignoresBlankConfigurationParameters() {
        assertThat(configured(Map.of("sandbox.image", " ", "sandbox.dockerfile", "a", "sandbox.reset", "")).reset())
                .isEqualTo(Reset.METHOD);
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
}
