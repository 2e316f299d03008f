package org.junitsandbox;

import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.text.Notices;
import org.junitsandbox.spec.EngineChoice;

/** Skips what is annotated with {@link DisabledWithoutEngine}, or fails it where an engine is required. */
final class EngineCondition implements ExecutionCondition {

    /** Returns why there is no engine; nothing if there is one. */
    private final Function<ExtensionContext, Optional<String>> absence;

    EngineCondition() {
        this(EngineCondition::absence);
    }

    EngineCondition(Function<ExtensionContext, Optional<String>> absence) {
        this.absence = absence;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        // JUnit evaluates it for everything below the annotated element, too.
        if (!AnnotationSupport.isAnnotated(context.getElement(), DisabledWithoutEngine.class)) {
            return ConditionEvaluationResult.enabled("Not annotated with @DisabledWithoutEngine");
        }
        ParameterNames.check(context);
        boolean required = context.getConfigurationParameter(SandboxParameters.REQUIRED)
                .map(text -> Converters.convert(
                        "Configuration parameter " + SandboxParameters.REQUIRED, () -> Converters.truth(text)))
                .orElse(false);
        return result(absence.apply(context), required);
    }

    private static ConditionEvaluationResult result(Optional<String> absence, boolean required) {
        if (absence.isEmpty()) {
            return ConditionEvaluationResult.enabled("A container engine answers");
        }
        if (required) {
            throw new ExtensionConfigurationException("@DisabledWithoutEngine would skip this, but configuration"
                    + " parameter " + SandboxParameters.REQUIRED + " is true. " + absence.get());
        }
        return ConditionEvaluationResult.disabled(absence.get());
    }

    private static Optional<String> absence(ExtensionContext context) {
        Notices.expectNoLogging();
        EngineChoice choice = ChosenEngine.of(context);
        try {
            ChosenEngine.search(choice);
            return Optional.empty();
        } catch (EngineException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
