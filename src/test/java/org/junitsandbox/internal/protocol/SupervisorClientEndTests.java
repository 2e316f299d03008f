package org.junitsandbox.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junitsandbox.internal.stream.StandardStream.STDERR;
import static org.junitsandbox.internal.stream.StandardStream.STDOUT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.protocol.Reply.Ending;
import org.junitsandbox.internal.protocol.SupervisorMessage.CommandBegan;
import org.junitsandbox.internal.protocol.SupervisorMessage.CommandEnded;
import org.junitsandbox.internal.protocol.SupervisorMessage.DirectoryReported;
import org.junitsandbox.internal.protocol.SupervisorMessage.Killed;
import org.junitsandbox.internal.protocol.SupervisorMessage.OutOfMemoryKills;
import org.junitsandbox.internal.protocol.SupervisorMessage.Pong;
import org.junitsandbox.internal.protocol.SupervisorMessage.ShellExited;
import org.junitsandbox.internal.protocol.SupervisorMessage.ShellGone;
import org.junitsandbox.internal.protocol.SupervisorMessage.ShellRenewed;
import org.junitsandbox.internal.protocol.SupervisorMessage.StderrBegan;
import org.junitsandbox.internal.protocol.SupervisorRequest.CountOutOfMemoryKills;
import org.junitsandbox.internal.protocol.SupervisorRequest.Kill;
import org.junitsandbox.internal.protocol.SupervisorRequest.Own;
import org.junitsandbox.internal.protocol.SupervisorRequest.Ping;
import org.junitsandbox.internal.protocol.SupervisorRequest.Run;
import org.junitsandbox.internal.protocol.SupervisorRequest.Setup;

/** How the client finds out that a command, its shell or its time has ended. */
class SupervisorClientEndTests extends SupervisorClientFixture {

    @Nested
    class ACommand {

        @Test
        void ignoresTheLateEndOfAnEarlierOne() throws SupervisorException {
            run("first");
            Run first = supervisor.runs.get(0);
            supervisor.onRun(run -> {
                supervisor.end(first, 9, "/wrong");
                supervisor.stdout("of the second");
                supervisor.end(run, 2, "/right");
            });
            Reply reply = run("second");

            assertEnded(reply, 2);
            assertThat(text(reply.stdout())).isEqualTo("of the second");
            assertThat(run("third").directory()).isEqualTo("/right");
        }

        @Test
        void findsTheStatusOfTheOneBefore() throws SupervisorException {
            supervisor.onRun(run -> supervisor.end(run, 7));
            run("first");
            run("second");
            run("third");

            assertThat(supervisor.statuses()).containsExactly(0, 7, 0);
        }

        @Test
        void leavesTheShellAloneIfItIsTheLibrarysOwn() throws SupervisorException {
            List<Own> owns = new ArrayList<>();
            supervisor.onRequest(Own.class, own -> {
                owns.add(own);
                supervisor.begin(own.id(), 0);
                supervisor.stdout("found");
                supervisor.report(STDOUT, new ShellExited(3));
                supervisor.report(STDOUT, new CommandEnded(own.id(), 5));
                supervisor.report(STDERR, new DirectoryReported(own.id(), "-"));
            });
            supervisor.onRun(run -> supervisor.end(run, 7, "/user"));
            client.run(requestOfLibrary("first"));
            run("command");
            Reply own = client.run(requestOfLibrary("second"));
            client.run(requestOfLibrary("third"));

            assertEnded(own, 5);
            assertThat(text(own.stdout())).isEqualTo("found");
            assertThat(own.directory()).isEqualTo("/user");
            assertThat(owns)
                    .extracting(Own::worker)
                    .containsExactly(
                            OptionalLong.empty(), OptionalLong.of(FakeSupervisor.WORKER), OptionalLong.empty());
            assertThat(run("next").start()).isEqualTo(new Reply.Start(true, true, "/home"));
        }

