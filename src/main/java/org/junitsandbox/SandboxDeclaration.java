package org.junitsandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * What is said about a sandbox, element by element: by one {@link Sandbox}, by the configuration parameters, or by
 * several of these merged. Immutable.
 */
final class SandboxDeclaration {

    static final String NAME = "name";

    /** What is said about one element, and where, for messages: "image of @Sandbox on class A". */
    record Said(List<String> values, String where) {
        String text() {
            return values.get(0);
        }

        @Override
        public String toString() {
            return "\"" + String.join("\", \"", values) + "\" (" + where + ")";
        }
    }

    /** The elements with a configuration parameter. */
    private static final List<String> CONFIGURABLE = List.of(
            "image", "dockerfile", "pullPolicy", "setup.network", "reset", "profile", "user", "network", "readOnlyRoot",
            "capabilities", "newPrivileges", "shell", "runtime", "limits.memory", "limits.cpus", "limits.processes",
            "limits.openFiles", "limits.commandTime", "limits.output", "limits.work", "limits.tmp", "limits.input",
            "limits.copyOut", "limitCheck");

    /** Those whose configuration parameter has another name. */
    private static final Map<String, String> PARAMETERS = Map.of("pullPolicy", "pull", "limitCheck", "limits");

    /** By element: {@code image}, {@code limits.memory}, {@code environment.LANG}. */
    private final Map<String, Said> elements;

    private SandboxDeclaration(Map<String, Said> elements) {
        this.elements = elements;
    }

    /**
     * @param place what is annotated: "class A"
     * @throws ExtensionConfigurationException if it says too much about one thing
     */
    static SandboxDeclaration of(Sandbox sandbox, String place) {
        return new SandboxDeclaration(checked(new AnnotationReader(place).read(sandbox)));
    }

    /**
     * @param parameters returns the value of a configuration parameter
     * @throws ExtensionConfigurationException if they say too much about one thing
     */
    static SandboxDeclaration of(Function<String, Optional<String>> parameters) {
        Map<String, Said> elements = new LinkedHashMap<>();
        for (String element : CONFIGURABLE) {
            String key = "sandbox." + PARAMETERS.getOrDefault(element, element);
            parameters.apply(key).filter(value -> !value.isBlank()).ifPresent(value ->
                    elements.put(element, new Said(List.of(value.strip()), "configuration parameter " + key)));
        }
        return new SandboxDeclaration(checked(elements));
    }

    private static Map<String, Said> checked(Map<String, Said> elements) {
        Said image = elements.get("image");
        Said dockerfile = elements.get("dockerfile");
        if (image != null && dockerfile != null) {
            throw new ExtensionConfigurationException("Both an image and a Dockerfile in one place: " + image + ", "
                    + dockerfile + ". Leave one of them out.");
        }
        return elements;
    }

    /** Merges what several places say, the nearest first. */
    static SandboxDeclaration merge(List<SandboxDeclaration> nearestFirst) {
        Map<String, Said> merged = new LinkedHashMap<>();
        for (SandboxDeclaration declaration : nearestFirst) {
            boolean hasBase = merged.containsKey("image") || merged.containsKey("dockerfile");
            declaration.elements.forEach((element, said) -> {
                boolean isBase = element.equals("image") || element.equals("dockerfile");
                if (!(isBase && hasBase)) {
                    merged.putIfAbsent(element, said);
                }
            });
        }
        return new SandboxDeclaration(merged);
    }

    /** Whether it says anything but a name. */
    boolean saysMoreThanName() {
        return elements.keySet().stream().anyMatch(element -> !element.equals(NAME));
    }

    @Nullable Said get(String element) {
        return elements.get(element);
    }

    /** Reads an element; {@code otherwise} if nothing is said about it. */
    <T> T get(String element, Function<String, T> reader, T otherwise) {
        Said said = elements.get(element);
        return said == null ? otherwise : Values.parse(said.where(), said.text(), reader);
    }

    String name() {
        return get(NAME, text -> text, "");
    }

    Sandbox.Reset reset() {
        return get("reset", text -> Values.constant(Sandbox.Reset.class, text), Sandbox.Reset.METHOD);
    }

    /** Returns the environment variables' elements and what is said about them. */
    Map<String, Said> environment() {
        Map<String, Said> environment = new LinkedHashMap<>(elements);
        environment.keySet().removeIf(element -> !element.startsWith(AnnotationReader.ENVIRONMENT));
        return environment;
    }

    /** Lists for a message what this one and another say differently, one element a line. */
    String differences(SandboxDeclaration other) {
        Set<String> all = new LinkedHashSet<>(elements.keySet());
        all.addAll(other.elements.keySet());
        List<String> lines = new ArrayList<>();
        for (String element : all) {
            Said here = elements.get(element);
            Said there = other.elements.get(element);
            if (here == null || there == null || !here.values().equals(there.values())) {
                lines.add("\n  " + element + ": " + describe(here) + " and " + describe(there));
            }
        }
        return String.join("", lines);
    }

    private static String describe(@Nullable Said said) {
        return said == null ? "nothing said" : said.toString();
    }
}
