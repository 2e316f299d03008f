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

    /** Leaves the conditions of this test alone: those that the annotation brings look for a real engine. */
    private static final Map<String, String> NO_REAL_CONDITION =
            Map.of("junit.jupiter.conditions.deactivate", EngineCondition.class.getName());

    /** The condition on a machine that is made up. */
    private record Fake(Optional<String> whyNone) implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return new EngineCondition(() -> whyNone).evaluateExecutionCondition(context);
        }
    }

    static class WithoutEngine {
        @RegisterExtension
        static final ExecutionCondition CONDITION = new Fake(Optional.of("Looked here and there"));

        @Test
        @DisabledWithoutEngine
        void wantsAnEngine() {}

        @Test
        void wantsNone() {}
    }

    static class WithEngine {
        @RegisterExtension
        static final ExecutionCondition CONDITION = new Fake(Optional.empty());

        @Test
        @DisabledWithoutEngine
        void wantsAnEngine() {}
    }

    @DisabledWithoutEngine
    static class ClassWithoutEngine extends WithoutEngine {}

    @Test
    void skipsWhatIsAnnotatedAndSaysWhy() {
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
