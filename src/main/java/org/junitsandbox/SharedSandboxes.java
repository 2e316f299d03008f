package org.junitsandbox;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The sandboxes of a class, which its tests share. */
final class SharedSandboxes {

    private final List<OpenSandbox> sandboxes = new CopyOnWriteArrayList<>();

    private SharedSandboxes() {}

    static SharedSandboxes of(ExtensionContext owner) {
        return ContextStore.getOrMake(owner, SharedSandboxes.class, "", SharedSandboxes::new);
    }

    void add(OpenSandbox sandbox) {
        sandboxes.add(sandbox);
    }

    void remove(OpenSandbox sandbox) {
        sandboxes.remove(sandbox);
    }

    /** Notes the beginning of a test in all that it may use, and publishes their transcripts if it fails. */
    static void watch(ExtensionContext test) {
        forEach(test, sandbox -> sandbox.testBegins(test));
        ContextStore.getOrMake(test, Watch.class, "", () -> new Watch(test));
    }

    private record Watch(ExtensionContext test) implements AutoCloseable {
        @Override
        public void close() {
            if (Evidence.hasFailed(test)) {
                forEach(test, sandbox -> sandbox.testFailed(test));
            }
        }
    }

    private static void forEach(ExtensionContext test, Consumer<OpenSandbox> use) {
        for (Optional<ExtensionContext> owner = test.getParent(); owner.isPresent(); owner = owner.get().getParent()) {
            of(owner.get()).sandboxes.forEach(use);
        }
    }
}
