package org.junitsandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsandbox.internal.text.Notices;
import org.junitsandbox.shell.Shell;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes in JUnit's report of a class how its sandboxes are weaker than they could be, once for each kind of
 * sandbox, and shows it.
 */
final class ClassReport {

    private static final Logger LOG = LoggerFactory.getLogger(ClassReport.class);

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
                report.showLoosened(context);
            }
            return report;
        });
    }

    /** Shows it once in a test run. What is wrong with limits is shown where it is found. */
    private void showLoosened(ExtensionContext context) {
        String loosened = entries.get(LOOSENED);
        if (loosened != null) {
            ContextStore.getOrMake(context.getRoot(), ClassReport.class, loosened, () -> {
                Notices.info(LOG, "Sandboxes may do more than by default, first of " + context.getDisplayName() + ": "
                        + loosened);
                return this;
            });
        }
    }

    private void add(String key, List<String> facts) {
        if (!facts.isEmpty()) {
            entries.put(key, String.join("; ", facts));
        }
    }
}
