package org.junitsandbox.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is made when it is read. It is the same each time, and nothing of it is on disk unless it is written
 * there. Safe for use by several threads.
 *
 * @since 0.1
 */
public sealed interface CorpusFile permits HostileFile, HarmlessFile {

    /**
     * {@return a name for the file that is harmless itself: lower-case letters, digits, hyphens and dots, such as
     * {@code zip-traversal-parent.zip}}
     */
    String fileName();

    /**
     * {@return the name that the sender of the file would give it} It is the {@linkplain #fileName() file name}, unless
     * the name is the attack: never use it as a path.
     */
    String uploadName();

    /** {@return a stream of the bytes, which makes them in small pieces; it fails only after it was closed} */
    InputStream open();

    /**
     * {@return all bytes} For large files, {@link #open} needs less memory.
     */
    byte[] bytes();

    /**
     * Writes the bytes to a new file.
     *
     * @param file where; its directory must be there
     * @throws java.nio.file.FileAlreadyExistsException if it is there already
     * @throws IOException if it cannot be written
     */
    default void writeTo(Path file) throws IOException {
        try (InputStream in = open();
                var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            in.transferTo(out);
        }
    }
}
