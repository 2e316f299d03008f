package org.junitsandbox;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellSeries;

/**
 * Foresees how many more sandboxes of one spec the test methods of a class will ask for, so that a spare is ready for
 * the next one and none is started that nobody will need. It counts test methods that say the same as one that has
 * asked. Safe for use by several threads.
 */
final class SandboxForecast implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(SandboxForecast.class);

    private final SandboxPool pool;
    private final SandboxSpec spec;
    private final Set<Method> toCome;
    private @Nullable ShellSeries series;

    /** Has the class's id, as look-ups in a store go on in the stores of all contexts above it. */
    private record Key(String classId, SandboxSpec spec) {}

    private SandboxForecast(SandboxPool pool, SandboxSpec spec, Set<Method> toCome) {
        this.pool = pool;
        this.spec = spec;
        this.toCome = toCome;
    }

    /** Returns that of the class around a test method; the first call makes it. */
    @SuppressWarnings("deprecation") // JUnit 6 has a successor; JUnit 5 has not.
    static SandboxForecast of(InjectionPoint point, SandboxSpec spec) {
        ExtensionContext classContext = point.classContext();
        SandboxPool pool = TestRunPool.of(classContext);
        Store store = classContext.getStore(NAMESPACE);
        return Objects.requireNonNull(store.getOrComputeIfAbsent(
                new Key(classContext.getUniqueId(), spec),
                key -> new SandboxForecast(pool, spec, testMethods(point)),
                SandboxForecast.class));
    }

    private static Set<Method> testMethods(InjectionPoint point) {
        return new HashSet<>(ReflectionSupport.findMethods(
                point.context().getRequiredTestClass(),
                method -> AnnotationSupport.isAnnotated(method, Testable.class) && point.recursIn(method),
                HierarchyTraversalMode.TOP_DOWN));
    }

    /** Opens a shell for a test method, which is thus one of those to come no more. */
    Shell open(Method testMethod) {
        return series().open(more(testMethod));
    }

    /** Made late, as the image may be missing. */
    private synchronized ShellSeries series() {
        if (series == null) {
            series = pool.series(spec);
        }
        return series;
    }

    private synchronized int more(Method testMethod) {
        toCome.remove(testMethod);
        // How often a template is invoked is not known before it has been.
        return AnnotationSupport.isAnnotated(testMethod, TestTemplate.class) ? Integer.MAX_VALUE : toCome.size();
    }

    @Override
    public synchronized void close() {
        if (series != null) {
            series.close();
        }
    }
}
