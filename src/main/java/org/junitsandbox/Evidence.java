package org.junitsandbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.JUnitException;
import org.junitsandbox.evidence.TranscriptFiles;
import org.junitsandbox.internal.text.Notices;
import org.junitsandbox.shell.Shell;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes in JUnit's report what is kept of a sandbox. That it cannot is logged, and never the failure of a test.
 */
final class Evidence {

    private static final Logger LOG = LoggerFactory.getLogger(Evidence.class);

    /** The key of the report's entry. */
    static final String TRANSCRIPT = "sandbox.transcript";

    private final Shell shell;
    private final String sandboxName;
    private @Nullable Closeable journal;
    private @Nullable Path journalDirectory;

    Evidence(Shell shell, String sandboxName) {
        this.shell = shell;
        this.sandboxName = sandboxName;
    }

    /** Whether a test or a class failed so far. */
    static boolean hasFailed(ExtensionContext context) {
        return context.getExecutionException()
                .filter(failure -> !(failure instanceof TestAbortedException))
                .isPresent();
    }

    /** Returns the name of a test or a class, for people. */
    static String name(ExtensionContext context) {
        String type = context.getRequiredTestClass().getName();
        return context.getTestMethod().isEmpty() ? type : type + " " + context.getDisplayName();
    }

    private String title(ExtensionContext context) {
        return name(context) + (sandboxName.isEmpty() ? "" : ", sandbox " + sandboxName);
    }

    /** Begins files that grow with each event, and publishes them at once. */
    void follow(ExtensionContext owner) {
        publish(owner, directory -> {
            journal = TranscriptFiles.follow(shell, title(owner), directory);
            journalDirectory = directory;
        });
    }

    /** Ends the files that grow. */
    void complete(ExtensionContext owner) {
        if (journal != null) {
            try {
                journal.close();
                noticeFailure(owner, Objects.requireNonNull(journalDirectory));
            } catch (IOException e) {
                warn(owner, e);
            }
        }
    }

    /** Writes what there is. */
    void publish(ExtensionContext context) {
        publish(context, directory -> TranscriptFiles.write(shell.transcript(), title(context), directory));
    }

    private interface Writing {
        void to(Path directory) throws IOException;
    }

    private void publish(ExtensionContext context, Writing writing) {
        String name = "sandbox-"
                + ContextStore.getOrMake(context, AtomicInteger.class, Evidence.class, AtomicInteger::new)
                        .incrementAndGet();
        try {
            context.publishDirectory(name, directory -> {
                writing.to(directory);
                context.publishReportEntry(TRANSCRIPT, directory.toString());
                noticeFailure(context, directory);
            });
        } catch (JUnitException e) {
            warn(context, e);
        }
    }

    private void noticeFailure(ExtensionContext context, Path directory) {
        if (hasFailed(context)) {
            Notices.info(LOG, "Transcript of the sandbox of " + title(context) + ": " + directory);
        }
    }

    private void warn(ExtensionContext context, Exception cause) {
        Notices.warn(LOG, "The transcript of the sandbox of " + title(context) + " cannot be published: " + cause);
    }
}
