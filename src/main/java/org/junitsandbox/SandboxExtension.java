package org.junitsandbox;

import java.lang.reflect.Field;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junitsandbox.internal.pool.Borrower;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Injects shells into the parameters and fields that are annotated with {@link Sandbox}, or to which one applies.
 *
 * <p>That annotation registers it, so tests do not name it. Where none is in reach, JUnit does not know it, and fails
 * with "No ParameterResolver registered": annotate the parameter or its class. With JUnit's configuration parameter
 * {@code junit.jupiter.extensions.autodetection.enabled=true} it is there for all tests, and its own message shows what
 * to write.
 *
 * @since 0.1
 */
public final class SandboxExtension
        implements ParameterResolver,
                TestInstancePreConstructCallback,
                TestInstancePostProcessor,
                BeforeAllCallback,
                BeforeEachCallback,
                BeforeTestExecutionCallback,
                AfterEachCallback {

    private static final Namespace NAMESPACE = Namespace.create(SandboxExtension.class);

    /** For JUnit. */
    public SandboxExtension() {}

    /** Makes constructors and instance fields part of their test, where each test has an instance of its own. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Shell.class || type == Sandboxes.class || parameter.isAnnotated(Sandbox.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        InjectionPoint point = InjectionPoint.of(parameter, context);
        if (parameter.getParameter().getType() == Sandboxes.class) {
            return new Sandboxes(point);
        }
        InjectionPoint.checkType(parameter.getParameter().getType(), point.place());
        return shell(point);
    }

    /** A test begins with its constructor, where it has an instance of its own. */
    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        if (context.getTestMethod().isPresent()) {
            SharedSandboxes.watch(context).testBegins();
        }
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) {
        SandboxFields.ofInstance(instance).forEach(field -> inject(field, instance, context));
        for (Field field : SandboxFields.emptyOfInstance(instance)) {
            InjectionPoint point = InjectionPoint.of(field, context);
            if (point.isDeclared() && SandboxScope.exists(point, point.declaration())) {
                SandboxFields.set(field, instance, shell(point));
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (AnnotationSupport.isAnnotated(context.getRequiredTestClass(), Sandbox.class)) {
            EarlyEngineSearch.begin(ChosenEngine.of(context));
        }
        for (Field field : SandboxFields.ofClass(context.getRequiredTestClass())) {
            inject(field, null, context);
            // Another class that inherits the field may be next.
            context.getStore(NAMESPACE).put(field, (AutoCloseable) () -> SandboxFields.set(field, null, null));
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        SharedSandboxes.watch(context).testBegins();
    }

    /** JUnit calls this also where another extension fails before {@link #beforeEach}. */
    @Override
    public void afterEach(ExtensionContext context) {
        SharedSandboxes.watch(context);
    }

    /** A field that only looks as if it were given a shell would be null in the test. */
    @Override
    public void beforeTestExecution(ExtensionContext context) {
        Stream<Field> ofInstances = context.getRequiredTestInstances().getAllInstances().stream()
                .flatMap(instance -> SandboxFields.emptyOfInstance(instance).stream());
        Stream.concat(SandboxFields.emptyOfClass(context.getRequiredTestClass()).stream(), ofInstances)
                .map(field -> InjectionPoint.of(field, context))
                .filter(InjectionPoint::isDeclared)
                .findFirst()
                .ifPresent(point -> {
                    throw new ExtensionConfigurationException("No shell for " + point.place() + ": a static field, or"
                            + " one of an instance for all tests, gets one for a whole class only. Write"
                            + " @Sandbox(reset = Sandbox.Reset.CLASS) on it, or make it a parameter of the test.");
                });
    }

    private static void inject(Field field, @Nullable Object instance, ExtensionContext context) {
        SandboxFields.check(field, instance);
        SandboxFields.set(field, instance, shell(InjectionPoint.of(field, context)));
    }

    private static Shell shell(InjectionPoint point) {
        ParameterNames.check(point.context());
        SandboxDeclaration declaration = point.declaration();
        SandboxSpec spec = declaration.spec(point.place());
        SandboxScope scope = SandboxScope.of(point, declaration);
        SandboxLifetime lifetime = scope.lifetime(() -> new SandboxLifetime(declaration, point.place(), spec));
        lifetime.check(declaration, point.place(), spec);
        return lifetime.shell(() -> {
            Shell shell = open(spec, point, declaration.reset(), scope);
            return new OpenSandbox(shell, declaration, scope.owner()).begin(point.context(), () -> {
                SandboxFiles.copyIn(
                        declaration.files(), point.context().getRequiredTestClass(), point.place(), shell);
                ClassReport.publish(point, shell);
            });
        });
    }

    private static Shell open(SandboxSpec spec, InjectionPoint point, Sandbox.Reset reset, SandboxScope scope) {
        ExtensionContext context = point.context();
        Borrower borrower =
                Borrower.inScope(point.place(), scope.owner().getUniqueId(), context.getUniqueId());
        return borrower.call(() -> reset == Sandbox.Reset.CLASS
                ? TestRunPool.of(context).open(spec)
                : SandboxForecast.of(point, spec).open(context.getRequiredTestMethod()));
    }
}
