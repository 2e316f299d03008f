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

    /** Publishes the transcripts of all that a test may use if it fails. */
    static Watch watch(ExtensionContext test) {
        return ContextStore.getOrMake(test, Watch.class, "", () -> new Watch(test));
    }

    /** Has the outcome of one test. For the test's thread. */
    static final class Watch implements AutoCloseable {

        private final ExtensionContext test;
        private boolean begun;

        private Watch(ExtensionContext test) {
            this.test = test;
        }

        /** Notes the beginning of the test in the transcripts; once. */
        void testBegins() {
            if (!begun) {
                begun = true;
                forEach(test, sandbox -> sandbox.testBegins(test));
            }
        }

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
