package org.junitsandbox.internal.engine.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junitsandbox.harness.Cluster;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.stream.StandardStream;
import org.junitsandbox.internal.stream.StreamSink;

/** The streams of real pods, without the library's supervisor in them. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PodAttachmentIT {

    private static final String CONTAINER = "sandbox";

    private static final long WAIT_NANOS = Duration.ofSeconds(30).toNanos();

    private static final int MANY_BYTES = 100 << 20;

    private ClusterAccess access;
    private final String pod = "attachment-" + UUID.randomUUID();
    private final Output output = new Output();

    /** Collects what comes on the two streams: stdout as a digest and, at its beginning, as text. */
    private static final class Output implements StreamSink {

        private static final int MAX_TEXT_BYTES = 1000;

        private final MessageDigest digest = sha256();
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
        private long count;

        @Override
        public void accept(StandardStream stream, byte[] bytes, int offset, int length) {
            if (stream == StandardStream.STDERR) {
                errors.write(bytes, offset, length);
                return;
            }
            count += length;
            digest.update(bytes, offset, length);
            text.write(bytes, offset, Math.min(length, Math.max(0, MAX_TEXT_BYTES - text.size())));
        }

        String text() {
            return text.toString(ISO_8859_1);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeAll
    static void needCluster() {
        Cluster.assumeUsed();
    }

    @BeforeEach
    void findCluster() throws EngineException {
        access = ClusterAccess.find(null, null);
    }

    @AfterEach
    void deletePod() {
        access.client().pods().inNamespace(access.namespace()).withName(pod).withGracePeriod(0).delete();
        access.close();
    }

    private PodAttachment start(String script) throws EngineException {
        Pod created = new PodBuilder()
                .withNewMetadata()
                .withName(pod)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withActiveDeadlineSeconds(300L)
                .addNewContainer()
                .withName(CONTAINER)
                .withImage("busybox:latest")
                .withImagePullPolicy("IfNotPresent")
                .withCommand("sh", "-c", script)
                .withStdin(true)
                .withStdinOnce(true)
                .endContainer()
                .endSpec()
                .build();
        access.client().pods().inNamespace(access.namespace()).resource(created).create();
        return attach(access);
    }

    private PodAttachment attach(ClusterAccess by) throws EngineException {
        long start = System.nanoTime();
        return new PodAttacher(by).attach(by.namespace(), pod, CONTAINER, () -> {
            if (System.nanoTime() - start > 2 * WAIT_NANOS) {
                throw new EngineException(Fault.ENGINE, "the pod has not started", null);
            }
            return false;
        });
    }

    private void receiveUntil(PodAttachment attachment, String expected) throws IOException {
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (!output.text().contains(expected) && System.nanoTime() < deadline) {
            assertThat(attachment.receive(WAIT_NANOS, output)).as("received %s", output.text()).isTrue();
        }
        assertThat(output.text()).contains(expected);
    }

    private void receiveAll(PodAttachment attachment) throws IOException {
        while (attachment.receive(WAIT_NANOS, output)) {}
    }

    private static void send(PodAttachment attachment, String text) throws IOException {
        attachment.send(text.getBytes(ISO_8859_1));
    }

    @Test
    void conversesWithAPodAsSoonAsItRuns() throws Exception {
        try (PodAttachment attachment = start("while read -r line; do echo \"<$line>\"; done")) {
            send(attachment, "one\n");
            receiveUntil(attachment, "<one>\n");
            send(attachment, "two\n");
            receiveUntil(attachment, "<one>\n<two>\n");
        }
    }

    @Test
    void keepsTheTwoStreamsApartAndSeesTheEnd() throws Exception {
        try (PodAttachment attachment = start("read -r x; echo out; echo err >&2")) {
            send(attachment, "go\n");
            receiveAll(attachment);

            assertThat(output.text()).isEqualTo("out\n");
            assertThat(output.errors.toString(ISO_8859_1)).isEqualTo("err\n");
            assertThat(attachment.receive(0, output)).as("after the end").isFalse();
        }
    }

    @Test
    void sendsMuch() throws Exception {
        byte[] bytes = new byte[MANY_BYTES];
        new Random(MANY_BYTES).nextBytes(bytes);
        try (PodAttachment attachment = start("head -c " + MANY_BYTES + " | sha256sum")) {
            attachment.send(bytes);
            receiveAll(attachment);

            assertThat(output.text()).isEqualTo(HexFormat.of().formatHex(sha256().digest(bytes)) + "  -\n");
        }
    }

    @Test
    void receivesMuch() throws Exception {
        try (PodAttachment attachment = start("many() { while cat /bin/busybox; do :; done | head -c " + MANY_BYTES
                + "; }; read -r x; many | sha256sum >&2; many")) {
            send(attachment, "go\n");
            receiveAll(attachment);

            assertThat(output.count).isEqualTo(MANY_BYTES);
            assertThat(output.errors.toString(ISO_8859_1))
                    .isEqualTo(HexFormat.of().formatHex(output.digest.digest()) + "  -\n");
        }
    }

    @Test
    void isNotDisturbedByAnInterrupt() throws Exception {
        try (PodAttachment attachment = start("while read -r line; do echo \"<$line>\"; done")) {
            Thread.currentThread().interrupt();
            assertThat(attachment.receive(WAIT_NANOS, output)).isTrue();
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
            Thread.currentThread().interrupt();
            send(attachment, "one\n");
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();

            receiveUntil(attachment, "<one>\n");
        }
    }

    @Test
    void isKeptAliveWithoutLosingOutput() throws Exception {
        try (PodAttachment attachment = start("while read -r line; do echo \"<$line>\"; done")) {
            for (int i = 0; i < 10; i++) {
                attachment.keepAlive();
            }
            send(attachment, "one\n");
            for (int i = 0; i < 1000; i++) {
                attachment.keepAlive();
            }

            receiveUntil(attachment, "<one>\n");
        }
    }

    @Test
    void endsThePodByClosing() throws Exception {
        start("cat; echo over").close();

        Pod ended = access.client()
                .pods()
                .inNamespace(access.namespace())
                .withName(pod)
                .waitUntilCondition(
                        each -> each != null && "Succeeded".equals(each.getStatus().getPhase()),
                        30,
                        TimeUnit.SECONDS);
        assertThat(ended.getStatus().getPhase()).isEqualTo("Succeeded");
    }

    @Test
    void namesTheRightThatIsMissing() throws Exception {
        start("cat").close();
        ClusterConfig config = ClusterConfig.find(Surroundings.ofThisJvm(), null);
        config.config().setImpersonateUsername("stranger");
        try (ClusterAccess stranger = ClusterAccess.of(config, null)) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> attach(stranger))
                    .withMessageContaining("User \"stranger\" cannot get resource \"pods/attach\"")
                    .withMessageContaining("needs the verbs get and create of pods/attach in namespace ");
        }
    }

    @Test
    void givesUpWhenThePodWillNotStart() {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> new PodAttacher(access).attach(access.namespace(), pod, CONTAINER, () -> {
                    throw new EngineException(Fault.ENGINE, "it was deleted", null);
                }))
                .withMessage("it was deleted");
    }
}
