package org.junitsandbox.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.pool.ReadyContainer;
import org.junitsandbox.internal.protocol.CommandRequest;
import org.junitsandbox.internal.protocol.Reply;
import org.junitsandbox.internal.text.Tail;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.spec.PullPolicy;
import org.junitsandbox.spec.SandboxSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that the engine has the image of a spec. Images made here are known by a hash of all that went into them,
 * so that each is made once and found again by later JVMs.
 */
final class SandboxImages {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxImages.class);

    private static final String DOCKERFILE_IMAGES = "junit-sandbox/dockerfile:";

    private static final String SETUP_IMAGES = "junit-sandbox/setup:";

    /** Part of the hash of set-up images. To be raised when set-up commands come to run in another way. */
    private static final String SETUP_VERSION = "2";

    private static final Duration SETUP_TIME_LIMIT = Duration.ofMinutes(15);

    private static final long SETUP_OUTPUT_LIMIT = 8 << 20;

    /** What this JVM has prepared, so that parallel tests do not make an image twice. */
    private static final Map<Key, CompletableFuture<String>> PREPARED = new ConcurrentHashMap<>();

    private record Key(ContainerEngine engine, SandboxSpec.Base base, List<String> setup, String shell) {}

    private SandboxImages() {}

    /** Returns the id of the image that the sandboxes of {@code spec} start from. */
    static String imageFor(ContainerEngine engine, SandboxSpec spec) {
        Key key = new Key(engine, spec.base(), spec.setup(), spec.shell());
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> before = PREPARED.putIfAbsent(key, mine);
        if (before != null) {
            Optional<String> image = await(before, spec);
            return image.isPresent() ? image.get() : imageFor(engine, spec);
        }
        try {
            String image = prepare(engine, spec);
            mine.complete(image);
            return image;
        } catch (RuntimeException | Error e) {
            PREPARED.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    /** Waits for an image that another thread prepares; empty if that thread was interrupted. */
    private static Optional<String> await(CompletableFuture<String> image, SandboxSpec spec) {
        try {
            return Optional.of(image.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxInterruptedException("Interrupted while it waited for the image of " + describe(spec), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SandboxInterruptedException) {
                return Optional.empty();
            }
            if (e.getCause() instanceof SandboxException failure) {
                throw failure;
            }
            throw new IllegalStateException(
                    "The image of " + describe(spec) + " could not be prepared: " + e.getCause(), e);
        }
    }

    /** Forgets what this JVM has prepared, as another JVM would not know of it either; the images stay. */
    static void forget() {
        PREPARED.clear();
    }

    /** Names a spec's image for people. */
    static String describe(SandboxSpec spec) {
        String base = spec.base() instanceof SandboxSpec.Image image
                ? "image " + image.name()
                : "Dockerfile " + ((SandboxSpec.Dockerfile) spec.base()).path();
        return base + (spec.setup().isEmpty() ? "" : " with setup");
    }

    private static String prepare(ContainerEngine engine, SandboxSpec spec) {
        try {
            String base = spec.base() instanceof SandboxSpec.Image image
                    ? namedImage(engine, image)
                    : builtImage(engine, ((SandboxSpec.Dockerfile) spec.base()).path(), spec.setupNetwork());
            return spec.setup().isEmpty() ? base : setUpImage(engine, spec, base);
        } catch (EngineException e) {
            throw Engines.failure("No image for a sandbox from " + describe(spec) + ": ", e);
        }
    }

    private static String namedImage(ContainerEngine engine, SandboxSpec.Image image) throws EngineException {
        String name = engine.localName(image.name());
        Optional<String> found = image.pullPolicy() == PullPolicy.ALWAYS ? Optional.empty() : engine.findImage(name);
        if (found.isEmpty() && image.pullPolicy() == PullPolicy.NEVER) {
            throw new ImageException(
                    "The engine does not have image " + name
                            + ", and the pull policy NEVER forbids to get it. Pull it by hand, or"
                            + " use the policy MISSING.",
                    null);
        }
        return found.isPresent() ? found.get() : engine.pullImage(name);
    }

    private static String builtImage(ContainerEngine engine, Path dockerfile, @Nullable String network)
            throws EngineException {
        String name = DOCKERFILE_IMAGES + contentHash(dockerfile);
        Optional<String> found = engine.findImage(name);
        return found.isPresent() ? found.get() : engine.buildImage(dockerfile, name, network);
    }

    private static String setUpImage(ContainerEngine engine, SandboxSpec spec, String base) throws EngineException {
        MessageDigest digest = sha256();
        feed(digest, SETUP_VERSION);
        feed(digest, base);
        feed(digest, spec.shell());
        spec.setup().forEach(command -> feed(digest, command));
        String name = SETUP_IMAGES + HexFormat.of().formatHex(digest.digest());
        Optional<String> found = engine.findImage(name);
        if (found.isPresent()) {
            return found.get();
        }
        LOG.info("Setting up {} as {}", describe(spec), name);
        ReadyContainer container = ReadyContainer.start(engine, SandboxConfig.forSetup(spec, base), "/");
        Session session = new Session(spec, container, List.of(), container.container()::close);
        try {
            setUp(session, "export DEBIAN_FRONTEND=noninteractive");
            for (String command : spec.setup()) {
                setUp(session, command);
            }
            return engine.commitImage(container.container(), name);
        } finally {
            session.close();
        }
    }

    private static void setUp(Session session, String command) {
        Reply reply = session.ask(
                "set up with `" + command + "`",
                CommandRequest.ofUser(command, SETUP_TIME_LIMIT, SETUP_OUTPUT_LIMIT));
        boolean ended = reply.ending() == Reply.Ending.COMMAND_ENDED;
        if (ended && reply.status().orElseThrow() == 0) {
            return;
        }
        String how = reply.ending() == Reply.Ending.TIMED_OUT
                ? "timed out after " + Units.describe(SETUP_TIME_LIMIT)
                : (ended ? "failed with exit code " : "ended its shell with exit code ")
                        + (reply.status().isPresent() ? reply.status().getAsInt() : "unknown");
        throw new ImageException(
                "The setup command `" + command + "` " + how + " on " + describe(session.spec()) + ". Its network was "
                        + (session.spec().setupNetwork() == null
                                ? "the engine's default (another one is set by " + SandboxSpec.SETUP_NETWORK_PROPERTY
                                        + ")"
                                : session.spec().setupNetwork())
                        + ".\nIts stdout ends with:" + tail(new Output(reply.stdout()).text())
                        + "\nIts stderr ends with:" + tail(new Output(reply.stderr()).text()),
                null);
    }

    private static String tail(String text) {
        return text.isEmpty() ? " (nothing)" : Tail.of(text).lines();
    }

    /** Hashes a Dockerfile and all that lies in its folder: names, contents, and whether a file can be executed. */
    private static String contentHash(Path dockerfile) {
        Path folder = dockerfile.getParent();
        if (folder == null || !Files.isRegularFile(dockerfile)) {
            throw new ImageException("The Dockerfile is not there: " + dockerfile, null);
        }
        MessageDigest digest = sha256();
        feed(digest, String.valueOf(dockerfile.getFileName()));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted().toList()) {
                feed(digest, folder.relativize(file).toString());
                if (Files.isSymbolicLink(file)) {
                    feed(digest, "link to " + Files.readSymbolicLink(file));
                } else if (Files.isRegularFile(file)) {
                    feed(digest, Files.size(file) + (Files.isExecutable(file) ? " x" : " -"));
                    digest.update(Files.readAllBytes(file));
                }
            }
        } catch (IOException e) {
            throw new ImageException("The folder of " + dockerfile + " cannot be read: " + e, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Adds a text so that the border to the next one counts, too. */
    private static void feed(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
