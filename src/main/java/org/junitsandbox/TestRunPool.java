package org.junitsandbox;

import java.util.Objects;
import java.util.function.BiFunction;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxPool;

/** The pool of all sandboxes of a test run. JUnit closes it after the last test. */
final class TestRunPool {

    private static final Namespace NAMESPACE = Namespace.create(TestRunPool.class);

    static final String SPARES = "sandbox.pool.spares";

    static final String MAX = "sandbox.pool.max";

    private TestRunPool() {}

    /**
     * Returns the pool of the run that a context is part of; the first call makes it.
     *
     * @throws ExtensionConfigurationException if a configuration parameter for its size is none
     */
    @SuppressWarnings("deprecation") // JUnit 6 has a successor; JUnit 5 has not.
    static SandboxPool of(ExtensionContext context) {
        Store store = context.getRoot().getStore(NAMESPACE);
        return Objects.requireNonNull(store.getOrComputeIfAbsent(
                SandboxPool.class, key -> new SandboxPool(size(context)), SandboxPool.class));
    }

    private static PoolSize size(ExtensionContext context) {
        PoolSize size = changed(PoolSize.DEFAULT, context, SPARES, PoolSize::spares);
        return changed(size, context, MAX, PoolSize::max);
    }

    private static PoolSize changed(
            PoolSize size, ExtensionContext context, String key, BiFunction<PoolSize, Integer, PoolSize> change) {
        return context.getConfigurationParameter(key)
                .map(text -> Values.parse(
                        "Configuration parameter " + key,
                        text.strip(),
                        value -> change.apply(size, Values.count(value))))
                .orElse(size);
    }
}
