package org.junitsandbox.shell;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junitsandbox.internal.text.Excerpt;

/** Copies files of this machine, bytes and streams into a sandbox. */
final class CopyIn {

    private final SandboxWriter writer;

    CopyIn(OwnCommands commands) {
        this.writer = new SandboxWriter(commands);
    }

    void path(Path source, String target) {
        String shown = Excerpt.line(source.toString());
        try {
            if (Files.isDirectory(source)) {
                new DirectoryCopy(writer, source, target).run();
            } else if (Files.isRegularFile(source)) {
                try (InputStream content = Files.newInputStream(source)) {
                    writer.writeFile(content, target, FileModes.of(source), Files.getLastModifiedTime(source));
                }
            } else {
                throw new TransferException(
                        Files.exists(source)
                                ? shown + " cannot be copied in: it is neither a file nor a directory"
                                : "There is no file " + Excerpt.line("" + source.toAbsolutePath()) + " to copy in",
                        null);
            }
        } catch (ClosedByInterruptException e) {
            throw new SandboxInterruptedException("Interrupted while reading " + shown, e);
        } catch (IOException e) {
            throw new TransferException(shown + " cannot be read: " + Excerpt.line(e.toString()), e);
        }
    }

    void bytes(byte[] content, String target, int mode) {
        stream(new ByteArrayInputStream(content), target, mode);
    }

    void stream(InputStream content, String target, int mode) {
        try {
            writer.writeFile(content, target, mode);
        } catch (IOException e) {
            throw new TransferException(
                    "The stream to copy to " + Excerpt.line(target) + " cannot be read: " + Excerpt.line("" + e), e);
        }
    }
}
