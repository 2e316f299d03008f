package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** What {@link DisabledWithoutEngine} does with an engine and without. */
class EngineConditionTests {

    /** Deactivates the annotation's own condition, which looks for a real engine; this test registers another one. */
    private static final Map<String, String> NO_REAL_CONDITION =
            Map.of("junit.jupiter.conditions.deactivate", EngineCondition.class.getName());

    /** The condition on an imaginary machine. */
    private record Fake(Optional<String> absence) implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return new EngineCondition(ignored -> absence).evaluateExecutionCondition(context);
        }
    }

    static class WithoutEngine {
        @RegisterExtension
        static final ExecutionCondition CONDITION = new Fake(Optional.of("Looked here and there"));

        @Test
        @DisabledWithoutEngine
        void needsAnEngine() {}

        @Test
        void needsNone() {}
    }

    static class WithEngine {
        @RegisterExtension
        static final ExecutionCondition CONDITION = new Fake(Optional.empty());

        @Test
        @DisabledWithoutEngine
        void needsAnEngine() {}
    }

    @DisabledWithoutEngine
    static class ClassWithoutEngine extends WithoutEngine {}

    @Test
    void skipsWhatIsAnnotatedWithTheReason() {
        EngineExecutionResults results = run(Map.of(), WithoutEngine.class);

        results.testEvents().assertThatEvents().haveExactly(1, skippedWithReason("Looked here and there"));
        assertThat(results.testEvents().succeeded().count()).isEqualTo(1);
    }

    @Test
    void skipsAnAnnotatedClass() {
        EngineExecutionResults results = run(Map.of(), ClassWithoutEngine.class);

        results.containerEvents().assertThatEvents().haveExactly(1, skippedWithReason("Looked here and there"));
        assertThat(results.testEvents().started().count()).isZero();
    }

    @Test
    void failsWhatItWouldSkipWhereAnEngineIsRequired() {
        assertThat(Fixtures.failures(run(Map.of("sandbox.required", "true"), WithoutEngine.class)))
                .singleElement(STRING).contains("@DisabledWithoutEngine would skip this, but configuration parameter"
                        + " sandbox.required is true. Looked here and there");
    }

    @Test
    void refusesARequirementThatIsNeitherTrueNorFalse() {
        assertThat(Fixtures.failures(run(Map.of("sandbox.required", "yes"), WithoutEngine.class)))
                .singleElement(STRING).contains("Configuration parameter sandbox.required: \"yes\" is neither true");
    }

    @Test
    void letsTestsRunWithAnEngine() {
        EngineExecutionResults results = run(Map.of("sandbox.required", "true"), WithEngine.class);

        assertThat(results.testEvents().succeeded().count()).isEqualTo(1);
    }

    private static EngineExecutionResults run(Map<String, String> parameters, Class<?> type) {
        Map<String, String> all = new HashMap<>(NO_REAL_CONDITION);
        all.putAll(parameters);
        return Fixtures.run(all, type);
    }
}