        @Test
        void hasNoOutputFromBeforeItBegan() throws SupervisorException {
            supervisor.onRequest(Run.class, run -> {
                supervisor.stdout("of a background process");
                supervisor.report(STDOUT, new CommandBegan(run.id(), 1));
                supervisor.stdout("its own");
                supervisor.stderr("of another");
                supervisor.report(STDERR, new StderrBegan(run.id()));
                supervisor.stderr("errors of its own");
                supervisor.end(run, 0);
            });

            Reply reply = run("command");

            assertThat(text(reply.stdout())).isEqualTo("its own");
            assertThat(text(reply.stderr())).isEqualTo("errors of its own");
            assertThat(text(client.strayOutput(STDERR))).isEqualTo("of another");
        }

        @Test
        void endsAShellThatCannotBeginIt() throws SupervisorException {
            supervisor.onRequest(Run.class, run -> supervisor.end(run, 1));
            Reply reply = run("command");

            assertThat(reply.begun()).isFalse();
            assertThat(reply.ending()).isEqualTo(Ending.SHELL_ENDED);
            assertThat(supervisor.requests).singleElement().isInstanceOf(Kill.class);
        }

        @Test
        void leavesAShellAloneThatCannotSetItUp() throws SupervisorException {
            supervisor.onRequest(Run.class, run -> supervisor.end(run, 1));
            Reply reply = client.run(request("command").withSetup("cd nowhere"));

            assertThat(reply.begun()).isFalse();
            assertThat(reply.ending()).isEqualTo(Ending.COMMAND_ENDED);
            assertThat(supervisor.requests).containsExactly(new Setup("cd nowhere"));
        }

        @Test
        void countsAsEndedBeforeItsShell() throws SupervisorException {
            supervisor.onRun(run -> {
                supervisor.report(STDOUT, new CommandEnded(run.id(), 5));
                supervisor.report(STDOUT, new ShellExited(3));
                supervisor.report(STDERR, new DirectoryReported(run.id(), "/work"));
            });

            assertEnded(run("command"), 5);
        }
    }

    @Nested
    class AShell {

        @Test
        void isNotTheCommandsOwnIfItEndedBeforeThoughStderrIsAhead() throws SupervisorException {
            supervisor.onRun(run -> {
                supervisor.report(STDERR, new DirectoryReported(run.id(), "/sub"));
                supervisor.report(STDOUT, new ShellExited(5));
                supervisor.report(STDOUT, new ShellRenewed());
                supervisor.stdout("out");
                supervisor.report(STDOUT, new CommandEnded(run.id(), 4));
            });
            supervisor.onRun(run -> {
                supervisor.report(STDOUT, new ShellExited(5));
                supervisor.report(STDERR, new DirectoryReported(run.id(), "/sub"));
                supervisor.report(STDOUT, new ShellRenewed());
                supervisor.stdout("out");
                supervisor.report(STDOUT, new CommandEnded(run.id(), 4));
            });
            for (int i = 0; i < 2; i++) {
                Reply reply = run("command");

                assertEnded(reply, 4);
                assertThat(text(reply.stdout())).isEqualTo("out");
            }
        }

        @Test
        void keepsItsStateAfterItReplacedAnEarlierOne() throws SupervisorException {
            supervisor.onRun(run -> {
                supervisor.report(STDOUT, new ShellExited(5));
                supervisor.report(STDOUT, new ShellRenewed());
                supervisor.end(run, 4, "/sub");
            });
            run("first");
            Reply next = run("second");

            assertThat(next.directory()).isEqualTo("/sub");
            assertThat(supervisor.statuses().get(1)).isEqualTo(4);
        }

