package org.junitsandbox.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.internal.stream.StandardStream.STDOUT;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junitsandbox.internal.protocol.SupervisorException.Reason;
import org.junitsandbox.internal.protocol.SupervisorMessage.DataStored;
import org.junitsandbox.internal.protocol.SupervisorRequest.Data;
import org.junitsandbox.internal.protocol.SupervisorRequest.Drop;
import org.junitsandbox.internal.protocol.SupervisorRequest.Run;
import org.junitsandbox.internal.protocol.SupervisorRequest.Slot;

/** How source texts and stdin get to the container. */
class SupervisorClientInputTests extends SupervisorClientFixture {

    @Nested
    class ASourceText {

        @ParameterizedTest
        @ValueSource(ints = {8_190, 1})
        void travelsInItsRequestIfItIsShort(int length) throws SupervisorException {
            String text = "ä".repeat(length);
            run(text);

            assertThat(supervisor.words()).containsExactly("'" + text + "'");
            assertThat(supervisor.requests).isEmpty();
        }

        @Test
        void travelsInItsRequestIfItHasFewLines() throws SupervisorException {
            String text = "echo\n".repeat(63);
            run(text);

            assertThat(supervisor.words()).containsExactly("'" + text + "'");
            assertThat(supervisor.requests).isEmpty();
        }

        @Test
        void travelsAsDataIfItIsLong() throws SupervisorException {
            String text = "ä".repeat(70_000);
            run(text);

            assertThat(supervisor.requests).first().isEqualTo(new Data(Slot.SOURCE, 140_002));
            assertThat(supervisor.data).singleElement().isEqualTo(("'" + text + "'").getBytes(UTF_8));
            assertThat(supervisor.runs).singleElement().satisfies(run -> {
                assertThat(run.word()).isEqualTo(Run.STORED);
                assertThat(run.input()).isEqualTo(Slot.NONE);
            });
        }

        @Test
        void travelsAsDataJustBeyondEitherLimit() throws SupervisorException {
            String manyLines = "echo\n".repeat(64);
            run("x".repeat(8_191));
            run(manyLines);

            assertThat(supervisor.data)
                    .containsExactly(
                            ("'" + "x".repeat(8_191) + "'").getBytes(UTF_8), ("'" + manyLines + "'").getBytes(UTF_8));
        }

        @Test
        void isDroppedAfterwards() throws SupervisorException {
            run("x".repeat(9_000));

            assertThat(supervisor.requests).contains(new Drop());
        }
    }

    @Nested
    class Stdin {

        @Test
        void travelsAsDataAndIsDroppedAfterwards() throws SupervisorException {
            byte[] input = new byte[65_536 + 5];
            input[65_536] = 1;
            run("cat", input);

            assertThat(supervisor.requests)
                    .containsSubsequence(new Data(Slot.INPUT, input.length), new Drop())
                    .startsWith(new Data(Slot.INPUT, input.length));
            assertThat(supervisor.data).containsExactly(input);
            assertThat(supervisor.inputs()).containsExactly(Slot.INPUT);
            run("true");

            assertThat(supervisor.inputs()).containsExactly(Slot.INPUT, Slot.NONE);
        }

        @Test
        void existsThoughItIsEmpty() throws SupervisorException {
            run("cat", new byte[0]);

            assertThat(supervisor.requests).startsWith(new Data(Slot.INPUT, 0));
            assertThat(supervisor.inputs()).containsExactly(Slot.INPUT);
        }

        @Test
        void failsItsCommandAloneIfItCannotBeStored() throws SupervisorException {
            supervisor.onRequest(Data.class, sent -> supervisor.report(STDOUT, new DataStored(1)));
            SupervisorException failure = failure(() -> run("cat", new byte[3]));

            assertThat(failure.reason()).isEqualTo(Reason.INPUT_NOT_STORED);
            assertThat(failure).hasMessage("3 bytes do not fit into the container's /dev/shm");
            assertThat(supervisor.requests).containsExactly(new Data(Slot.INPUT, 3), new Drop());
            assertThat(supervisor.runs).isEmpty();
            assertNextCommandWorks();
        }

        @Test
        void isDroppedAfterATimeLimit() throws SupervisorException {
            supervisor.onRun(run -> {});
            client.run(CommandRequest.ofUser("cat", Duration.ofNanos(1), 1_000).withInput(new byte[3]));

            assertThat(supervisor.requests).first().isEqualTo(new Data(Slot.INPUT, 3));
            assertThat(supervisor.requests).last().isEqualTo(new Drop());
        }

        @Test
        void isDroppedAfterAnInterrupt() {
            supervisor.onRun(run -> supervisor.interruptCaller());
            failure(() -> run("cat", new byte[3]));

            assertThat(supervisor.requests).last().isEqualTo(new Drop());
        }
    }

    @Nested
    class StdinOfTheNextCommand {

        private Reply copy(byte[] input, byte @Nullable [] nextInput) throws SupervisorException {
            return client.run(request("cat").withInput(input).withNextInput(nextInput));
        }

        @Test
        void isSentWhileTheCommandBeforeRuns() throws SupervisorException {
            byte[] first = {1};
            byte[] second = {1, 2};
            byte[] third = {1, 2, 3};
            supervisor.onRun(run -> {
                assertThat(supervisor.data).as("sent before the command").containsExactly(first);
                supervisor.onRequest(Data.class, sent -> {
                    supervisor.report(STDOUT, new DataStored(0));
                    supervisor.end(run, 0);
                    supervisor.onRequest(Data.class, next -> supervisor.report(STDOUT, new DataStored(0)));
                });
            });
            copy(first, second);
            assertThat(supervisor.data).as("sent before the command's end").containsExactly(first, second);

            copy(second, third);
            copy(third, null);

            assertThat(supervisor.data).containsExactly(first, second, third);
            assertThat(supervisor.inputs()).containsExactly(Slot.INPUT, Slot.NEXT_INPUT, Slot.INPUT);
            assertThat(supervisor.requests)
                    .containsExactly(
                            new Data(Slot.INPUT, 1),
                            new Data(Slot.NEXT_INPUT, 2),
                            new Data(Slot.INPUT, 3),
                            new Drop());
        }

        @Test
        void isDroppedIfThatCommandDoesNotCome() throws SupervisorException {
            copy(new byte[1], new byte[2]);

            assertThat(run("true").status()).hasValue(0);

            assertThat(supervisor.inputs()).containsExactly(Slot.INPUT, Slot.NONE);
            assertThat(supervisor.requests)
                    .containsExactly(new Data(Slot.INPUT, 1), new Data(Slot.NEXT_INPUT, 2), new Drop());
        }

        @Test
        void failsThatCommandIfItCannotBeStored() throws SupervisorException {
            byte[] second = {1, 2};
            supervisor.onRequest(
                    Data.class, sent -> supervisor.report(STDOUT, new DataStored(supervisor.data.size() - 1)));
            assertThat(copy(new byte[1], second).status()).hasValue(0);

            assertThat(failure(() -> copy(second, null)))
                    .hasMessage("2 bytes do not fit into the container's /dev/shm");

            assertThat(supervisor.runs).hasSize(1);
            assertThat(supervisor.requests).last().isEqualTo(new Drop());
            assertNextCommandWorks();
        }
    }
}
