package org.junitsandbox.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.SourceText;

/**
 * What a sandbox is: its image, what its commands may do, and how much they may use. Immutable: a method that takes a
 * value returns a copy with that value, and throws {@link IllegalArgumentException} if the value is not valid.
 * Sandboxes of equal specs are interchangeable.
 *
 * <pre>{@code
 * SandboxSpec spec = SandboxSpec.of("debian:bookworm-slim")
 *         .limits(ResourceLimits.DEFAULT.memory("512MiB"));
 * }</pre>
 *
 * @since 0.1
 */
public final class SandboxSpec {

    /** The system property that sets the network of set-up commands where a spec does not: {@value}. */
    public static final String SETUP_NETWORK_PROPERTY = "sandbox.setup.network";

    /**
     * The system property that sets the {@link #setupMaxAge() greatest age} of what is built and set up where a spec
     * does not: {@value}. Its value is a duration such as {@code 7d} or {@code 12h}.
     */
    public static final String SETUP_MAX_AGE_PROPERTY = "sandbox.setup.maxAge";

    /** The system property that sets the {@link LimitCheck} where a spec does not: {@value}. */
    public static final String LIMIT_CHECK_PROPERTY = "sandbox.limitCheck";

    private final Base base;
    private final List<String> setup;
    private final @Nullable String setupNetwork;
    private final @Nullable Duration setupMaxAge;
    private final Profile profile;
    private final ResourceLimits limits;
    private final String shell;
    private final String init;
    private final Map<String, String> environment;
    private final @Nullable String runtime;
    private final LimitCheck limitCheck;
    private final boolean recycle;
    private final UsageReading usage;

