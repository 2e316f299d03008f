package org.junitsandbox;

import static org.junitsandbox.SettingSource.constant;
import static org.junitsandbox.SettingSource.count;
import static org.junitsandbox.SettingSource.flag;
import static org.junitsandbox.SettingSource.number;
import static org.junitsandbox.SettingSource.parameterOnly;
import static org.junitsandbox.SettingSource.text;
import static org.junitsandbox.SettingSource.texts;
import static org.junitsandbox.SettingSource.variables;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.spec.LimitCheck;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.PullPolicy;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.spec.UsageReading;

/**
 * The settings of a sandbox: the element of {@link Sandbox} or {@link Limits}, its configuration parameter, how its
 * value is read, and what the value changes. The order is that of the changes: a profile comes before its parts.
 */
@SuppressWarnings("ImmutableEnumChecker") // Its functions have no state.
enum Setting {
    IMAGE("image", SandboxParameters.IMAGE, text(Sandbox::image), start(SandboxSpec::of)),
    DOCKERFILE("dockerfile", SandboxParameters.DOCKERFILE, text(Sandbox::dockerfile), start(Setting::build)),
    PULL_POLICY(
            "pullPolicy",
            SandboxParameters.PULL_POLICY,
            constant(Sandbox::pullPolicy, PullPolicy.DEFAULT),
            spec(SandboxSpec::pullPolicy)),
    SETUP("setup", null, texts(Sandbox::setup), spec(Setting::setUp)),
    SETUP_NETWORK("setup.network", SandboxParameters.SETUP_NETWORK, parameterOnly(), spec(SandboxSpec::setupNetwork)),
    SETUP_MAX_AGE("setup.maxAge", SandboxParameters.SETUP_MAX_AGE, parameterOnly(), spec(Setting::age)),
    NAME("name", null, text(Sandbox::name), nothing()),
    FILES("files", null, texts(Sandbox::files), nothing()),
    RESET("reset", SandboxParameters.RESET, constant(Sandbox::reset, Sandbox.Reset.DEFAULT), nothing()),
    TRANSCRIPT(
            "transcript",
            SandboxParameters.TRANSCRIPT,
            constant(Sandbox::transcript, Sandbox.Keep.DEFAULT),
            nothing()),
    KEEP_FILES(
            "keepFiles",
            SandboxParameters.KEEP_FILES,
            constant(Sandbox::keepFiles, Sandbox.Keep.DEFAULT),
            nothing()),
    KEEP_FILES_MAX("keepFilesMax", SandboxParameters.KEEP_FILES_MAX, parameterOnly(), spec(Setting::checkSize)),
    CONSOLE("console", SandboxParameters.CONSOLE, flag(Sandbox::console), nothing()),
    PROFILE(
            "profile",
            SandboxParameters.PROFILE,
            constant(Sandbox::profile, Sandbox.Profile.DEFAULT),
            profile(Setting::profileOf)),
    USER("user", SandboxParameters.USER, text(Sandbox::user), profile(Profile::user)),
    NETWORK("network", SandboxParameters.NETWORK, text(Sandbox::network), profile(Setting::connect)),
    READ_ONLY_ROOT(
            "readOnlyRoot",
            SandboxParameters.READ_ONLY_ROOT,
            flag(Sandbox::readOnlyRoot),
            profile(Profile::readOnlyRoot)),
    CAPABILITIES(
            "capabilities",
            SandboxParameters.CAPABILITIES,
            flag(Sandbox::capabilities),
            profile(Profile::capabilities)),
    NEW_PRIVILEGES(
            "newPrivileges",
            SandboxParameters.NEW_PRIVILEGES,
            flag(Sandbox::newPrivileges),
            profile(Profile::newPrivileges)),
    SHELL("shell", SandboxParameters.SHELL, text(Sandbox::shell), spec(SandboxSpec::shell)),
    INIT("init", null, text(Sandbox::init), spec(SandboxSpec::init)),
    RUNTIME("runtime", SandboxParameters.RUNTIME, text(Sandbox::runtime), spec(SandboxSpec::runtime)),
    ENVIRONMENT("environment", null, variables(Sandbox::environment), spec(Setting::assign)),
    LIMIT_CHECK(
            "limitCheck",
            SandboxParameters.LIMIT_CHECK,
            constant(Sandbox::limitCheck, LimitCheck.DEFAULT),
            spec(SandboxSpec::limitCheck)),
    RECYCLE("recycle", SandboxParameters.RECYCLE, flag(Sandbox::recycle), spec(SandboxSpec::recycle)),
    USAGE(
            "usage",
            SandboxParameters.USAGE,
            constant(Sandbox::usage, UsageReading.DEFAULT),
            spec(SandboxSpec::usage)),
    MEMORY("limits.memory", SandboxParameters.MEMORY_LIMIT, text(of(Limits::memory)), limits(ResourceLimits::memory)),
    CPUS("limits.cpus", SandboxParameters.CPUS_LIMIT, number(of(Limits::cpus)), limits(ResourceLimits::cpus)),
    PROCESSES(
            "limits.processes",
            SandboxParameters.PROCESSES_LIMIT,
            count(of(Limits::processes)),
            limits(ResourceLimits::processes)),
    OPEN_FILES(
            "limits.openFiles",
            SandboxParameters.OPEN_FILES_LIMIT,
            count(of(Limits::openFiles)),
            limits(ResourceLimits::openFiles)),
    COMMAND_TIME(
            "limits.commandTime",
            SandboxParameters.COMMAND_TIME_LIMIT,
            text(of(Limits::commandTime)),
            limits(ResourceLimits::commandTime)),
    OUTPUT("limits.output", SandboxParameters.OUTPUT_LIMIT, text(of(Limits::output)), limits(ResourceLimits::output)),
    WORK("limits.work", SandboxParameters.WORK_LIMIT, text(of(Limits::work)), limits(ResourceLimits::work)),
    TMP("limits.tmp", SandboxParameters.TMP_LIMIT, text(of(Limits::tmp)), limits(ResourceLimits::tmp)),
    INPUT("limits.input", SandboxParameters.INPUT_LIMIT, text(of(Limits::input)), limits(ResourceLimits::input)),
    COPY_OUT(
            "limits.copyOut",
            SandboxParameters.COPY_OUT_LIMIT,
            text(of(Limits::copyOut)),
            limits(ResourceLimits::copyOut));

