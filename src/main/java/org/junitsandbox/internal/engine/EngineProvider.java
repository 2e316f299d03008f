package org.junitsandbox.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junitsandbox.internal.engine.EngineException.Fault;

/**
 * Finds a container engine of one kind. {@link ServiceLoader} finds the providers, so that nothing else needs to know
 * which there are.
 */
public interface EngineProvider {

    /** The name of the provider that is used where no other is chosen. */
    String DEFAULT = "docker";

    /** The name by which it is chosen. */
    String name();

    /**
     * Returns the engine. It is looked for once in a JVM: later calls repeat the first one's answer at once. If the
     * user names an engine, it is that one or none.
     *
     * @throws EngineException with {@link Fault#UNAVAILABLE} if none answers; the message names what was tried and what
     *     to do
     */
    ContainerEngine engine() throws EngineException;

    /**
     * Returns the provider of a name.
     *
     * @throws EngineException with {@link Fault#UNAVAILABLE} if there is none; the message lists the names there are
     */
    static EngineProvider named(String name) throws EngineException {
        List<String> names = new ArrayList<>();
        for (EngineProvider provider :
                ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader())) {
            if (provider.name().equals(name)) {
                return provider;
            }
            names.add(provider.name());
        }
        throw new EngineException(
                Fault.UNAVAILABLE,
                "No kind of container engine is called \"" + name + "\": the class path has " + names
                        + ". If the library was repackaged, keep its META-INF/services/"
                        + EngineProvider.class.getName() + ".",
                null);
    }
}
