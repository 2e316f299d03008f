package org.junitsandbox.harness;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Shells for tests that need a clean sandbox each, but no new container: where containers can be proven clean, the
 * tests of a class share a few. To start one takes more than ten times as long as to clean one. To be registered in a
 * static field.
 */
public final class CleanShells implements AfterAllCallback {

    private @Nullable SandboxPool pool;

    /** Opens a shell, which the caller has to close. */
    public synchronized Shell open(SandboxSpec spec) {
        if (pool == null) {
            pool = new SandboxPool(PoolSize.DEFAULT.spares(0));
        }
        return pool.open(spec);
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        if (pool != null) {
            pool.close();
            pool = null;
        }
    }
}
