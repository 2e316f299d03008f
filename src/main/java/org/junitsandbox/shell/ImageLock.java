package org.junitsandbox.shell;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.text.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one thread of all JVMs that a user runs on this machine make an image of a name, so that the others find it.
 * Where no file can be locked, it holds for the threads of this JVM only.
 */
final class ImageLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImageLock.class);

    private static final ConcurrentMap<String, ReentrantLock> OF_THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock ofThreads;
    private final @Nullable FileChannel ofProcesses;
    private final Path file;

    /**
     * Waits for the lock. The file goes when it is released: a process that waits for it then, and one that comes
     * later, may both get the lock, and both find the image that was made.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    @SuppressWarnings("try") // It works by being open.
    ImageLock(String image) throws InterruptedException {
        file = Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("junit-sandbox-" + System.getProperty("user.name"))
                .resolve(image.replaceAll("[^A-Za-z0-9]", "-") + ".lock");
        ofThreads = OF_THREADS.computeIfAbsent(image, name -> new ReentrantLock());
        ofThreads.lockInterruptibly();
        try (Progress progress = Progress.of(LOG, "Waiting for another JVM that makes image " + image, () -> "")) {
            ofProcesses = locked(file);
        } catch (InterruptedException | RuntimeException | Error e) {
            ofThreads.unlock();
            throw e;
        }
    }

    private static @Nullable FileChannel locked(Path file) throws InterruptedException {
        @Nullable FileChannel channel = null;
        try {
            Files.createDirectories(file.getParent());
            channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
            channel.lock();
            return channel;
        } catch (IOException e) {
            close(channel);
            if (Thread.interrupted()) {
                throw new InterruptedException("while waiting for a lock");
            }
            LOG.debug("No lock on {}: several JVMs may make one image", file, e);
            return null;
        }
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("The file of a lock did not close", e);
            }
        }
    }

    @Override
    public void close() {
        if (ofProcesses != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.debug("The file of a lock stays", e);
            }
            close(ofProcesses);
        }
        ofThreads.unlock();
    }
}
