package org.junitsandbox.benchmark;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.shell.Shell;
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

/** How long it takes to start a container and to remove it, step by step and as a whole. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 10)
@Fork(1)
public class StartBenchmark {

    private static final String FIRST_COMMAND = "true";

    private static final int POLL_MILLIS = 20;

    /** A sandbox's container for which no step was made yet. */
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
            makeSteps();
        }

        void makeSteps() throws IOException {}

        @TearDown(Level.Invocation)
        public void end() throws IOException {
            container.end();
        }

        @TearDown
        public void disconnect() throws IOException {
            engine.close();
        }
    }

    /** The same for another OCI runtime than the engine's default. */
    public static class PlannedWithCrun extends Planned {
        public PlannedWithCrun() {
            super("crun");
        }
    }

    /** The same for another OCI runtime than the engine's default. */
    public static class PlannedWithGvisor extends Planned {
        public PlannedWithGvisor() {
            super("runsc");
        }
    }

    public static class Created extends Planned {
        @Override
        void makeSteps() throws IOException {
            container.create();
        }
    }

    public static class Attached extends Created {
        @Override
        void makeSteps() throws IOException {
            super.makeSteps();
            container.attach();
        }
    }

    public static class Started extends Attached {
        @Override
        void makeSteps() throws IOException {
            super.makeSteps();
            container.start();
        }
    }

    public static class Answering extends Started {
        @Override
        void makeSteps() throws IOException {
            super.makeSteps();
            container.awaitAnswer();
        }
    }

    /** What a start by the library or of a bare container leaves behind. */
    @State(Scope.Benchmark)
    public static class Leftover {

        private Engine engine;
        private AutoCloseable shell;
        private Callable<String> container;

        @Setup
        public void connect() {
            engine = Engine.connect();
        }

        /**
         * @param container tells the container's id or the beginning of it
         */
        void keep(AutoCloseable shell, Callable<String> container) {
            this.shell = shell;
            this.container = container;
        }

        /** Returns when the container has gone: its removal would take time from the next start. */
        @TearDown(Level.Invocation)
        public void close() throws Exception {
            String id = container.call();
            shell.close();
            while (isThere(id)) {
                Thread.sleep(POLL_MILLIS);
            }
        }

        private boolean isThere(String id) {
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
    public void answer(Started next) throws IOException {
        next.container.awaitAnswer();
    }

    @Benchmark
    public void remove(Answering next) {
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
        container.awaitAnswer();
    }

    @Benchmark
    public CommandResult junitSandbox(Leftover leftover) {
        Shell shell = Shell.open(SandboxSpec.of(Images.DEBIAN));
        leftover.keep(shell, () -> shell.run("cat /etc/hostname").stdout().strip());
        return shell.run(FIRST_COMMAND);
    }

    @Benchmark
    public void bareAttachedSocket(Leftover leftover) throws IOException {
        AttachedSocket socket = new AttachedSocket(leftover.engine, Images.DEBIAN);
        leftover.keep(socket, socket::container);
        socket.run(FIRST_COMMAND);
    }
}