        @Test
        void reportsTheStatusWithWhichItEnds() throws SupervisorException {
            supervisor.onRun(run -> supervisor.end(run, 7, "/work/sub"));
            supervisor.onRun(run -> {
                supervisor.stdout("out");
                supervisor.report(STDOUT, new ShellExited(3));
                supervisor.stderr("last words");
            });
            run("first");
            Reply reply = run("exit 3");

            assertThat(reply.ending()).isEqualTo(Ending.SHELL_ENDED);
            assertThat(reply.status()).hasValue(3);
            assertThat(text(reply.stdout())).isEqualTo("out");
            assertThat(text(reply.stderr())).isEqualTo("last words");
            assertThat(reply.directory()).isEqualTo("/work/sub");
            assertThat(supervisor.requests).singleElement().isInstanceOf(Ping.class);
        }

        @Test
        void startsAnewAfterTheEndOfTheOneBefore() throws SupervisorException {
            supervisor.onRun(run -> supervisor.end(run, 7, "/work/sub"));
            supervisor.onRun(run -> supervisor.report(STDOUT, new ShellExited(3)));
            run("first");
            run("exit 3");
            supervisor.requests.clear();

            assertThat(run("next").directory()).isEqualTo("/home");
            assertThat(supervisor.statuses()).containsExactly(0, 7, 0);
            assertThat(supervisor.requests).isEmpty();
        }

        @Test
        void hasNoStatusIfItIsFoundGone() throws SupervisorException {
            supervisor.onRun(run -> supervisor.stdout("so far"));
            supervisor.onRequest(Ping.class, ping -> {
                supervisor.report(STDOUT, new ShellGone(ping.id()));
                supervisor.reportOnBoth(new Pong(ping.id()));
            });
            Reply reply = run("kill -9 $PPID");

            assertThat(reply.ending()).isEqualTo(Ending.SHELL_ENDED);
            assertThat(reply.status()).isEmpty();
            assertThat(text(reply.stdout())).isEqualTo("so far");
        }

        @Test
        void isNotAwaitedIfItDiesHalfwayThroughItsReport() throws SupervisorException {
            supervisor.onRun(run -> {
                supervisor.report(STDOUT, new CommandEnded(run.id(), 5));
                supervisor.report(STDOUT, new ShellExited(137));
                supervisor.stderr("errors");
            });
            Reply reply = run("command");

            assertThat(reply.ending()).isEqualTo(Ending.SHELL_ENDED);
            assertThat(reply.status()).hasValue(5);
            assertThat(text(reply.stderr())).isEqualTo("errors");
        }

        @Test
        void isNotTheCommandsOwnIfItWasReplacedBefore() throws SupervisorException {
            for (SupervisorMessage replaced : List.of(new ShellGone(0), new ShellRenewed())) {
                supervisor.onRun(run -> {
                    supervisor.report(STDOUT, new ShellExited(137));
                    supervisor.report(STDOUT, replaced);
                    supervisor.stdout("output");
                    supervisor.end(run, 5);
                });
                Reply reply = run("command");

                assertEnded(reply, 5);
                assertThat(text(reply.stdout())).as("after %s", replaced).isEqualTo("output");
                assertThat(reply.directory()).isEqualTo("/home");
            }
        }

        @Test
        void isReplacedFirstIfItEndsBetweenTwoCommands() throws SupervisorException {
            supervisor.onRun(run -> supervisor.end(run, 7, "/work/sub"));
            run("first");
            supervisor.report(STDOUT, new ShellExited(0));
            supervisor.onRequest(Ping.class, ping -> {
                supervisor.report(STDOUT, new ShellGone(ping.id()));
                supervisor.reportOnBoth(new Pong(ping.id()));
            });
            List<Integer> pingsBeforeRun = new ArrayList<>();
            supervisor.onRun(run -> {
                pingsBeforeRun.add(supervisor.requests.size());
                supervisor.stdout("output");
                supervisor.end(run, 0);
            });
            Reply reply = run("second");

            assertEnded(reply, 0);
            assertThat(text(reply.stdout())).isEqualTo("output");
            assertThat(reply.directory()).isEqualTo("/home");
            assertThat(pingsBeforeRun).containsExactly(1);
            assertThat(supervisor.requests).singleElement().isInstanceOf(Ping.class);
            assertThat(supervisor.statuses()).containsExactly(0, 0);
        }

