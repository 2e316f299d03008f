package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerConfig.Limit;
import org.junitsandbox.internal.engine.ContainerConfig.Restriction;
import org.junitsandbox.internal.engine.MemoryMount;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** What an engine is asked for to get a sandbox. */
class SandboxConfigTests {

    private static final SandboxSpec SPEC = SandboxSpec.of("debian").environment("A", "b").runtime("runsc");

    @Test
    void asksForEverythingThatTheDefaultProfileRestricts() {
        ContainerConfig config = SandboxConfig.forCommands(SPEC, "id");

        assertThat(config.image()).isEqualTo("id");
        assertThat(config.user()).isEqualTo("65534:65534");
        assertThat(config.network()).isEqualTo("none");
        assertThat(config.workingDirectory()).isNull();
        assertThat(config.memoryMounts())
                .containsExactly(new MemoryMount("/work", 64 << 20), new MemoryMount("/tmp", 64 << 20));
        assertThat(Restriction.values()).allMatch(config::has);
        assertThat(config.isForImage()).isFalse();
    }

    @Test
    void asksForTheLimitsOfEveryProfile() {
        for (Profile profile : new Profile[] {Profile.UNTRUSTED, Profile.TRUSTED}) {
            ContainerConfig config = SandboxConfig.forCommands(SPEC.profile(profile), "id");

            assertThat(config.limit(Limit.MEMORY_BYTES)).isEqualTo(256 << 20);
            assertThat(config.limit(Limit.NANO_CPUS)).isEqualTo(1_000_000_000);
            assertThat(config.limit(Limit.PROCESSES)).isEqualTo(128);
            assertThat(config.limit(Limit.OPEN_FILES)).isEqualTo(1024);
            assertThat(config.limit(Limit.SHARED_MEMORY_BYTES)).isEqualTo(65 << 20);
            assertThat(config.environment()).containsOnlyKeys("A").containsEntry("A", "b");
            assertThat(config.runtime()).isEqualTo("runsc");
        }
    }

    @Test
    void restrictsNothingForATrustedProfile() {
        ContainerConfig config = SandboxConfig.forCommands(SPEC.profile(Profile.TRUSTED), "id");

        assertThat(config.user()).isEqualTo("0:0");
        assertThat(config.network()).isNull();
        assertThat(config.workingDirectory()).isEqualTo("/work");
        assertThat(config.memoryMounts()).isEmpty();
        assertThat(Restriction.values()).noneMatch(config::has);
    }

    @Test
    void putsTheWorkOfAnotherUserIntoMemoryWhereTheRootCanBeWrittenTo() {
        SandboxSpec spec = SPEC.profile(Profile.TRUSTED.user("1000:1000"));

        assertThat(SandboxConfig.forCommands(spec, "id").memoryMounts())
                .containsExactly(new MemoryMount("/work", 64 << 20));
    }

    @Test
    void refusesWhatIsInMemoryAndLargerThanIt() {
        assertRefused(SPEC, limits -> limits.work("1GiB"))
                .withMessage("No sandbox from image debian: the limit work is 1 GiB, of which every byte counts as"
                        + " memory, and the limit memory is 256 MiB. Raise memory, to more than work, or lower work.");
        assertRefused(SPEC, limits -> limits.tmp("257MiB")).withMessageContaining("the limit tmp is 257 MiB,");
        assertRefused(SPEC, limits -> limits.input("257MiB")).withMessageContaining("the limit input is 257 MiB,");
        assertRefused(SPEC.profile(Profile.TRUSTED.user("1000:1000")), limits -> limits.work("1GiB"))
                .withMessageContaining("the limit work is 1 GiB");
    }

    @Test
    void acceptsWhatIsOnDiskOrFits() {
        SandboxConfig.check(SPEC.limits(ResourceLimits.DEFAULT.memory("2GiB").work("1GiB").tmp("2GiB")));
        SandboxConfig.check(SPEC.limits(ResourceLimits.DEFAULT.memory("8MiB")));
        SandboxConfig.check(
                SPEC.profile(Profile.TRUSTED).limits(ResourceLimits.DEFAULT.work("1GiB").tmp("1GiB")));
    }

    private static ThrowableAssertAlternative<IllegalArgumentException> assertRefused(
            SandboxSpec spec, UnaryOperator<ResourceLimits> change) {
        return assertThatIllegalArgumentException()
                .isThrownBy(() -> SandboxConfig.check(spec.limits(change.apply(ResourceLimits.DEFAULT))));
    }

    @ParameterizedTest
    @EnumSource
    void limitsNothingDuringSetUp(Limit limit) {
        ContainerConfig config = SandboxConfig.forSetup(SPEC.setup("true").setupNetwork("host"), "id");

        assertThat(config.limit(limit)).isZero();
        assertThat(Restriction.values()).noneMatch(config::has);
        assertThat(config.user()).isEqualTo("0:0");
        assertThat(config.network()).isEqualTo("host");
        assertThat(config.runtime()).isEqualTo("runsc");
        assertThat(config.environment()).isEmpty();
        assertThat(config.isForImage()).isTrue();
    }
}
