package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.shell.CommandResults.output;
import static org.junitsandbox.shell.CommandResults.result;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.stream.StreamSink;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.spec.ResourceLimits;

class TranscriptRecorderTests {

    private final TranscriptRecorder recorder = new TranscriptRecorder();

    private static void send(StreamSink sink, StandardStream stream, String... chunks) {
        for (String chunk : chunks) {
            byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
            sink.accept(
                    org.junitsandbox.internal.stream.StandardStream.valueOf(stream.name()), bytes, 0, bytes.length);
        }
    }

    private TranscriptEvent run(Command command, String[] stdout, String... stderr) {
        recorder.record(command, sink -> {
            send(sink, StandardStream.STDOUT, stdout);
            send(sink, StandardStream.STDERR, stderr);
            return result(output(String.join("", stdout)), output(String.join("", stderr)));
        });
        List<TranscriptEvent> events = events();
        return events.get(events.size() - 1);
    }

    private static String text(TranscriptEvent event, StandardStream stream) {
        return event.output().stream()
                .filter(part -> part.stream() == stream)
                .map(TranscriptOutput::text)
                .collect(Collectors.joining());
    }

    private static String stdout(TranscriptEvent event) {
        return text(event, StandardStream.STDOUT);
    }

    @Test
    void recordsACommandWithItsStreamsAndOutcome() {
        TranscriptEvent event =
                run(Command.of("a").environment("B", "c").timeLimit("5s").stdin("x"), new String[] {"one\n"}, "two\n");

        assertThat(event.kind()).isEqualTo(TranscriptEvent.Kind.COMMAND);
        assertThat(event.text()).isEqualTo("a");
        assertThat(event.details())
                .containsExactly("environment B=c", "stdin of 1 byte", "time limit 5 s");
        assertThat(event.directory()).contains("/work");
        assertThat(event.end()).hasValueSatisfying(end -> {
            assertThat(end.succeeded()).isTrue();
            assertThat(end.result()).isEqualTo("exited with code 0");
        });
        assertThat(event.output()).extracting(TranscriptOutput::text).containsExactly("one\n", "two\n");
        assertThat(event.output())
                .extracting(TranscriptOutput::stream)
                .containsExactly(StandardStream.STDOUT, StandardStream.STDERR);
        assertThat(event.omittedBytes()).isZero();
    }

