package org.junitsandbox;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellSeries;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Predicts how many more sandboxes of one spec the test methods of a class will request, so that a spare is ready for
 * the next one and none is started that no test needs. It counts the test methods that are annotated like one that has
 * requested a sandbox. Safe for use by several threads.
 */
final class SandboxForecast implements AutoCloseable {

    private final SandboxPool pool;
    private final SandboxSpec spec;
    private final Set<Method> upcoming;
    private @Nullable ShellSeries series;

    private SandboxForecast(SandboxPool pool, SandboxSpec spec, Set<Method> upcoming) {
        this.pool = pool;
        this.spec = spec;
        this.upcoming = upcoming;
    }

    /** Returns the forecast for the class of a test method; the first call makes it. */
    static SandboxForecast of(InjectionPoint point, SandboxSpec spec) {
        ExtensionContext classContext = point.classContext();
        SandboxPool pool = TestRunPool.of(classContext);
        return ContextStore.getOrMake(
                classContext, SandboxForecast.class, spec, () -> new SandboxForecast(pool, spec, testMethods(point)));
    }

    private static Set<Method> testMethods(InjectionPoint point) {
        return new HashSet<>(ReflectionSupport.findMethods(
                point.context().getRequiredTestClass(),
                method -> AnnotationSupport.isAnnotated(method, Testable.class) && point.isLike(method),
                HierarchyTraversalMode.TOP_DOWN));
    }

    /** Opens a shell for a test method, which is then no longer one of the upcoming ones. */
    Shell open(Method testMethod) {
        return series().open(more(testMethod));
    }

    /** Makes the series late, as this pulls or builds the image. */
    private synchronized ShellSeries series() {
        if (series == null) {
            series = pool.series(spec);
        }
        return series;
    }

    private synchronized int more(Method testMethod) {
        upcoming.remove(testMethod);
        // The number of invocations of a template is not known in advance.
        return AnnotationSupport.isAnnotated(testMethod, TestTemplate.class) ? Integer.MAX_VALUE : upcoming.size();
    }

    @Override
    public synchronized void close() {
        if (series != null) {
            series.close();
        }
    }
}
