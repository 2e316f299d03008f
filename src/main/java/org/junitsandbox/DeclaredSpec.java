package org.junitsandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.SandboxDeclaration.Said;
import org.junitsandbox.spec.LimitCheck;
import org.junitsandbox.spec.Profile;
import org.junitsandbox.spec.PullPolicy;
import org.junitsandbox.spec.ResourceLimits;
import org.junitsandbox.spec.SandboxSpec;

/** Turns what is said about a sandbox into its spec. */
final class DeclaredSpec {

    private final SandboxDeclaration declaration;

    private DeclaredSpec(SandboxDeclaration declaration) {
        this.declaration = declaration;
    }

    /**
     * @param place what asks for the sandbox, for messages: "field A.shell"
     * @throws ExtensionConfigurationException if a value is not one, or if there is no image
     */
    static SandboxSpec of(SandboxDeclaration declaration, String place) {
        return new DeclaredSpec(declaration).spec(place);
    }

    private SandboxSpec spec(String place) {
        SandboxSpec spec = SandboxSpec.of(base(place)).profile(profile()).limits(limits());
        Said setup = declaration.get("setup");
        if (setup != null) {
            spec = spec.setup(setup.values().stream().filter(command -> !command.isBlank()).toArray(String[]::new));
        }
        spec = changed(spec, "setup.network", SandboxSpec::setupNetwork);
        spec = changed(spec, "shell", SandboxSpec::shell);
        spec = changed(spec, "runtime", SandboxSpec::runtime);
        spec = changed(
                spec, "limitCheck", (before, text) -> before.limitCheck(Values.constant(LimitCheck.class, text)));
        for (Map.Entry<String, Said> variable : declaration.environment().entrySet()) {
            String name = variable.getKey().substring(AnnotationReader.ENVIRONMENT.length());
            spec = changed(spec, variable.getKey(), (before, value) -> before.environment(name, value));
        }
        return spec;
    }

    private SandboxSpec.Base base(String place) {
        PullPolicy pullPolicy =
                declaration.get("pullPolicy", text -> Values.constant(PullPolicy.class, text), PullPolicy.MISSING);
        Said image = declaration.get("image");
        if (image != null) {
            return Values.parse(image.where(), image.text(), name -> new SandboxSpec.Image(name, pullPolicy));
        }
        Said dockerfile = declaration.get("dockerfile");
        if (dockerfile != null) {
            return Values.parse(
                    dockerfile.where(), dockerfile.text(), path -> new SandboxSpec.Dockerfile(Path.of(path)));
        }
        throw new ExtensionConfigurationException("No image for the sandbox of " + place
                + ": neither image nor dockerfile is said there, on its method or its classes, or by a configuration"
                + " parameter. Write for example @Sandbox(image = \"debian:bookworm-slim\"), or set sandbox.image.");
    }

    private Profile profile() {
        Profile profile = switch (declaration.get(
                "profile", text -> Values.constant(Sandbox.Trust.class, text), Sandbox.Trust.UNTRUSTED)) {
            case UNTRUSTED -> Profile.UNTRUSTED;
            case TRUSTED -> Profile.TRUSTED;
        };
        profile = changed(profile, "user", Profile::user);
        profile = changed(profile, "network", (before, name) -> before.network(name.equals("default") ? null : name));
        profile = changed(profile, "readOnlyRoot", (before, text) -> before.readOnlyRoot(Values.truth(text)));
        profile = changed(profile, "capabilities", (before, text) -> before.capabilities(Values.truth(text)));
        return changed(profile, "newPrivileges", (before, text) -> before.newPrivileges(Values.truth(text)));
    }

    private ResourceLimits limits() {
        ResourceLimits limits = ResourceLimits.DEFAULT;
        limits = changed(limits, "limits.memory", ResourceLimits::memory);
        limits = changed(limits, "limits.cpus", (before, text) -> before.cpus(Values.number(text)));
        limits = changed(limits, "limits.processes", (before, text) -> before.processes(Values.count(text)));
        limits = changed(limits, "limits.openFiles", (before, text) -> before.openFiles(Values.count(text)));
        limits = changed(limits, "limits.commandTime", ResourceLimits::commandTime);
        limits = changed(limits, "limits.output", ResourceLimits::output);
        limits = changed(limits, "limits.work", ResourceLimits::work);
        limits = changed(limits, "limits.tmp", ResourceLimits::tmp);
        limits = changed(limits, "limits.input", ResourceLimits::input);
        return changed(limits, "limits.copyOut", ResourceLimits::copyOut);
    }

    private <T> T changed(T before, String element, BiFunction<T, String, T> change) {
        return declaration.get(element, text -> change.apply(before, text), before);
    }
}
