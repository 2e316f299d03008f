package org.junitsandbox;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.spec.SandboxSpec;

/**
 * The value of a setting, or of a part of one.
 *
 * @param value has an {@code equals} method
 * @param origin where it is declared, for messages: {@code image of @Sandbox on class A}
 * @param change what it makes of a spec
 */
record DeclaredValue(Object value, String origin, Change change) {

    /** What a value makes of a spec. */
    @FunctionalInterface
    interface Change {
        /**
         * Applies the value.
         *
         * @param before null for a setting that starts a spec
         * @throws IllegalArgumentException if the value is not valid
         */
        SandboxSpec apply(@Nullable SandboxSpec before);
    }

    /**
     * Applies the value.
     *
     * @throws ExtensionConfigurationException if it is not valid
     */
    SandboxSpec applyTo(@Nullable SandboxSpec before) {
        return Converters.convert(origin, () -> change.apply(before));
    }

    @Override
    public String toString() {
        List<?> values = value instanceof List<?> list ? list : List.of(value);
        return values.stream().map(each -> "\"" + each + "\"").collect(Collectors.joining(", ")) + " (" + origin + ")";
    }
}
