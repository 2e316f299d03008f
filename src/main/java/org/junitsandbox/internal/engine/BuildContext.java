package org.junitsandbox.internal.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.EngineException.Fault;

/**
 * What an image is built from: a Dockerfile and its folder, without what {@code .dockerignore} leaves out. Files may
 * come, go and change meanwhile. Immutable: the state of the folder when it was made.
 */
public final class BuildContext {

    /** What Docker gives to files of systems that have no modes. */
    private static final int DEFAULT_MODE = 0755;

    private static final int PERMISSIONS = 07777;

    private static final int CHUNK_BYTES = 64 * 1024;

    private final Path dockerfile;
    private final Path folder;
    private final IgnoreFile ignored;
    private final Map<String, Entry> entries = new TreeMap<>();

    /**
     * A file, a folder or a symbolic link.
     *
     * @param name relative to the folder of the Dockerfile, with {@code /} between the names
     * @param mode its permissions as Unix has them
     * @param size in bytes; 0 for what is no file
     */
    public record Entry(String name, Path path, BasicFileAttributes attributes, int mode, long size) {}

    /**
     * Looks at a folder.
     *
     * @param dockerfile the Dockerfile in it
     * @throws EngineException with {@link Fault#IMAGE} if the Dockerfile does not exist or the folder cannot be read
     */
    public BuildContext(Path dockerfile) throws EngineException {
        this.dockerfile = dockerfile;
        Path parent = dockerfile.toAbsolutePath().getParent();
        if (parent == null || !Files.isRegularFile(dockerfile)) {
            throw new EngineException(Fault.IMAGE, "The Dockerfile does not exist: " + dockerfile, null);
        }
        this.folder = parent;
        try {
            this.ignored = new IgnoreFile(ignoreLines());
            Files.walkFileTree(folder, new Visitor());
        } catch (AccessDeniedException e) {
            throw failed(
                    "this user may not read " + e.getFile() + ". If the image does not need it, name it in"
                            + " .dockerignore",
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw failed(String.valueOf(e.getMessage()), e);
        }
    }

    private EngineException failed(String reason, Exception cause) {
        return new EngineException(Fault.IMAGE, "The folder of " + dockerfile + " cannot be read: " + reason, cause);
    }

    /** A Dockerfile can have a file of its own. */
    private List<String> ignoreLines() throws IOException {
        for (String name : List.of(dockerfileName() + ".dockerignore", ".dockerignore")) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return Files.readAllLines(file);
            }
        }
        return List.of();
    }

    private final class Visitor extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if (directory.equals(folder)) {
                return FileVisitResult.CONTINUE;
            }
            if (ignored.leavesOut(nameOf(directory))) {
                return ignored.hasExceptions() ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }
            add(directory, attributes);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            // A socket or a device is nothing that an image could be given.
            if (!attributes.isOther() && (isAlwaysSent(file) || !ignored.leavesOut(nameOf(file)))) {
                add(file, attributes);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException || ignored.leavesOut(nameOf(file))) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            if (failure != null && !(failure instanceof NoSuchFileException)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }
    }

    /** The engine needs both, and leaves them out of the image itself. */
    private boolean isAlwaysSent(Path file) {
        String name = nameOf(file);
        return name.equals(dockerfileName()) || name.equals(".dockerignore");
    }

    private String nameOf(Path file) {
        return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    private void add(Path file, BasicFileAttributes attributes) throws IOException {
        String name = nameOf(file);
        try {
            entries.put(
                    name,
                    new Entry(name, file, attributes, mode(file), attributes.isRegularFile() ? attributes.size() : 0));
        } catch (NoSuchFileException e) {
            // It has gone since the folder was listed, as if it had never been there.
            entries.remove(name);
        }
    }

    private static int mode(Path file) throws IOException {
        try {
            return (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & PERMISSIONS;
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return DEFAULT_MODE;
        }
    }

    public Path dockerfile() {
        return dockerfile;
    }

    /** Returns the Dockerfile's name in its folder. */
    public String dockerfileName() {
        return String.valueOf(dockerfile.getFileName());
    }

    /** Returns what there is, each folder before what is in it. */
    public List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /** Returns the size of all files, in bytes. */
    public long size() {
        return entries.values().stream().mapToLong(Entry::size).sum();
    }

    /** Returns a hash that is another one whenever a name, a size, a mode or a time is: {@link #hash} may then be. */
    public String stateHash() throws EngineException {
        return hash(false);
    }

    /** Returns a hash of all names, modes and contents, which are read for that. */
    public String hash() throws EngineException {
        return hash(true);
    }

    private String hash(boolean ofContents) throws EngineException {
        MessageDigest digest = digest();
        add(digest, dockerfileName());
        for (Entry entry : entries.values()) {
            try {
                String content = ofContents
                        ? contentHash(entry)
                        : entry.attributes().lastModifiedTime() + " " + entry.attributes().fileKey();
                add(digest, entry.name() + "\0" + entry.mode() + "\0" + entry.size() + "\0" + content);
            } catch (NoSuchFileException e) {
                // Gone since: the image will not have it either.
            } catch (IOException e) {
                throw failed(e.toString(), e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /** Reads a file in pieces: it may be larger than the memory. */
    private String contentHash(Entry entry) throws IOException, EngineException {
        if (entry.attributes().isDirectory()) {
            return "folder";
        }
        if (entry.attributes().isSymbolicLink()) {
            return "link to " + Files.readSymbolicLink(entry.path());
        }
        MessageDigest digest = digest();
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream content = Files.newInputStream(entry.path())) {
            for (int count = content.read(chunk); count >= 0; count = content.read(chunk)) {
                digest.update(chunk, 0, count);
                if (Thread.currentThread().isInterrupted()) {
                    throw new EngineException(
                            Fault.INTERRUPTED, "Interrupted while reading the folder of " + dockerfile, null);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
