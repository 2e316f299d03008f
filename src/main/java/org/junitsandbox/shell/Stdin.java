package org.junitsandbox.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junitsandbox.internal.text.Excerpt;

/** The stdin of a command, before the command is run. */
sealed interface Stdin {

    long sizeBytes() throws IOException;

    byte[] read() throws IOException;

    /** Returns what it is, for a transcript. */
    String describe();

    @SuppressWarnings("ArrayRecordComponent") // not compared
    record Bytes(byte[] bytes) implements Stdin {
        @Override
        public long sizeBytes() {
            return bytes.length;
        }

        @Override
        public byte[] read() {
            return bytes;
        }

        @Override
        public String describe() {
            return "of " + Excerpt.count(bytes.length, "byte");
        }
    }

    record File(Path path) implements Stdin {
        @Override
        public long sizeBytes() throws IOException {
            return Files.size(path);
        }

        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(path);
        }

        @Override
        public String describe() {
            return "from " + path;
        }
    }
}
