package org.junitsandbox;

import java.util.function.BiFunction;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.spec.EngineChoice;

/** The pool of all sandboxes of a test run. JUnit closes it after the last test. */
final class TestRunPool {

    private TestRunPool() {}

    /**
     * Returns the pool of the run that a context is part of; the first call makes it.
     *
     * @throws ExtensionConfigurationException if a configuration parameter for its size or its engine is not valid
     */
    static SandboxPool of(ExtensionContext context) {
        return ContextStore.getOrMake(
                context.getRoot(), SandboxPool.class, "test run", () -> pool(context));
    }

    private static SandboxPool pool(ExtensionContext context) {
        PoolSize size = size(context);
        EngineChoice engine = ChosenEngine.of(context);
        try {
            return new SandboxPool(size, engine);
        } catch (IllegalArgumentException e) {
            throw ChosenEngine.invalid(e);
        }
    }

    private static PoolSize size(ExtensionContext context) {
        PoolSize size = changed(PoolSize.DEFAULT, context, SandboxParameters.POOL_SPARES, PoolSize::spares);
        return changed(size, context, SandboxParameters.POOL_MAX, PoolSize::max);
    }

    private static PoolSize changed(
            PoolSize size, ExtensionContext context, String key, BiFunction<PoolSize, Integer, PoolSize> change) {
        return context.getConfigurationParameter(key)
                .map(text -> Converters.convert(
                        "Configuration parameter " + key,
                        () -> change.apply(size, Converters.count(text.strip()))))
                .orElse(size);
    }
}
