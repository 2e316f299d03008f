package org.junitsandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.shell.Shell;

/** Tells in JUnit's report of a class what its sandboxes leave open, once for each kind. */
final class ClassReport {

    private static final Namespace NAMESPACE = Namespace.create(ClassReport.class);

    static final String LOOSENED = "sandbox.loosened";

    static final String LIMITS = SandboxSpec.LIMIT_CHECK_PROPERTY;

    /** Has the class's id, as look-ups in a store go on in the stores of all contexts above it. */
    private record Key(String classId, SandboxSpec spec) {}

    private ClassReport() {}

    @SuppressWarnings("deprecation") // JUnit 6 has a successor; JUnit 5 has not.
    static void tell(InjectionPoint point, Shell shell) {
        ExtensionContext context = point.classContext();
        context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(new Key(context.getUniqueId(), shell.spec()), key -> {
                    Map<String, String> entries = entries(shell);
                    if (!entries.isEmpty()) {
                        context.publishReportEntry(entries);
                    }
                    return entries;
                });
    }

    private static Map<String, String> entries(Shell shell) {
        Map<String, String> entries = new LinkedHashMap<>();
        put(entries, LOOSENED, shell.spec().profile().loosened());
        put(entries, LIMITS, shell.limitWarnings());
        return entries;
    }

    private static void put(Map<String, String> entries, String key, List<String> facts) {
        if (!facts.isEmpty()) {
            entries.put(key, String.join("; ", facts));
        }
    }
}
