package org.junitsandbox;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junitsandbox.shell.Shell;

/**
 * A parameter or field that requests a shell, in the context of a test or a class. It collects the declarations of its
 * sandbox.
 */
final class InjectionPoint {

    private final String place;
    private final ExtensionContext context;

    /** The annotation on the parameter or field itself. */
    private final Optional<Sandbox> own;

    private final boolean ofTestMethod;

    /** The test class and those around it, from the inside out. */
    private final List<Class<?>> classes;

    /** The annotations, the nearest first. */
    private final List<Level> levels = new ArrayList<>();

    /** One annotation, and the one of {@link #classes} that it belongs to. */
    private record Level(SandboxDeclaration declaration, Class<?> owner) {}

    private InjectionPoint(String place, ExtensionContext context, Optional<Sandbox> own, Member member) {
        this.place = place;
        this.context = context;
        this.own = own;
        this.ofTestMethod = context.getTestMethod().filter(member::equals).isPresent();
        List<Class<?>> outermostFirst = new ArrayList<>(context.getEnclosingTestClasses());
        outermostFirst.add(context.getRequiredTestClass());
        Collections.reverse(outermostFirst);
        this.classes = outermostFirst;
    }

    static InjectionPoint of(ParameterContext parameter, ExtensionContext context) {
        Executable executable = parameter.getDeclaringExecutable();
        String place = "parameter " + parameter.getParameter().getName() + " of " + describe(executable);
        InjectionPoint point =
                new InjectionPoint(place, context, parameter.findAnnotation(Sandbox.class), executable);
        point.add(point.own, place, executable);
        if (executable instanceof Method method) {
            point.add(method);
        }
        point.addOuterPlaces(executable);
        return point;
    }

    static InjectionPoint of(Field field, ExtensionContext context) {
        String place = describe(field);
        InjectionPoint point = new InjectionPoint(place, context, find(field), field);
        point.add(point.own, place, field);
        point.addOuterPlaces(field);
        return point;
    }

    /** Returns what it is, for messages: {@code field A.shell}. */
    String place() {
        return place;
    }

    ExtensionContext context() {
        return context;
    }

    /** Returns the context of the class of the test, or of the class itself. */
    ExtensionContext classContext() {
        ExtensionContext found = context;
        while (found.getElement().filter(Class.class::isInstance).isEmpty()) {
            found = found.getParent().orElseThrow();
        }
        return found;
    }

    /** Whether an annotation applies to it: its own, or one on what is around it. */
    boolean isDeclared() {
        return !levels.isEmpty();
    }

    /**
     * Merges the annotations and the configuration parameters.
     *
     * @throws ExtensionConfigurationException if there is no annotation at all, or if a value cannot be read
     */
    SandboxDeclaration declaration() {
        if (levels.isEmpty()) {
            throw new ExtensionConfigurationException("No @Sandbox for " + place + ", neither on it nor on its method"
                    + " or its classes. Annotate it with @Sandbox, or its class for all Shell parameters there.");
        }
        return SandboxDeclaration.merge(levels.stream().map(Level::declaration).toList())
                .withParameters(context::getConfigurationParameter);
    }

    /**
     * Returns the class that a sandbox of class scope belongs to: the innermost for which more than a name is set, or
     * else the outermost. So a nested class that sets nothing of its own shares the sandbox of the class around it.
     */
    Class<?> owner() {
        return classes.stream()
                .filter(candidate -> levels.stream()
                        .anyMatch(level -> level.owner() == candidate && level.declaration().setsMoreThanName()))
                .findFirst()
                .orElse(classes.get(classes.size() - 1));
    }

    /**
     * Whether a test method will request the same sandbox as the current one: both have the same annotation, and if
     * this is a parameter of the current test method, a parameter of both has the same annotation, too.
     */
    boolean isLike(Method testMethod) {
        return find(testMethod).equals(context.getTestMethod().flatMap(InjectionPoint::find))
                && (!ofTestMethod
                        || Arrays.stream(testMethod.getParameters())
                                .filter(parameter -> parameter.getType() == Shell.class)
                                .anyMatch(parameter -> find(parameter).equals(own)));
    }

    private void addOuterPlaces(Member member) {
        context.getTestMethod().filter(method -> !method.equals(member)).ifPresent(this::add);
        for (Class<?> type : classes) {
            addWithSuperclasses(type);
        }
    }

    private void addWithSuperclasses(Class<?> type) {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            Class<?> above = declaring.getSuperclass();
            Optional<Sandbox> found = find(declaring);
            // An equal annotation of the superclass is the inherited one.
            if (above == null || !found.equals(find(above))) {
                String annotated = "class " + declaring.getName();
                found.ifPresent(sandbox -> levels.add(new Level(SandboxDeclaration.of(sandbox, annotated), type)));
            }
        }
    }

    private void add(Method method) {
        add(find(method), describe(method), method);
    }

    private void add(Optional<Sandbox> found, String annotated, Member member) {
        found.ifPresent(sandbox -> levels.add(new Level(SandboxDeclaration.of(sandbox, annotated), classOf(member))));
    }

    /** Returns the one of {@link #classes} that has or inherits a member. */
    private Class<?> classOf(Member member) {
        return classes.stream()
                .filter(candidate -> member.getDeclaringClass().isAssignableFrom(candidate))
                .findFirst()
                .orElse(classes.get(0));
    }

    private static Optional<Sandbox> find(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, Sandbox.class);
    }

    /**
     * Checks the type of a parameter or field.
     *
     * @param place what it is, for messages
     */
    static void checkType(Class<?> type, String place) {
        if (type != Shell.class) {
            throw new ExtensionConfigurationException("@Sandbox on " + place + ", which is of type " + type.getName()
                    + ". Make it a " + Shell.class.getName() + ".");
        }
    }

    /** Returns what a member is, for messages: {@code method A.test}. */
    static String describe(Member member) {
        String owner = member.getDeclaringClass().getName();
        if (member instanceof Field) {
            return "field " + owner + "." + member.getName();
        }
        return member instanceof Method ? "method " + owner + "." + member.getName() : "the constructor of " + owner;
    }
}
