package org.junitsandbox;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.JUnitException;
import org.junitsandbox.evidence.TranscriptFiles;
import org.junitsandbox.internal.text.Notices;
import org.junitsandbox.internal.text.Printable;
import org.junitsandbox.shell.SandboxException;
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

    /** The directory with the files of {@code /work}. */
    static final String FILES = "work";

    /** What is not in that directory, one line each. */
    static final String FILES_LEFT_OUT = "work-left-out.txt";

    private static final int MAX_NOTED = 20;

    private final Shell shell;
    private final String sandboxName;
    private final long maxBytes;
    private @Nullable Closeable journal;
    private @Nullable Path journalDirectory;
    private boolean setUpFailed;

    /**
     * @param maxBytes how much is kept of files
     */
    Evidence(Shell shell, String sandboxName, long maxBytes) {
        this.shell = shell;
        this.sandboxName = sandboxName;
        this.maxBytes = maxBytes;
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
        String title = name(context) + (sandboxName.isEmpty() ? "" : ", sandbox " + sandboxName);
        return shell.masked(List.of(title)).get(0);
    }

    /** Returns the title, with a number where an earlier sandbox of the context has it as well. */
    String numberedTitle(ExtensionContext context) {
        String title = title(context);
        int number = ContextStore.getOrMake(context, AtomicInteger.class, "title " + title, AtomicInteger::new)
                .incrementAndGet();
        return number == 1 ? title : title + " #" + number;
    }

    /** Begins files that grow with each event, and publishes them at once. */
    void follow(ExtensionContext owner) {
        publish(owner, directory -> {
            journal = TranscriptFiles.follow(shell, title(owner), directory);
            journalDirectory = directory;
        });
    }

    /** As {@link #complete}, for a test or a class of which JUnit does not know yet that it fails. */
    void completeAfterFailedSetUp(ExtensionContext context, boolean transcript, boolean files) {
        setUpFailed = true;
        complete(context, transcript, files);
    }

    /** Ends the files that grow, or publishes what is wanted. */
    void complete(ExtensionContext owner, boolean transcript, boolean files) {
        if (journal == null) {
            publish(owner, transcript, files);
            return;
        }
        try {
            Path directory = Objects.requireNonNull(journalDirectory);
            noteEnd();
            try {
                writeFiles(directory, files);
            } finally {
                journal.close();
            }
            noticeFailure(owner, directory);
        } catch (IOException e) {
            warn(owner, e);
        }
    }

    /** Publishes what is wanted. */
    void publish(ExtensionContext context, boolean transcript, boolean files) {
        if (transcript || files) {
            publish(context, directory -> {
                if (transcript) {
                    noteEnd();
                }
                try {
                    writeFiles(directory, files);
                } finally {
                    if (transcript) {
                        TranscriptFiles.write(shell.transcript(), title(context), directory);
                    }
                }
            });
        }
    }

    /** Ends the transcript with what all commands used and changed. */
    private void noteEnd() {
        // Nobody is to wait here for the end of a command.
        if (shell.isBusy()) {
            shell.note("not looked for: what was used and which files have changed, as a command was still running");
        } else {
            tryTo(shell::noteUsage);
            tryTo(shell::noteChanges);
        }
    }

    private static void tryTo(Runnable action) {
        try {
            action.run();
        } catch (SandboxException | IllegalStateException e) {
            LOG.debug("The reason is in the transcript", e);
        }
    }

    private void writeFiles(Path directory, boolean wanted) throws IOException {
        if (!wanted) {
            return;
        }
        List<String> leftOut = new ArrayList<>();
        if (shell.isBusy()) {
            leftOut.add("all, as a command was still running");
        } else {
            try {
                leftOut.addAll(shell.copyOutForReading(
                        "/work", Files.createDirectory(directory.resolve(FILES)), maxBytes));
            } catch (SandboxException | IllegalStateException e) {
                leftOut.add(Printable.of(String.valueOf(e.getMessage())));
            }
        }
        if (!leftOut.isEmpty()) {
            noteLeftOut(leftOut);
            Files.write(directory.resolve(FILES_LEFT_OUT), shell.masked(leftOut));
        }
    }

    private void noteLeftOut(List<String> leftOut) {
        List<String> shown = leftOut.subList(0, Math.min(leftOut.size(), MAX_NOTED));
        String rest = leftOut.size() == shown.size() ? "" : "\n" + (leftOut.size() - shown.size()) + " more";
        shell.note("of /work, left out of " + FILES + "/ and named in " + FILES_LEFT_OUT + ":\n"
                + String.join("\n", shown) + rest);
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
                removeEarlier(directory);
                writing.to(directory);
                context.publishReportEntry(TRANSCRIPT, directory.toString());
                noticeFailure(context, directory);
            });
        } catch (JUnitException e) {
            warn(context, e);
        }
    }

    /** JUnit uses the same directories in each run, as long as nobody removes them. */
    private static void removeEarlier(Path directory) throws IOException {
        try (Stream<Path> earlier = Files.walk(directory)) {
            for (Path file : earlier.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(directory)) {
                    Files.delete(file);
                }
            }
        }
    }

    private void noticeFailure(ExtensionContext context, Path directory) {
        if (setUpFailed || hasFailed(context)) {
            Notices.info(LOG, "Transcript of the sandbox of " + title(context) + ": " + directory);
        }
    }

    private void warn(ExtensionContext context, Exception cause) {
        Notices.warn(LOG, "The transcript of the sandbox of " + title(context) + " cannot be published: " + cause);
    }
}
