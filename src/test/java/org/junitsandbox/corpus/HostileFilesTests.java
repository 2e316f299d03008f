package org.junitsandbox.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;
import static org.junitsandbox.corpus.Attack.LOOP;
import static org.junitsandbox.corpus.Attack.TRAVERSAL;
import static org.junitsandbox.corpus.Format.ZIP;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventConditions;

class HostileFilesTests {

    @Test
    void runsATestForEachFileThatIsSelected() {
        Selections.GIVEN.clear();

        run("takesTraversals").testEvents().assertStatistics(counts -> counts.failed(0));

        assertThat(Selections.GIVEN)
                .isEqualTo(Corpus.standard().formats(ZIP).attacks(TRAVERSAL).files());
    }

    @Test
    void namesTheFileInTheReport() {
        run("takesOne")
                .testEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                displayName("[1] file=zip-traversal-parent.zip: An entry is named ../escaped.txt."),
                                EventConditions.finishedSuccessfully()));
    }

    @Test
    void failsWhenNothingIsSelected() {
        assertFailure(
                "takesNothing", "No hostile file is selected by ", "formats={ZIP}", "attacks={LOOP}", "TRAVERSAL");
    }

    @Test
    void failsWhenANameIsUnknown() {
        assertFailure("misspells", "No hostile file is named 'zip-traversl-parent'", "zip-traversal-parent, ");
    }

    private static void assertFailure(String method, String... parts) {
        run(method)
                .containerEvents()
                .assertThatEvents()
                .haveExactly(1, event(EventConditions.finishedWithFailure(message(text -> Stream.of(parts)
                        .allMatch(text::contains)))));
    }

    private static EngineExecutionResults run(String method) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Selections.class, method, HostileFile.class))
                .execute();
    }

    static class Selections {

        static final List<HostileFile> GIVEN = new CopyOnWriteArrayList<>();

        @ParameterizedTest
        @HostileFiles(formats = ZIP, attacks = TRAVERSAL)
        void takesTraversals(HostileFile file) {
            GIVEN.add(file);
        }

        @ParameterizedTest
        @HostileFiles(names = "zip-traversal-parent")
        void takesOne(HostileFile file) {
            assertThat(file.format()).isEqualTo(ZIP);
        }

        @ParameterizedTest
        @HostileFiles(formats = ZIP, attacks = LOOP)
        void takesNothing(HostileFile file) {
            throw new AssertionError(file);
        }

        @ParameterizedTest
        @HostileFiles(names = "zip-traversl-parent")
        void misspells(HostileFile file) {
            throw new AssertionError(file);
        }
    }
}
