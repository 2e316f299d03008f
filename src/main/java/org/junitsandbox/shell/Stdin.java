package org.junitsandbox.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The stdin of a command, before the command is run. */
sealed interface Stdin {

    long sizeBytes() throws IOException;

    byte[] read() throws IOException;

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
    }
}