    @Test
    void recordsWhatFailed() {
        IllegalStateException failure = new IllegalStateException("no such file");

        assertThat(catchThrowable(() -> recorder.record(TranscriptEvent.Kind.COPY_IN, "a to b", () -> {
                    throw failure;
                })))
                .isSameAs(failure);
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.text()).isEqualTo("a to b");
            assertThat(event.end()).hasValueSatisfying(end -> {
                assertThat(end.succeeded()).isFalse();
                assertThat(end.result()).isEqualTo("no such file");
            });
        });
    }

    @Test
    void recordsWhatWasWrittenUntilASandboxWasLost() {
        assertThat(catchThrowable(() -> recorder.record(Command.of("a"), sink -> {
                    throw new SandboxLostException("gone", null, output("so far"), output(""));
                })))
                .isInstanceOf(SandboxLostException.class);

        assertThat(stdout(events().get(0))).isEqualTo("so far");
    }

    private List<TranscriptEvent> events(String... description) {
        return recorder.transcript(List.of(description), ResourceLimits.DEFAULT).events();
    }

    private TranscriptEvent runFailing(String... stdout) {
        assertThat(catchThrowable(() -> recorder.record(Command.of("a"), sink -> {
                    send(sink, StandardStream.STDOUT, stdout);
                    send(sink, StandardStream.STDERR, "warning");
                    throw new IllegalStateException("expected something else");
                })))
                .hasMessage("expected something else");
        return events().get(0);
    }

    @Test
    void recordsWhatWasWrittenUntilAnyException() {
        TranscriptEvent event = runFailing("one\n", "two\n");

        assertThat(stdout(event)).isEqualTo("one\ntwo\n");
        assertThat(text(event, StandardStream.STDERR)).isEqualTo("warning");
        assertThat(event.omittedBytes()).isZero();
    }

    @Test
    void keepsBeginningAndEndOfMuchOutputUntilAnException() {
        String line = "0123456789abcde\n";
        for (String[] chunks : List.of(
                new String[] {"begin", line.repeat(100_000), "end"},
                ("begin" + line.repeat(100_000) + "end").split("(?<=5)"))) {
            TranscriptRecorderTests other = new TranscriptRecorderTests();
            TranscriptEvent event = other.runFailing(chunks);

            assertThat(event.omittedBytes()).isEqualTo(1_600_008 - (64 << 10));
            assertThat(stdout(event))
                    .isEqualTo(stdout(new TranscriptRecorderTests().run(Command.of("a"), chunks)));
        }
    }

    @Test
    void masksASecretInTheMiddleOfOutputUntilAnException() {
        recorder.mask("s3cret");
        String half = "-".repeat((32 << 10) - 3);

        assertThat(stdout(runFailing(half, "s3cret", half))).isEqualTo(half + "***" + half);
    }

    @Test
    void showsACommandThatIsRunning() {
        List<TranscriptEvent> during = new ArrayList<>();
        recorder.record(Command.of("a"), sink -> {
            send(sink, StandardStream.STDOUT, "x");
            during.addAll(events());
            return result(output("x"), output(""));
        });

        assertThat(during).singleElement().satisfies(event -> {
            assertThat(event.end()).isEmpty();
            assertThat(event.text()).isEqualTo("a");
        });
    }

    @Test
    void keepsBeginningAndEndOfMuchOutput() {
        String line = "0123456789abcde\n";
        TranscriptEvent event = run(Command.of("a"), new String[] {"begin", line.repeat(100_000), "end"});

        assertThat(event.omittedBytes()).isEqualTo(1_600_008 - (64 << 10));
        assertThat(stdout(event))
                .hasSizeLessThan(66_000)
                .startsWith("begin" + line)
                .contains("[... 1534472 bytes ...]")
                .endsWith(line + "end");
    }

    @Test
    void showsWhatTheOutputLimitLeftOut() {
        recorder.record(Command.of("a"), sink -> {
            send(sink, StandardStream.STDOUT, "1234567890");
            return result(CommandResults.truncated("1234", 10), output(""));
        });
        TranscriptEvent event = events().get(0);

        assertThat(stdout(event)).isEqualTo("1234[... 6 bytes ...]");
        assertThat(event.omittedBytes()).isEqualTo(6);
    }

    @Test
    void keepsTheLastEventsOfVeryMany() {
        for (int i = 0; i < 300; i++) {
            run(Command.of("echo " + i), new String[] {"-".repeat(64 << 10)});
        }
        Transcript transcript = recorder.transcript(List.of(), ResourceLimits.DEFAULT);

        assertThat(transcript.events()).hasSizeBetween(50, 64);
        assertThat(transcript.omittedEvents() + transcript.events().size()).isEqualTo(300);
        assertThat(transcript.events().get(transcript.events().size() - 1).text()).isEqualTo("echo 299");
    }

    @Test
    void keepsTenThousandShortCommands() {
        for (int i = 0; i < 10_000; i++) {
            String line = i + "\n";
            recorder.record(Command.of("echo " + i), sink -> {
                send(sink, StandardStream.STDOUT, line);
                return result(output(line), output(""));
            });
        }

        assertThat(events()).hasSize(10_000);
    }

    @Test
    void mergesChunksOfVeryMany() {
        recorder.record(Command.of("a"), sink -> {
            for (int i = 0; i < 50_000; i++) {
                send(sink, StandardStream.STDOUT, "o");
                send(sink, StandardStream.STDERR, "e");
            }
            return result(output("o".repeat(50_000)), output("e".repeat(50_000)));
        });
        TranscriptEvent event = events().get(0);

        assertThat(event.output()).hasSizeLessThanOrEqualTo(1024);
        assertThat(stdout(event)).isEqualTo("o".repeat(50_000));
        assertThat(text(event, StandardStream.STDERR)).isEqualTo("e".repeat(50_000));
        assertThat(event.output()).extracting(TranscriptOutput::at).isSorted();
    }

    @Test
    void masksSecretsInWhatCameBeforeAndAcrossChunks() {
        Command command = Command.of("echo s3cret").secretEnvironment("TOKEN", "to\u00E9ken");
        run(command, new String[] {"a s3c", "ret b to\u00E9", "ken", " t"}, "s3", "cret");
        recorder.mask("s3cret");
        recorder.note("note s3cret");
        List<TranscriptEvent> events = events("environment A=s3cret");

        assertThat(recorder.transcript(List.of("environment A=s3cret"), ResourceLimits.DEFAULT).description())
                .containsExactly("environment A=***");
        assertThat(events.get(0).text()).isEqualTo("echo ***");
        assertThat(events.get(0).details()).contains("environment TOKEN=***");
        assertThat(stdout(events.get(0))).isEqualTo("a *** b *** t");
        assertThat(text(events.get(0), StandardStream.STDERR)).isEqualTo("***");
        assertThat(events.get(1).text()).isEqualTo("note ***");
    }

    @Test
    void masksWhatACutLeavesOfASecret() {
        recorder.mask("s3cret");
        String half = "-".repeat((32 << 10) - 3);
        TranscriptEvent event = run(Command.of("a"), new String[] {half + "s3cret" + half + "s3cret" + half});

        assertThat(stdout(event)).startsWith(half + "***[... ").doesNotContain("s3c").doesNotContain("cret");
    }

    @Test
    void cutsNoCharacterInTwo() {
        recorder.record(Command.of("a"), sink -> {
            byte[] bytes = "\u20AC\uD83D\uDE00".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < bytes.length; i++) {
                sink.accept(org.junitsandbox.internal.stream.StandardStream.STDOUT, bytes, i, 1);
            }
            return result(output(bytes), output(""));
        });

        assertThat(stdout(events().get(0))).isEqualTo("\u20AC\uD83D\uDE00");
    }

    @Test
    void passesEachEventToListenersWhenItBeginsAndEnds() {
        recorder.mask("s3cret");
        List<String> seen = new ArrayList<>();
        recorder.listen(event -> seen.add(event.text() + (event.end().isPresent() ? " ended" : " began")));
        run(Command.of("s3cret"), new String[0]);
        recorder.note("n");

        assertThat(seen).containsExactly("*** began", "*** ended", "n ended");
    }

    @Test
    void passesNoEventOnceAListenerHasUnsubscribed() {
        List<String> seen = new ArrayList<>();
        Consumer<TranscriptEvent> listener = event -> seen.add(event.text());
        Subscription first = recorder.listen(listener);
        Subscription second = recorder.listen(listener);
        recorder.note("1");
        first.close();
        first.close();
        recorder.note("2");
        second.close();
        recorder.note("3");

        assertThat(seen).containsExactly("1", "1", "2");
    }

    @Test
    void masksWhatAnExcerptLeavesOfASecretInACopy() {
        String secret = "S3CRET-TOKEN";
        String path = "/work/" + "a".repeat(185) + secret + "b".repeat(400);
        String end = "/work/" + "a".repeat(400) + secret + "b".repeat(195);
        recorder.mask(secret);
        for (TranscriptEvent.Kind kind : List.of(TranscriptEvent.Kind.COPY_IN, TranscriptEvent.Kind.COPY_OUT)) {
            recorder.record(kind, Activity.copying(path, end).object(), () -> "");
        }

        assertThat(events()).hasSize(2).allSatisfy(event -> assertThat(event.text())
                .contains("a***[... ", "***bb")
                .doesNotContain("S3C")
                .doesNotContain("KEN"));
    }

    @Test
    void masksWhatAnExcerptLeavesOfASecretInANoteAndInOtherTexts() {
        String secret = "S3CRET-TOKEN";
        String message = Excerpt.line("a".repeat(195) + secret + "b".repeat(400) + secret + "c".repeat(195));
        recorder.mask(secret);
        recorder.note("left out:\n" + message);

        assertThat(message).contains("S3CRE[...", "...]TOKEN");
        TranscriptEvent note = events().get(0);
        assertThat(note.text()).startsWith("left out:\n")
                .contains("a***[... ", " ...]***c")
                .doesNotContain("S3C", "KEN");
        assertThat(recorder.masked(List.of(message)).get(0))
                .contains("a***[... ", " ...]***c")
                .doesNotContain("S3C", "KEN");
    }

    @Test
    void passesOutputWhileItComes() {
        List<String> parts = new ArrayList<>();
        List<List<String>> meanwhile = new ArrayList<>();
        recorder.mask("secret");
        Subscription subscription = recorder.listenToOutput(part -> parts.add(part.stream() + " " + part.text()));

        Function<StreamSink, CommandResult> run = sink -> {
            send(sink, StandardStream.STDOUT, "a sec", "ret", "sec");
            send(sink, StandardStream.STDERR, "b");
            meanwhile.add(List.copyOf(parts));
            return result(output(""), output(""));
        };
        recorder.record(Command.of("x"), run);
        subscription.close();
        recorder.record(Command.of("x"), run);

        assertThat(meanwhile.get(0)).containsExactly("STDOUT a ", "STDOUT ***", "STDERR b");
        assertThat(parts).containsExactly("STDOUT a ", "STDOUT ***", "STDERR b", "STDOUT sec");
    }

    @Test
    void throwsWhatAListenerThrowsAfterTheCommandsEnd() {
        IllegalStateException failure = new IllegalStateException("of the listener");
        List<String> steps = new ArrayList<>();
        recorder.listenToOutput(part -> {
            steps.add(part.text());
            throw failure;
        });

        assertThat(catchThrowable(() -> recorder.record(Command.of("x"), sink -> {
                    send(sink, StandardStream.STDOUT, "a", "b");
                    steps.add("end");
                    return result(output(""), output(""));
                })))
                .isSameAs(failure);
        assertThat(steps).containsExactly("a", "end");
    }
}
