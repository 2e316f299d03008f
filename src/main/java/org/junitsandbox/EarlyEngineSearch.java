package org.junitsandbox;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineProvider;
import org.junitsandbox.internal.text.Notices;

/**
 * The search for the engine, begun when the first class with sandboxes is met. It loads many classes, while JUnit and
 * the test class prepare the first test.
 */
final class EarlyEngineSearch {

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private EarlyEngineSearch() {}

    /** Begins it in the background, at the first call. */
    static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            Notices.expectNoLogging();
            Thread search = new Thread(EarlyEngineSearch::search, "sandbox-engine-search");
            search.setDaemon(true);
            search.start();
        }
    }

    private static void search() {
        try {
            EngineProvider.named(EngineProvider.DEFAULT).engine();
        } catch (EngineException e) {
            // The search is made once: the first sandbox gets the same answer, and reports it.
        }
    }
}
