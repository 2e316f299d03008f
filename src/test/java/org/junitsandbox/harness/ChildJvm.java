package org.junitsandbox.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junitsandbox.spec.EngineChoice;
import org.junitsandbox.spec.SandboxSpec;

/** The command line of a child JVM that has this JVM's class path and engine settings. */
public final class ChildJvm {

    private static final Set<String> ENGINE_PROPERTIES = Set.of(
            SandboxSpec.LIMIT_CHECK_PROPERTY,
            SandboxSpec.SETUP_NETWORK_PROPERTY,
            EngineChoice.PROPERTY,
            EngineChoice.REGISTRY_PROPERTY);

    private static final String CLUSTER_PROPERTIES = "sandbox.kubernetes.";

    private ChildJvm() {}

    /**
     * Returns the command line, one element for each argument.
     *
     * @param options options of the JVM
     * @param program the class with {@code main}
     */
    public static List<String> commandLine(List<String> options, Class<?> program, String... arguments) {
        return commandLine(options, program.getName(), List.of(arguments));
    }

    static List<String> commandLine(List<String> options, String program, List<String> arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> ENGINE_PROPERTIES.contains(name) || name.startsWith(CLUSTER_PROPERTIES))
                .forEach(name -> line.add("-D" + name + "=" + System.getProperty(name)));
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), program));
        line.addAll(arguments);
        return line;
    }
}
