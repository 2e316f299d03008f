package org.junitsandbox.benchmark;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The time to start and remove a container, step by step and as a whole. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 10)
@Fork(1)
public class StartBenchmark {

    private static final String FIRST_COMMAND = "true";

    private static final int POLL_MILLIS = 20;

    /** A sandbox's container before its first step. The subclasses are in later states. */
    @State(Scope.Benchmark)
    public static class Planned {

        StepwiseContainer container;
        private final String runtime;
        private Engine engine;
        private InspectContainerResponse model;

        public Planned() {
            this(null);
        }

        Planned(String runtime) {
            this.runtime = runtime;
        }

        @Setup
        public void connect() {
            engine = Engine.connect();
            model = StepwiseContainer.model(engine);
        }

        @Setup(Level.Invocation)
        public void prepare() throws IOException {
            container = new StepwiseContainer(engine, model, runtime);
            advance();
        }

        void advance() throws IOException {}

        @TearDown(Level.Invocation)
        public void end() throws IOException {
            container.end();
        }

        @TearDown
        public void disconnect() throws IOException {
            engine.close();
        }
    }

    /** A planned container for the OCI runtime crun. */
    public static class PlannedWithCrun extends Planned {
        public PlannedWithCrun() {
            super("crun");
        }
    }

    /** A planned container for the OCI runtime of gVisor. */
    public static class PlannedWithGvisor extends Planned {
        public PlannedWithGvisor() {
            super("runsc");
        }
    }

    public static class Created extends Planned {
        @Override
        void advance() throws IOException {
            container.create();
        }
    }

    public static class Attached extends Created {
        @Override
        void advance() throws IOException {
            super.advance();
            container.attach();
        }
    }

    public static class Started extends Attached {
        @Override
        void advance() throws IOException {
            super.advance();
            container.start();
        }
    }

    public static class Ready extends Started {
        @Override
        void advance() throws IOException {
            super.advance();
            container.awaitReply();
        }
    }

    /** A container that a benchmark has started, by the library or bare; closed and removed after each sample. */
    @State(Scope.Benchmark)
    public static class StartedContainer {

        private Engine engine;
        private AutoCloseable shell;
        private Callable<String> container;

        @Setup
        public void connect() {
            engine = Engine.connect();
        }

        /**
         * @param container returns the container's id or its beginning
         */
        void keep(AutoCloseable shell, Callable<String> container) {
            this.shell = shell;
            this.container = container;
        }

        /** Returns once the container is removed, as its removal would slow the next start. */
        @TearDown(Level.Invocation)
        public void close() throws Exception {
            String id = container.call();
            shell.close();
            while (exists(id)) {
                Thread.sleep(POLL_MILLIS);
            }
        }

        private boolean exists(String id) {
            try {
                engine.client().inspectContainerCmd(id).exec();
                return true;
            } catch (NotFoundException e) {
                return false;
            }
        }

        @TearDown
        public void disconnect() throws IOException {
            engine.close();
        }
    }

    @Benchmark
    public void create(Planned next) {
        next.container.create();
    }

    @Benchmark
    public void attach(Created next) throws IOException {
        next.container.attach();
    }

    @Benchmark
    public void start(Attached next) {
        next.container.start();
    }

    @Benchmark
    public void reply(Started next) throws IOException {
        next.container.awaitReply();
    }

    @Benchmark
    public void remove(Ready next) {
        next.container.remove();
    }

    @Benchmark
    public void whole(Planned next) throws IOException {
        bringUp(next.container);
    }

    @Benchmark
    public void wholeWithCrun(PlannedWithCrun next) throws IOException {
        bringUp(next.container);
    }

    @Benchmark
    public void wholeWithGvisor(PlannedWithGvisor next) throws IOException {
        bringUp(next.container);
    }

    private static void bringUp(StepwiseContainer container) throws IOException {
        container.create();
        container.attach();
        container.start();
        container.awaitReply();
    }

    @Benchmark
    public CommandResult junitSandbox(StartedContainer started) {
        Shell shell = Shell.open(SandboxSpec.of(Images.DEBIAN));
        started.keep(shell, () -> shell.run("cat /etc/hostname").stdout().strip());
        return shell.run(FIRST_COMMAND);
    }

    @Benchmark
    public void bareAttachedSocket(StartedContainer started) throws IOException {
        AttachedSocket socket = new AttachedSocket(started.engine, Images.DEBIAN);
        started.keep(socket, socket::container);
        socket.run(FIRST_COMMAND);
    }
}
