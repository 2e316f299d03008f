package org.junitsandbox.benchmark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Copies one file by the engine's archive API, streamed as a tar archive, which is its fastest use. docker-java's own
 * way to copy a file would first write a compressed temporary file.
 */
final class Archive {

    private static final int TAR_BLOCK_BYTES = 512;

    private static final int END_BLOCKS = 2;

    private final Engine engine;
    private final String container;

    Archive(Engine engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    void copyIn(Path source, String directory) throws IOException {
        try (InputStream tar = tar(source)) {
            engine.client()
                    .copyArchiveToContainerCmd(container)
                    .withTarInputStream(tar)
                    .withRemotePath(directory)
                    .exec();
        }
    }

    void copyOut(String source, Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                engine.client().copyArchiveFromContainerCmd(container, source).exec())) {
            tar.getNextEntry();
            Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static InputStream tar(Path source) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(source.getFileName().toString());
        entry.setSize(Files.size(source));
        byte[] header = new byte[TAR_BLOCK_BYTES];
        entry.writeEntryHeader(header);
        int padding = (int) (-entry.getSize() & (TAR_BLOCK_BYTES - 1));
        return new SequenceInputStream(Collections.enumeration(List.of(
                new ByteArrayInputStream(header),
                Files.newInputStream(source),
                new ByteArrayInputStream(new byte[padding + END_BLOCKS * TAR_BLOCK_BYTES]))));
    }
}
