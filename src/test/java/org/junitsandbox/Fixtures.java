package org.junitsandbox;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs the fixtures of a test, which are test classes themselves. */
final class Fixtures {

    private Fixtures() {}

    static EngineExecutionResults run(Class<?>... types) {
        return run(Map.of(), types);
    }

    static EngineExecutionResults run(Map<String, String> parameters, Class<?>... types) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameters(parameters)
                .selectors(Arrays.stream(types).map(type -> selectClass(type)).toArray(ClassSelector[]::new))
                .execute();
    }

    /** Returns the messages of all failed tests and classes. */
    static List<String> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream().map(Fixtures::message).toList();
    }

    /** Runs a class in which either one test or the class itself fails, and returns the message. */
    static String failure(Class<?> type) {
        return failure(Map.of(), type);
    }

    static String failure(Map<String, String> parameters, Class<?> type) {
        List<String> failures = failures(run(parameters, type));
        if (failures.size() != 1) {
            throw new AssertionError("Expected one failure, not " + failures);
        }
        return failures.get(0);
    }

    private static String message(Event event) {
        return event.getPayload(TestExecutionResult.class)
                .flatMap(result -> result.getThrowable().map(failure -> String.valueOf(failure.getMessage())))
                .orElse("no message");
    }
}
