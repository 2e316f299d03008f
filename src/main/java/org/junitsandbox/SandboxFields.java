package org.junitsandbox;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;
import org.junitsandbox.shell.Shell;

/** The fields that request a shell. */
final class SandboxFields {

    private SandboxFields() {}

    static List<Field> ofClass(Class<?> type) {
        return annotated(type, ModifierSupport::isStatic);
    }

    /**
     * Returns those of a test instance. A record has none: its constructor sets its fields, and the constructor's
     * parameters have the annotations.
     */
    static List<Field> ofInstance(Object instance) {
        Class<?> type = instance.getClass();
        return type.isRecord() ? List.of() : annotated(type, ModifierSupport::isNotStatic);
    }

    private static List<Field> annotated(Class<?> type, Predicate<Field> filter) {
        return AnnotationSupport.findAnnotatedFields(type, Sandbox.class, filter, HierarchyTraversalMode.TOP_DOWN);
    }

    /**
     * Checks a field before it is set.
     *
     * @param instance null for a static field
     * @throws ExtensionConfigurationException if it cannot hold a shell, or has a value already
     */
    static void check(Field field, @Nullable Object instance) {
        InjectionPoint.checkType(field.getType(), InjectionPoint.describe(field));
        if (ModifierSupport.isPrivate(field) || ModifierSupport.isFinal(field)) {
            throw new ExtensionConfigurationException("@Sandbox on " + InjectionPoint.describe(field) + ", which is "
                    + (ModifierSupport.isPrivate(field) ? "private" : "final") + ". Remove that modifier.");
        }
        if (get(field, instance) != null) {
            throw new ExtensionConfigurationException("@Sandbox on " + InjectionPoint.describe(field)
                    + ", which has a value already. Do not assign it. A static field that classes running in parallel"
                    + " inherit must be declared in each of the classes.");
        }
    }

    static void set(Field field, @Nullable Object instance, @Nullable Shell shell) {
        try {
            field.set(instance, shell);
        } catch (IllegalAccessException e) {
            throw inaccessible(field, e);
        }
    }

    private static @Nullable Object get(Field field, @Nullable Object instance) {
        try {
            // It is not private, but its class may be.
            field.setAccessible(true);
            return field.get(instance);
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            throw inaccessible(field, e);
        }
    }

    private static ExtensionConfigurationException inaccessible(Field field, Exception cause) {
        return new ExtensionConfigurationException("@Sandbox on " + InjectionPoint.describe(field)
                + ", which cannot be accessed: " + cause.getMessage() + ". Open its package to org.junitsandbox.",
                cause);
    }
}