    /** What a value makes of the spec that comes from the settings before. */
    @FunctionalInterface
    private interface Change<T> {
        SandboxSpec apply(@Nullable SandboxSpec before, T value);
    }

    private final String element;
    private final @Nullable String parameter;
    private final BiFunction<Sandbox, String, Map<String, DeclaredValue>> annotationReader;
    private final BiFunction<String, String, DeclaredValue> parameterReader;

    <T> Setting(String element, @Nullable String parameter, SettingSource<T> source, Change<T> change) {
        this.element = element;
        this.parameter = parameter;
        this.annotationReader = (sandbox, origin) -> {
            Map<String, DeclaredValue> values = new LinkedHashMap<>();
            source.annotation()
                    .apply(sandbox)
                    .forEach((part, value) -> values.put(part, declare(value, origin, change)));
            return values;
        };
        this.parameterReader = (text, origin) -> declare(source.parameter().apply(text), origin, change);
    }

    private static <T> DeclaredValue declare(T value, String origin, Change<T> change) {
        return new DeclaredValue(value, origin, before -> change.apply(before, value));
    }

    /** Returns the name of the element of the annotation, for messages: {@code image}, {@code limits.memory}. */
    String element() {
        return element;
    }

    /** Returns the name of the configuration parameter, if there is one. */
    Optional<String> parameter() {
        return Optional.ofNullable(parameter);
    }

    /** Whether it chooses what the image is made from. Such settings count as one. */
    boolean isBase() {
        return this == IMAGE || this == DOCKERFILE;
    }

    /**
     * Reads an annotation's element.
     *
     * @return the values of its parts by their names; the only part has the empty name. Nothing if it is not set.
     */
    Map<String, DeclaredValue> read(Sandbox sandbox, String origin) {
        return Converters.convert(origin, () -> annotationReader.apply(sandbox, origin));
    }

    /** Reads the text of a configuration parameter. */
    DeclaredValue read(String text, String origin) {
        return Converters.convert(origin, () -> parameterReader.apply(text, origin));
    }

    private static <T> Function<Sandbox, T> of(Function<Limits, T> limit) {
        return sandbox -> limit.apply(sandbox.limits());
    }

    private static <T> Change<T> start(Function<T, SandboxSpec> maker) {
        return (before, value) -> maker.apply(value);
    }

    private static <T> Change<T> spec(BiFunction<SandboxSpec, T, SandboxSpec> change) {
        return (before, value) -> change.apply(Objects.requireNonNull(before, "no base"), value);
    }

    private static <T> Change<T> profile(BiFunction<Profile, T, Profile> change) {
        return spec((spec, value) -> spec.profile(change.apply(spec.profile(), value)));
    }

    private static <T> Change<T> limits(BiFunction<ResourceLimits, T, ResourceLimits> change) {
        return spec((spec, value) -> spec.limits(change.apply(spec.limits(), value)));
    }

    /** For what chooses a sandbox, and does not change it. */
    private static <T> Change<T> nothing() {
        return spec((spec, value) -> spec);
    }

    private static SandboxSpec build(String dockerfile) {
        return SandboxSpec.ofDockerfile(Path.of(dockerfile));
    }

    private static SandboxSpec setUp(SandboxSpec spec, List<String> commands) {
        return spec.setup(commands.stream().filter(command -> !command.isBlank()).toArray(String[]::new));
    }

    private static SandboxSpec age(SandboxSpec spec, String text) {
        return spec.setupMaxAge(Units.duration(text));
    }

    private static SandboxSpec checkSize(SandboxSpec spec, String text) {
        Units.bytes(text);
        return spec;
    }

    private static SandboxSpec assign(SandboxSpec spec, SettingSource.Variable variable) {
        return spec.environment(variable.name(), variable.value());
    }

    private static Profile profileOf(Profile before, Sandbox.Profile profile) {
        return profile == Sandbox.Profile.TRUSTED ? Profile.TRUSTED : Profile.UNTRUSTED;
    }

    private static Profile connect(Profile profile, String network) {
        return profile.network(network.equals("default") ? null : network);
    }
}
