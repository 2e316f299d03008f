package org.junitsandbox.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/** A hash of everything that goes into an image, by which the image is found again. */
final class ContentHash {

    private final MessageDigest digest;

    ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Adds a text. Where it ends counts, too. */
    ContentHash add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    /**
     * Adds the name of a Dockerfile and everything in its folder: names, contents, and which files can be executed.
     *
     * @throws ImageException if the Dockerfile does not exist, or its folder cannot be read
     */
    ContentHash addBuild(Path dockerfile) {
        Path folder = dockerfile.getParent();
        if (folder == null || !Files.isRegularFile(dockerfile)) {
            throw new ImageException("The Dockerfile does not exist: " + dockerfile, null);
        }
        add(String.valueOf(dockerfile.getFileName()));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted().toList()) {
                add(folder.relativize(file).toString());
                if (Files.isSymbolicLink(file)) {
                    add("link to " + Files.readSymbolicLink(file));
                } else if (Files.isRegularFile(file)) {
                    add(Files.size(file) + (Files.isExecutable(file) ? " x" : " -"));
                    digest.update(Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new ImageException("The folder of " + dockerfile + " cannot be read: " + e, e);
        }
        return this;
    }

    /** Returns the hash of what was added, in hexadecimal. To be called once. */
    String toHex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