    private SandboxSpec(SandboxSpecBuilder builder) {
        base = Objects.requireNonNull(builder.base, "base");
        setup = List.copyOf(builder.setup);
        setupNetwork = builder.setupNetwork;
        setupMaxAge = builder.setupMaxAge;
        profile = Objects.requireNonNull(builder.profile, "profile");
        limits = Objects.requireNonNull(builder.limits, "limits");
        shell = SourceText.checkAbsolutePath(builder.shell, "The shell", "/bin/bash");
        init = SourceText.check(builder.init, "The text that shells start with");
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(builder.environment));
        runtime = builder.runtime;
        limitCheck = Objects.requireNonNull(builder.limitCheck, "limitCheck").resolved(LIMIT_CHECK_PROPERTY);
        recycle = builder.recycle;
        usage = builder.usage == UsageReading.DEFAULT ? UsageReading.ON_REQUEST : builder.usage;
        setup.forEach(command -> SourceText.check(command, "A setup command"));
        environment.forEach(SourceText::checkVariable);
    }

    /**
     * {@return a spec of an image that is pulled when it is missing}
     *
     * @param image as an engine takes it, for example {@code "debian:bookworm-slim"}
     */
    public static SandboxSpec of(String image) {
        return of(new Base.Image(image, PullPolicy.MISSING));
    }

    /**
     * {@return a spec of a Dockerfile}
     *
     * @param dockerfile its path; its folder is the build's context
     */
    public static SandboxSpec ofDockerfile(Path dockerfile) {
        return of(new Base.Dockerfile(dockerfile));
    }

    /**
     * {@return a spec of a base}
     *
     * @param base the image to start from
     * @throws IllegalArgumentException if the system property {@value #LIMIT_CHECK_PROPERTY} is not valid
     */
    public static SandboxSpec of(Base base) {
        return new SandboxSpec(new SandboxSpecBuilder(base));
    }

    /** {@return the image to start from} */
    public Base base() {
        return base;
    }

    /**
     * {@return the shell commands that add to the image, as root and with network} They run once for as long as the
     * image made by them exists. They are trusted.
     */
    public List<String> setup() {
        return setup;
    }

    /**
     * {@return the network of set-up commands and of a Dockerfile's commands, or null for the engine's default} It is
     * not part of an image's identity: another network does not run the set-up again.
     */
    public @Nullable String setupNetwork() {
        return setupNetwork;
    }

    /**
     * {@return how old the image may be that the set-up commands or the Dockerfile made, or null for any age} One that
     * is older is made once more, with all commands. It is not part of an image's identity.
     */
    public @Nullable Duration setupMaxAge() {
        return setupMaxAge;
    }

    /** {@return what commands may do} */
    public Profile profile() {
        return profile;
    }

    /** {@return how much commands may use} */
    public ResourceLimits limits() {
        return limits;
    }

    /** {@return the shell program, an absolute path in the image} */
    public String shell() {
        return shell;
    }

    /** {@return shell source text that each new shell runs before its first command; empty for none} */
    public String init() {
        return init;
    }

    /** {@return the environment variables of every command} */
    public Map<String, String> environment() {
        return environment;
    }

    /** {@return the OCI runtime's name, for example {@code "runsc"}, or null for the engine's default} */
    public @Nullable String runtime() {
        return runtime;
    }

    /** {@return what happens when a limit does not hold; never {@link LimitCheck#DEFAULT}} */
    public LimitCheck limitCheck() {
        return limitCheck;
    }

    /** {@return whether a used container that is proven clean may be given out again; true by default} */
    public boolean recycle() {
        return recycle;
    }

    /** {@return when it is read what commands use; never {@link UsageReading#DEFAULT}} */
    public UsageReading usage() {
        return usage;
    }

    /**
     * {@return a copy with another pull policy} A spec that starts from a Dockerfile stays as it is.
     *
     * @param policy {@link PullPolicy#DEFAULT} stands for {@link PullPolicy#MISSING}
     */
    public SandboxSpec pullPolicy(PullPolicy policy) {
        return base instanceof Base.Image image
                ? with(builder -> builder.base = new Base.Image(image.name(), policy))
                : this;
    }

    /**
     * {@return a copy with set-up commands after the existing ones}
     *
     * @param commands shell commands, trusted
     */
    public SandboxSpec setup(String... commands) {
        return with(builder -> builder.setup.addAll(List.of(commands)));
    }

    /**
     * {@return a copy with another network of set-up commands and of a Dockerfile's commands}
     *
     * @param network {@code "host"}, a network's name, or null for the engine's default
     */
    public SandboxSpec setupNetwork(@Nullable String network) {
        return with(builder -> builder.setupNetwork = network);
    }

    /**
     * {@return a copy with another greatest age of what the set-up commands and the Dockerfile made} So packages that
     * they install do not stay as they were forever. {@link PullPolicy#ALWAYS} does the same for an image from a
     * registry.
     *
     * @param age more than 0, or null for any age
     */
    public SandboxSpec setupMaxAge(@Nullable Duration age) {
        return with(builder -> builder.setupMaxAge(age));
    }

    /**
     * {@return a copy with another profile}
     *
     * @param changed what commands may do
     */
    public SandboxSpec profile(Profile changed) {
        return with(builder -> builder.profile = changed);
    }

    /**
     * {@return a copy with other limits}
     *
     * @param changed how much commands may use
     */
    public SandboxSpec limits(ResourceLimits changed) {
        return with(builder -> builder.limits = changed);
    }

    /**
     * {@return a copy with another shell}
     *
     * @param program an absolute path in the image, for example {@code "/bin/bash"}
     */
    public SandboxSpec shell(String program) {
        return with(builder -> builder.shell = program);
    }

    /**
     * {@return a copy with another text that each new shell runs before its first command} So functions, variables and
     * options are there again after a time limit or an {@code exit}. What it writes to stdout is dropped. If it fails,
     * that command is {@link org.junitsandbox.shell.Outcome.NotStarted NotStarted}, with the messages on its stderr.
     *
     * @param text shell source text, for example {@code ". /work/functions.sh"}; empty for none
     */
    public SandboxSpec init(String text) {
        return with(builder -> builder.init = text);
    }

    /**
     * {@return a copy with one more environment variable of every command}
     *
     * @param name letters, digits and underscores, no digit first
     * @param value the value; may be empty
     */
    public SandboxSpec environment(String name, String value) {
        return with(builder -> builder.environment.put(name, value));
    }

    /**
     * {@return a copy with another OCI runtime}
     *
     * @param name for example {@code "runsc"}, or null for the engine's default
     */
    public SandboxSpec runtime(@Nullable String name) {
        return with(builder -> builder.runtime = name);
    }

    /**
     * {@return a copy with another reaction to limits that do not hold}
     *
     * @param changed {@link LimitCheck#DEFAULT} stands for the system property {@value #LIMIT_CHECK_PROPERTY}, and
     *     without it for {@link LimitCheck#REQUIRE}
     */
    public SandboxSpec limitCheck(LimitCheck changed) {
        return with(builder -> builder.limitCheck = changed);
    }

    /**
     * {@return a copy with another rule for used containers}
     *
     * @param allowed whether one that is proven clean is given out again; otherwise each sandbox gets a new container
     */
    public SandboxSpec recycle(boolean allowed) {
        return with(builder -> builder.recycle = allowed);
    }

    /**
     * {@return a copy with other times at which it is read what commands use}
     *
     * @param changed {@link UsageReading#DEFAULT} stands for {@link UsageReading#ON_REQUEST}
     */
    public SandboxSpec usage(UsageReading changed) {
        return with(builder -> builder.usage = changed);
    }

    private List<@Nullable Object> components() {
        return Arrays.asList(
                base, setup, setupNetwork, setupMaxAge, profile, limits, shell, init, environment, runtime, limitCheck,
                recycle, usage);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SandboxSpec that && components().equals(that.components());
    }

    @Override
    public int hashCode() {
        return components().hashCode();
    }

    @Override
    public String toString() {
        return "SandboxSpec" + components();
    }

    private SandboxSpec with(Consumer<SandboxSpecBuilder> change) {
        SandboxSpecBuilder builder = new SandboxSpecBuilder(this);
        change.accept(builder);
        return new SandboxSpec(builder);
    }
}
