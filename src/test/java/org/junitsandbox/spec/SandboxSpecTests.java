package org.junitsandbox.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxSpecTests {

    private final SandboxSpec spec = SandboxSpec.of("debian:bookworm-slim");

    @Test
    void isUntrustedAndPulledWhenMissingByDefault() {
        assertThat(spec.base())
                .isEqualTo(new Base.Image("debian:bookworm-slim", PullPolicy.MISSING));
        assertThat(spec.profile()).isEqualTo(Profile.UNTRUSTED);
        assertThat(spec.limits()).isEqualTo(ResourceLimits.DEFAULT);
        assertThat(spec.shell()).isEqualTo("/bin/sh");
        assertThat(spec.setup()).isEmpty();
        assertThat(spec.environment()).isEmpty();
        assertThat(spec.runtime()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void refusesABlankImage(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SandboxSpec.of(name))
                .withMessage("The image's name is blank: expected for example \"debian:bookworm-slim\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bash", "./bash"})
    void refusesAShellWithoutAnAbsolutePath(String shell) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.shell(shell))
                .withMessage("The shell is \"" + shell + "\": expected an absolute path, for example \"/bin/bash\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A-B", "A=B", "Ä", "A B", "A\n"})
    void refusesWhatIsNoNameOfAVariable(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.environment(name, "value"))
                .withMessage("\"" + name.replace("\n", "\\n") + "\" is not a variable's name: expected letters,"
                        + " digits and underscores, no digit first");
    }

    @Test
    void refusesTextThatAShellCannotTake() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.environment("NAME", "a\0"))
                .withMessageStartingWith("The value of NAME has a NUL character at index 1,");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.setup("true", "\0"))
                .withMessageStartingWith("A setup command has a NUL character at index 0,");
    }

    @Test
    void addsSetupCommandsAndVariables() {
        SandboxSpec changed = spec.setup("one").setup("two", "three").environment("A", "1").environment("B", "2")
                .environment("A", "3");

        assertThat(changed.setup()).containsExactly("one", "two", "three");
        assertThat(changed.environment()).isEqualTo(Map.of("A", "3", "B", "2"));
        assertThat(spec.setup()).isEmpty();
        assertThat(spec.environment()).isEmpty();
    }

    @Test
    void cannotBeModifiedFromOutside() {
        String[] setup = {"one"};
        SandboxSpec made = spec.setup(setup);
        setup[0] = "two";

        assertThat(made.setup()).containsExactly("one");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> made.setup().add("three"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> made.environment().put("A", "1"));
    }

    @Test
    void equalsASpecWithTheSameSettings() {
        assertThat(spec.setup("a").shell("/bin/bash").environment("A", "1").runtime("runsc"))
                .isEqualTo(spec.runtime("runsc").environment("A", "1").shell("/bin/bash").setup("a"))
                .isNotEqualTo(spec);
        assertThat(spec.profile(Profile.TRUSTED)).isNotEqualTo(spec);
        assertThat(spec.limits(ResourceLimits.DEFAULT.cpus(2))).isNotEqualTo(spec);
        assertThat(spec.limitCheck(LimitCheck.WARN)).isNotEqualTo(spec.limitCheck(LimitCheck.REQUIRE));
        assertThat(spec.usage(UsageReading.EACH_COMMAND)).isNotEqualTo(spec);
        assertThat(spec.usage(UsageReading.DEFAULT).usage()).isEqualTo(UsageReading.ON_REQUEST);
        assertThat(spec.setupNetwork("a")).isNotEqualTo(spec.setupNetwork("b"));
        assertThat(spec.setup("a")).hasSameHashCodeAs(spec.setup("a"));
    }

    @Test
    void setsThePullPolicyOfAnImage() {
        assertThat(spec.pullPolicy(PullPolicy.NEVER).base())
                .isEqualTo(new Base.Image("debian:bookworm-slim", PullPolicy.NEVER));
        assertThat(spec.pullPolicy(PullPolicy.NEVER).pullPolicy(PullPolicy.DEFAULT)).isEqualTo(spec);
    }

    @Test
    void keepsADockerfileWhateverThePullPolicy() {
        SandboxSpec built = SandboxSpec.ofDockerfile(Path.of("Dockerfile"));

        assertThat(built.pullPolicy(PullPolicy.NEVER)).isEqualTo(built);
    }

    @Test
    void knowsADockerfileByItsAbsolutePath() {
        Base.Dockerfile dockerfile = new Base.Dockerfile(Path.of("images/../images/Dockerfile"));

        assertThat(dockerfile.path()).isEqualTo(Path.of("").toAbsolutePath().resolve("images/Dockerfile"));
        assertThat(SandboxSpec.ofDockerfile(Path.of("images/Dockerfile")).base()).isEqualTo(dockerfile);
    }

    @Test
    void takesTheNetworkOfSetUpFromThePropertyByDefault() {
        withProperty(SandboxSpec.SETUP_NETWORK_PROPERTY, () -> {
            System.setProperty(SandboxSpec.SETUP_NETWORK_PROPERTY, "some-network");

            assertThat(SandboxSpec.of("debian").setupNetwork()).isEqualTo("some-network");
            assertThat(SandboxSpec.of("debian").setupNetwork("other").setupNetwork()).isEqualTo("other");

            System.clearProperty(SandboxSpec.SETUP_NETWORK_PROPERTY);

            assertThat(SandboxSpec.of("debian").setupNetwork()).isNull();
        });
    }

    @Test
    void takesTheGreatestAgeOfASetUpFromThePropertyByDefault() {
        withProperty(SandboxSpec.SETUP_MAX_AGE_PROPERTY, () -> {
            System.setProperty(SandboxSpec.SETUP_MAX_AGE_PROPERTY, "7d");

            assertThat(SandboxSpec.of("debian").setupMaxAge()).isEqualTo(Duration.ofDays(7));
            assertThat(SandboxSpec.of("debian").setupMaxAge(null).setupMaxAge()).isNull();

            System.setProperty(SandboxSpec.SETUP_MAX_AGE_PROPERTY, "a week");

            assertThatThrownBy(() -> SandboxSpec.of("debian"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("System property sandbox.setup.maxAge: \"a week\" is not a duration");
        });
    }

    @Test
    void refusesAGreatestAgeOfNothing() {
        SandboxSpec spec = SandboxSpec.of("debian");

        assertThatThrownBy(() -> spec.setupMaxAge(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The greatest age of a set-up is PT0S: expected more than 0");
    }

    @Test
    void takesTheLimitCheckFromThePropertyByDefault() {
        withProperty(SandboxSpec.LIMIT_CHECK_PROPERTY, () -> {
            System.setProperty(SandboxSpec.LIMIT_CHECK_PROPERTY, "warn");

            assertThat(SandboxSpec.of("debian").limitCheck()).isEqualTo(LimitCheck.WARN);
            SandboxSpec required = SandboxSpec.of("debian").limitCheck(LimitCheck.REQUIRE);
            assertThat(required.limitCheck()).isEqualTo(LimitCheck.REQUIRE);
            assertThat(required.limitCheck(LimitCheck.DEFAULT).limitCheck()).isEqualTo(LimitCheck.WARN);

            System.setProperty(SandboxSpec.LIMIT_CHECK_PROPERTY, "off");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SandboxSpec.of("debian"))
                    .withMessage("System property sandbox.limitCheck: \"off\" is not one of [REQUIRE, WARN]");

            System.setProperty(SandboxSpec.LIMIT_CHECK_PROPERTY, "default");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SandboxSpec.of("debian"))
                    .withMessage("System property sandbox.limitCheck: \"default\" is not one of [REQUIRE, WARN]");

            System.clearProperty(SandboxSpec.LIMIT_CHECK_PROPERTY);

            assertThat(SandboxSpec.of("debian").limitCheck()).isEqualTo(LimitCheck.REQUIRE);
        });
    }

    /** Runs something that may change a property, and restores it. */
    private static void withProperty(String name, Runnable task) {
        String before = System.getProperty(name);
        try {
            task.run();
        } finally {
            if (before == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, before);
            }
        }
    }
}
