package org.junitsandbox;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineProvider;
import org.junitsandbox.spec.EngineChoice;

/** The engine that the configuration parameters of a test run choose. */
final class ChosenEngine {

    private static final String ORIGIN = "Configuration parameter " + SandboxParameters.ENGINE;

    private ChosenEngine() {}

    /**
     * Returns the choice.
     *
     * @throws ExtensionConfigurationException if there is no engine of that name
     */
    static EngineChoice of(ExtensionContext context) {
        String name = value(context, SandboxParameters.ENGINE).orElse(EngineChoice.DEFAULT_NAME);
        Map<String, String> settings = new TreeMap<>();
        for (String setting : Converters.convert(ORIGIN, () -> EngineProvider.named(name))
                .settings()) {
            value(context, setting).ifPresent(value -> settings.put(setting, value));
        }
        return new EngineChoice(name, settings);
    }

    /**
     * Looks for the engine, which is done once in a JVM.
     *
     * @throws EngineException if it does not answer
     * @throws ExtensionConfigurationException if a setting is not valid
     */
    static void search(EngineChoice choice) throws EngineException {
        try {
            EngineProvider.named(choice.name()).engine(choice.settings());
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    /** Returns the exception to throw for a setting that an engine refuses by its name. */
    static ExtensionConfigurationException invalid(IllegalArgumentException refusal) {
        return new ExtensionConfigurationException("Configuration parameter " + refusal.getMessage(), refusal);
    }

    private static Optional<String> value(ExtensionContext context, String parameter) {
        return context.getConfigurationParameter(parameter).map(String::strip).filter(value -> !value.isEmpty());
    }
}
