package org.junitsandbox.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.SourceText;

/** Copies and looks at files of a shell's sandbox, each in a turn of its own. */
final class Transfers {

    private static final int DEFAULT_MODE = 0644;

    private final SessionTurns turns;
    private final TranscriptRecorder recorder;

    Transfers(SessionTurns turns, TranscriptRecorder recorder) {
        this.turns = turns;
        this.recorder = recorder;
    }

    void copyIn(byte[] content, String target) {
        copyIn(content, target, DEFAULT_MODE);
    }

    void copyIn(byte[] content, String target, int mode) {
        copyIn(content.length + " bytes", target, copy -> copy.bytes(content, target, mode));
    }

    /**
     * @param name what the stream is, for messages
     */
    void copyIn(String name, InputStream content, String target) {
        copyIn(name, target, copy -> copy.stream(content, target, DEFAULT_MODE));
    }

    void copyInResource(Class<?> owner, String name, String target) {
        try (InputStream content = owner.getResourceAsStream(name)) {
            if (content == null) {
                throw new TransferException(
                        "There is no resource " + Excerpt.line(name) + " for " + owner
                                + " to copy in: a name without a slash at its start is relative to the class's package",
                        null);
            }
            copyIn("resource " + name, content, target);
        } catch (IOException e) {
            throw new TransferException("The resource " + Excerpt.line(name) + " cannot be read: " + e, e);
        }
    }

    void copyIn(String source, String target, Consumer<CopyIn> use) {
        SourceText.check(target, "The target");
        Activity activity = Activity.copying(source, target);
        turns.take(activity, session -> recorder.record(TranscriptEvent.Kind.COPY_IN, activity.object(), () -> {
            use.accept(new CopyIn(new OwnCommands(session, activity)));
            return activity;
        }));
    }

    void copyOut(String source, String target, Consumer<CopyOut> use) {
        copyOut(Activity.copying(source, target), source, copy -> {
            use.accept(copy);
            return source;
        });
    }

    List<String> copyOutWhatCanBe(String source, Path target, long maxBytes) {
        Activity activity = Activity.copying(source, target.toString());
        return copyOut(activity, source, copy -> copy.whatCanBeCopied(source, target, maxBytes));
    }

    byte[] copyOut(String source) {
        return copyOut(Activity.copyingOut(source), source, copy -> copy.bytes(source));
    }

    private <T> T copyOut(Activity activity, String source, Function<CopyOut, T> use) {
        SourceText.check(source, "The source");
        return turns.take(
                activity,
                session -> recorder.record(
                        TranscriptEvent.Kind.COPY_OUT,
                        activity.object(),
                        () -> use.apply(new CopyOut(new OwnCommands(session, activity)))));
    }

    String directory() {
        Activity activity = Activity.lookingAt("the shell's directory");
        return turns.take(activity, session -> new OwnCommands(session, activity).run(":").directory());
    }

    Optional<FileStatus> status(String path) {
        return look(path, reader -> reader.status(path));
    }

    Optional<String> resolve(String path) {
        return look(path, reader -> reader.resolve(path));
    }

    byte[] head(String path, int maxBytes) {
        return look(path, reader -> reader.readHead(path, maxBytes));
    }

    String sha256(String path) {
        return look(path, reader -> reader.sha256(path));
    }

    private <T> T look(String path, Function<SandboxReader, T> use) {
        SourceText.check(path, "The path");
        Activity activity = Activity.lookingAt(path);
        return turns.take(activity, session -> use.apply(new SandboxReader(new OwnCommands(session, activity))));
    }

    Changes changes() {
        return search(ChangeSearch::find);
    }

    List<StrayFile> strayFiles(String... directories) {
        if (directories.length == 0) {
            throw new IllegalArgumentException("No directory is given that files may be in: give one or more");
        }
        DirectorySet allowed = new DirectorySet(Arrays.stream(directories)
                .map(directory -> SandboxPath.enter(Session.WORK, SourceText.check(directory, "The directory")))
                .toList());
        return search(search -> search.findStray(allowed));
    }

    void mark() {
        search(search -> {
            search.mark();
            return search;
        });
    }

    private <T> T search(Function<ChangeSearch, T> use) {
        Activity activity = Activity.findingChanges();
        return turns.take(activity, session -> use.apply(new ChangeSearch(
                new OwnCommands(session, activity), session.writablePlaces(), session.knownFiles())));
    }

    List<ListedFile> list(String directory, boolean isRecursive) {
        SourceText.check(directory, "The directory");
        Activity activity = Activity.listing(directory);
        return turns.take(
                activity,
                session -> new FileListing(new OwnCommands(session, activity)).directory(directory, isRecursive));
    }
}
