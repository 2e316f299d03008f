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
import org.junit.platform.commons.support.ReflectionSupport;
import org.junitsandbox.shell.Shell;

/** The fields that request a shell: those annotated, and those that only have its type. */
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

    /** Returns the fields of an instance without an annotation of their own that could be given a shell. */
    static List<Field> emptyOfInstance(Object instance) {
        return empty(instance.getClass(), instance);
    }

    /** Returns the static fields of a class without an annotation of their own that could be given a shell. */
    static List<Field> emptyOfClass(Class<?> type) {
        return empty(type, null);
    }

    private static List<Field> empty(Class<?> type, @Nullable Object instance) {
        return ReflectionSupport.findFields(
                type,
                field -> field.getType() == Shell.class
                        && ModifierSupport.isStatic(field) == (instance == null)
                        && ModifierSupport.isNotFinal(field)
                        && !AnnotationSupport.isAnnotated(field, Sandbox.class)
                        && get(field, instance) == null,
                HierarchyTraversalMode.TOP_DOWN);
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
        if (ModifierSupport.isFinal(field)) {
            throw new ExtensionConfigurationException(
                    "@Sandbox on " + InjectionPoint.describe(field) + ", which is final. Remove that modifier.");
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
            // It or its class may be private.
            field.setAccessible(true);
            return field.get(instance);
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            throw inaccessible(field, e);
        }
    }

    private static ExtensionConfigurationException inaccessible(Field field, Exception cause) {
        Module ours = SandboxFields.class.getModule();
        return new ExtensionConfigurationException(
                "No access to " + InjectionPoint.describe(field) + ": " + cause.getMessage()
                        + ". In the module declaration of its tests, write `opens "
                        + field.getDeclaringClass().getPackageName() + ";`"
                        + (ours.isNamed() ? ", or open that package to " + ours.getName() + "." : "."),
                cause);
    }
}
