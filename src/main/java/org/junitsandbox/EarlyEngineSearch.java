package org.junitsandbox;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.text.Notices;
import org.junitsandbox.spec.EngineChoice;

/**
 * The search for the engine, begun when the first class with sandboxes is met. It loads many classes, while JUnit and
 * the test class prepare the first test.
 */
final class EarlyEngineSearch {

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private EarlyEngineSearch() {}

    /** Begins it in the background, at the first call. */
    static void begin(EngineChoice choice) {
        if (BEGUN.compareAndSet(false, true)) {
            Notices.expectNoLogging();
            Thread search = new Thread(() -> search(choice), "sandbox-engine-search");
            search.setDaemon(true);
            search.start();
        }
    }

    private static void search(EngineChoice choice) {
        try {
            ChosenEngine.search(choice);
        } catch (EngineException | ExtensionConfigurationException e) {
            // The search is made once: the first sandbox gets the same answer, and reports it.
        }
    }
}
