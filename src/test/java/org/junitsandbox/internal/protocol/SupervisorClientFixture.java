package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junitsandbox.internal.protocol.Reply.Ending;
import org.junitsandbox.internal.stream.StreamSink;

/** An open client of a fake supervisor. */
@Timeout(60)
abstract class SupervisorClientFixture {

    static final Duration OPEN_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration NO_LIMIT = Duration.ofHours(1);

    private static final long OUTPUT_LIMIT = 1_000;

    final FakeSupervisor supervisor = new FakeSupervisor();
    final SupervisorClient client = new SupervisorClient(supervisor, "/home");

    @BeforeEach
    void open() throws SupervisorException {
        client.open(OPEN_TIMEOUT);
        supervisor.requests.clear();
    }

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    static CommandRequest request(String source) {
        return CommandRequest.ofUser(source, NO_LIMIT, OUTPUT_LIMIT);
    }

    static CommandRequest requestOfLibrary(String source) {
        return CommandRequest.ofLibrary(source, NO_LIMIT, OUTPUT_LIMIT);
    }

    Reply run(String source) throws SupervisorException {
        return client.run(request(source));
    }

    Reply run(String source, byte[] input) throws SupervisorException {
        return client.run(request(source).withInput(input));
    }

    Reply run(Duration timeLimit) throws SupervisorException {
        return client.run(CommandRequest.ofUser("slow", timeLimit, OUTPUT_LIMIT));
    }

    Reply run(StreamSink listener) throws SupervisorException {
        return client.run(request("loud").withListener(listener));
    }

    SupervisorException failedRun() {
        return failure(() -> run("command"));
    }

    interface Action {
        void take() throws SupervisorException;
    }

    static SupervisorException failure(Action action) {
        SupervisorException failure = catchThrowableOfType(SupervisorException.class, action::take);
        assertThat(failure).as("the failure").isNotNull();
        return failure;
    }

    static String text(CapturedOutput captured) {
        return new String(captured.bytes(), UTF_8);
    }

    static void assertEnded(Reply reply, int status) {
        assertThat(reply.ending()).isEqualTo(Ending.COMMAND_ENDED);
        assertThat(reply.status()).hasValue(status);
    }

    void assertNextCommandWorks() throws SupervisorException {
        supervisor.onRun(run -> {
            supervisor.stdout("still here");
            supervisor.end(run, 0);
        });
        Reply reply = run("next");

        assertEnded(reply, 0);
        assertThat(text(reply.stdout())).isEqualTo("still here");
        assertThat(text(reply.stderr())).isEmpty();
    }
}
