package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.ContainerConfig;
import org.junitsandbox.internal.engine.ContainerEngine;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.spec.Base;
import org.junitsandbox.spec.PullPolicy;
import org.junitsandbox.spec.SandboxSpec;

/** What an engine without an image store can do with the settings of an image, and what it refuses. */
class UnmanagedImagesTests {

    private static final Path DOCKERFILE = Path.of("/project/Dockerfile");

    private static final String REMEDY = ". Build the image elsewhere, push it to a registry that the engine pulls"
            + " from, and set its name as `image`";

    private static final String OR = "; or set sandbox.registry, for a Docker engine to do that.";

    /** Starts nothing: it reports the image that it was to start. */
    private static final class EngineWithoutImages implements ContainerEngine {

        @Override
        public String description() {
            return "the cluster";
        }

        @Override
        public int cpus() {
            return 1;
        }

        @Override
        public Optional<ImageStore> images() {
            return Optional.empty();
        }

        @Override
        public AttachedContainer start(ContainerConfig config) throws EngineException {
            throw new EngineException(Fault.ENGINE, "asked for image " + config.image(), null);
        }

        @Override
        public void removeLeftBehind(long sinceNanos) {}
    }

    private static void open(SandboxSpec spec) {
        Shell.open(spec, new EngineWithoutImages()).close();
    }

    @Test
    void hasTheEngineStartAnImageByItsName() {
        assertThatThrownBy(() -> open(SandboxSpec.of("registry.example/tool:1")))
                .isInstanceOf(EngineFailureException.class)
                .hasMessage("No sandbox from image registry.example/tool:1: asked for image registry.example/tool:1");
    }

    @Test
    void refusesASetup() {
        assertThatThrownBy(() -> open(SandboxSpec.of("tool:1").setup("apt-get install -y jq")))
                .isInstanceOf(ImageException.class)
                .hasMessage("No image for a sandbox from image tool:1 with setup: `setup` is set, and the cluster"
                        + " cannot make images of containers" + REMEDY + ", without `setup`" + OR);
    }

    @Test
    void refusesADockerfileWithAndWithoutASetup() {
        SandboxSpec spec = SandboxSpec.ofDockerfile(DOCKERFILE);

        assertThatThrownBy(() -> open(spec))
                .isInstanceOf(ImageException.class)
                .hasMessage("No image for a sandbox from Dockerfile " + DOCKERFILE
                        + ": `dockerfile` is set, and the cluster cannot build images" + REMEDY + OR);
        assertThatThrownBy(() -> open(spec.setup("true"))).hasMessageContaining("`dockerfile` is set");
    }

    @ParameterizedTest
    @EnumSource(names = {"ALWAYS", "NEVER"})
    void refusesAPullPolicyThatItCannotFollow(PullPolicy policy) {
        SandboxSpec spec = SandboxSpec.of(new Base.Image("tool:1", policy));

        assertThatThrownBy(() -> open(spec))
                .isInstanceOf(ImageException.class)
                .hasMessage("No image for a sandbox from image tool:1: `pullPolicy` is " + policy
                        + ", and the cluster decides by itself when it pulls an image. Set it to MISSING.");
    }
}