        @Test
        void startsAtHomeIfItIsRenewed() throws SupervisorException {
            supervisor.onRun(run -> supervisor.end(run, 0, "/work/sub"));
            supervisor.onRun(run -> {
                supervisor.report(STDOUT, new ShellRenewed());
                supervisor.end(run, 0, "/home/sub");
            });
            run("first");
            Reply reply = run("second");

            assertEnded(reply, 0);
            assertThat(reply.directory()).isEqualTo("/home");
            assertThat(run("third").directory()).isEqualTo("/home/sub");
        }
    }

    @Nested
    class ATimeLimit {

        @Test
        void killsEverythingAndKeepsTheOutput() throws SupervisorException {
            supervisor.onRun(run -> supervisor.end(run, 7, "/work/sub"));
            run("first");
            supervisor.onRun(run -> {
                supervisor.stdout("so far");
                supervisor.stderr("error");
            });
            supervisor.onRequest(Kill.class, kill -> {
                supervisor.stdout(", and more");
                supervisor.reportOnBoth(new Killed(kill.id()));
            });
            Reply reply = run(Duration.ofMillis(20));

            assertThat(reply.ending()).isEqualTo(Ending.TIMED_OUT);
            assertThat(reply.status()).isEmpty();
            assertThat(text(reply.stdout())).isEqualTo("so far, and more");
            assertThat(text(reply.stderr())).isEqualTo("error");
            assertThat(reply.directory()).isEqualTo("/work/sub");
            assertThat(reply.duration()).isGreaterThanOrEqualTo(Duration.ofMillis(20));
            assertThat(supervisor.requests).singleElement().isInstanceOf(Kill.class);
        }

        @Test
        void letsTheNextCommandStartAnew() throws SupervisorException {
            supervisor.onRun(run -> supervisor.end(run, 7, "/work/sub"));
            supervisor.onRun(run -> {});
            run("first");
            run(Duration.ofNanos(1));

            assertThat(run("next").directory()).isEqualTo("/home");
            assertThat(supervisor.statuses()).containsExactly(0, 7, 0);
            assertNextCommandWorks();
        }

        @Test
        void mayBeCenturies() throws SupervisorException {
            assertEnded(run(Duration.ofSeconds(Long.MAX_VALUE)), 0);
        }
    }

    @Nested
    class TheMemoryLimit {

        @Test
        void explainsStatus137OnlyIfAKillWasCountedMeanwhile() throws SupervisorException {
            List<Integer> counts = new ArrayList<>(List.of(0, 2, 2, 3));
            supervisor.onRequest(
                    CountOutOfMemoryKills.class,
                    count -> supervisor.report(STDOUT, new OutOfMemoryKills(counts.remove(0))));
            List<Boolean> outOfMemory = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                supervisor.onRun(run -> supervisor.end(run, 137));
                outOfMemory.add(run("command").outOfMemory());
            }

            assertThat(outOfMemory).containsExactly(false, true, false, true);
        }

        @Test
        void explainsTheEndOfAShell() throws SupervisorException {
            supervisor.onRequest(
                    CountOutOfMemoryKills.class, count -> supervisor.report(STDOUT, new OutOfMemoryKills(1)));
            supervisor.onRun(run -> supervisor.report(STDOUT, new ShellExited(137)));
            Reply reply = run("command");

            assertThat(reply.ending()).isEqualTo(Ending.SHELL_ENDED);
            assertThat(reply.outOfMemory()).isTrue();
        }

        @Test
        void explainsNoOtherStatus() throws SupervisorException {
            int[] kills = {0};
            supervisor.onRequest(
                    CountOutOfMemoryKills.class, count -> supervisor.report(STDOUT, new OutOfMemoryKills(++kills[0])));
            supervisor.onRun(run -> supervisor.end(run, 1));

            assertThat(run("command").outOfMemory()).isFalse();
        }
    }
}
