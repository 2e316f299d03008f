package org.junitsandbox.benchmark;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs a test class in this JVM by JUnit's own engine, as a build would. */
final class JUnitRun {

    private JUnitRun() {}

    /** Runs all tests of a class; fails unless exactly {@code tests} tests pass and none fails. */
    static void of(Class<?> type, int tests, Map<String, String> parameters) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(selectClass(type))
                .execute();
        results.allEvents().failed().stream().findFirst().ifPresent(JUnitRun::rethrow);
        long passed = results.testEvents().succeeded().count();
        if (passed != tests) {
            throw new AssertionError(passed + " of " + tests + " tests of " + type.getSimpleName() + " passed");
        }
    }

    private static void rethrow(Event failed) {
        Throwable cause = failed.getPayload(TestExecutionResult.class)
                .flatMap(TestExecutionResult::getThrowable)
                .orElse(null);
        throw new AssertionError(failed.getTestDescriptor().getDisplayName() + " failed", cause);
    }
}
