package org.junitsandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsandbox.shell.Shell;

/**
 * Publishes in JUnit's report of a class how its sandboxes are weaker than they could be, once for each kind of
 * sandbox.
 */
final class ClassReport {

    static final String LOOSENED = "sandbox.loosened";

    static final String LIMIT_WARNINGS = "sandbox.limitWarnings";

    private final Map<String, String> entries = new LinkedHashMap<>();

    private ClassReport(Shell shell) {
        add(LOOSENED, shell.spec().profile().loosened());
        add(LIMIT_WARNINGS, shell.limitWarnings());
    }

    static void publish(InjectionPoint point, Shell shell) {
        ExtensionContext context = point.classContext();
        ContextStore.getOrMake(context, ClassReport.class, shell.spec(), () -> {
            ClassReport report = new ClassReport(shell);
            if (!report.entries.isEmpty()) {
                context.publishReportEntry(report.entries);
            }
            return report;
        });
    }

    private void add(String key, List<String> facts) {
        if (!facts.isEmpty()) {
            entries.put(key, String.join("; ", facts));
        }
    }
}
