package org.junitsandbox.spec;

import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junitsandbox.internal.text.SourceText;

/**
 * Which kind of container engine runs sandboxes, and its settings. One JVM can use several.
 *
 * @param name the engine's name: {@code "docker"} or {@code "kubernetes"}
 * @param settings values by the full names of configuration parameters, {@code sandbox.kubernetes.namespace} for
 *     example; those of other engines have no effect
 * @since 0.1
 */
public record EngineChoice(String name, Map<String, String> settings) {

    /** The system property that chooses the engine where nothing else does: {@value}. */
    public static final String PROPERTY = "sandbox.engine";

    /**
     * The system property that names the repository of images that a Docker engine makes for an engine that cannot:
     * {@value}.
     */
    public static final String REGISTRY_PROPERTY = "sandbox.registry";

    /** The engine that is used where none is chosen: {@value}. */
    public static final String DEFAULT_NAME = "docker";

    /**
     * Makes a choice.
     *
     * @param name must not be blank
     * @param settings may be empty
     */
    public EngineChoice {
        SourceText.checkNotBlank(name, "The engine's name", "for example \"" + DEFAULT_NAME + "\"");
        settings = Map.copyOf(settings);
    }

    /**
     * {@return the choice of the system properties} Their names are those of the configuration parameters. A blank one
     * is not set.
     */
    public static EngineChoice ofSystemProperties() {
        return of(System.getProperties());
    }

    static EngineChoice of(Properties properties) {
        String chosen = properties.getProperty(PROPERTY, "").strip();
        String name = chosen.isEmpty() ? DEFAULT_NAME : chosen;
        return new EngineChoice(
                name,
                properties.stringPropertyNames().stream()
                        .filter(key -> key.startsWith("sandbox." + name + ".") || key.equals(REGISTRY_PROPERTY))
                        .filter(key -> !properties.getProperty(key).isBlank())
                        .collect(Collectors.toMap(key -> key, properties::getProperty)));
    }
}
