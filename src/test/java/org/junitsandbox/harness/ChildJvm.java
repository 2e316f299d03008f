package org.junitsandbox.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junitsandbox.spec.SandboxSpec;

/** The command line of a JVM of its own, with this one's class path and what this one says of its engine. */
public final class ChildJvm {

    private static final List<String> OF_THE_ENGINE =
            List.of(SandboxSpec.LIMIT_CHECK_PROPERTY, SandboxSpec.SETUP_NETWORK_PROPERTY);

    private ChildJvm() {}

    /**
     * Its words.
     *
     * @param options the JVM's own
     * @param program the class with {@code main}
     */
    public static List<String> commandLine(List<String> options, Class<?> program, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        OF_THE_ENGINE.stream()
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> line.add("-D" + name + "=" + System.getProperty(name)));
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Stream.of(arguments).forEach(line::add);
        return line;
    }
}
