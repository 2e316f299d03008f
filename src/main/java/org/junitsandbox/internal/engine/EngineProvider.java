package org.junitsandbox.internal.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junitsandbox.internal.engine.EngineException.Fault;

/**
 * Finds a container engine of one kind. {@link java.util.ServiceLoader} finds the providers, so that nothing else needs
 * to know which there are.
 */
public interface EngineProvider {

    /** The name by which it is chosen. */
    String name();

    /** Returns the names of the configuration parameters that this kind of engine has of its own. */
    default Set<String> settings() {
        return Set.of();
    }

    /**
     * Returns the engine. It is looked for once in a JVM: later calls with the same settings repeat the first one's
     * answer at once. If the user names an engine, it is that one or none.
     *
     * @param settings values by the names of {@link #settings}; others have no effect
     * @throws IllegalArgumentException if a value is not valid; the message names the setting
     * @throws EngineException with {@link Fault#UNAVAILABLE} if none answers; the message names what was tried and what
     *     to do
     */
    ContainerEngine engine(Map<String, String> settings) throws EngineException;

    /**
     * Returns the provider of a name.
     *
     * @throws IllegalArgumentException if no provider has that name; the message lists the names of those there are
     */
    static EngineProvider named(String name) {
        return all().stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No kind of container engine is called \"" + name
                        + "\": the class path has "
                        + all().stream().map(EngineProvider::name).toList()
                        + ". If the library was repackaged, keep its META-INF/services/"
                        + EngineProvider.class.getName() + "."));
    }

    /** Returns all providers. */
    static List<EngineProvider> all() {
        return LoadedProviders.ALL;
    }
}
