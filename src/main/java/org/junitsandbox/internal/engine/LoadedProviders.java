package org.junitsandbox.internal.engine;

import java.util.List;
import java.util.ServiceLoader;

/** The providers on the class path, which are looked for once: each test class asks for one of them. */
final class LoadedProviders {

    static final List<EngineProvider> ALL =
            ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private LoadedProviders() {}
}
