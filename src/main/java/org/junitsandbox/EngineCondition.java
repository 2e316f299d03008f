package org.junitsandbox;

import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junitsandbox.shell.EngineUnavailableException;
import org.junitsandbox.shell.Shell;

/** Skips what is annotated with {@link DisabledWithoutEngine}, or fails it where an engine is required. */
final class EngineCondition implements ExecutionCondition {

    /** Turns skips into failures. */
    static final String REQUIRED = "sandbox.required";

    /** Tells why there is no engine; nothing if there is one. */
    private final Supplier<Optional<String>> whyNone;

    EngineCondition() {
        this(EngineCondition::whyNone);
    }

    EngineCondition(Supplier<Optional<String>> whyNone) {
        this.whyNone = whyNone;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        // It is asked about everything below the annotated element, too.
        if (!AnnotationSupport.isAnnotated(context.getElement(), DisabledWithoutEngine.class)) {
            return ConditionEvaluationResult.enabled("Not annotated with @DisabledWithoutEngine");
        }
        boolean required = context.getConfigurationParameter(REQUIRED)
                .map(text -> Values.parse("Configuration parameter " + REQUIRED, text, Values::truth))
                .orElse(false);
        return result(whyNone.get(), required);
    }

    private static ConditionEvaluationResult result(Optional<String> whyNone, boolean required) {
        if (whyNone.isEmpty()) {
            return ConditionEvaluationResult.enabled("A container engine answers");
        }
        if (required) {
            throw new ExtensionConfigurationException("@DisabledWithoutEngine would skip this, but configuration"
                    + " parameter " + REQUIRED + " is true. " + whyNone.get());
        }
        return ConditionEvaluationResult.disabled(whyNone.get());
    }

    private static Optional<String> whyNone() {
        try {
            Shell.checkEngine();
            return Optional.empty();
        } catch (EngineUnavailableException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
