package org.junitsandbox.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitsandbox.internal.engine.AttachedContainer;
import org.junitsandbox.internal.engine.BuildContext;
import org.junitsandbox.internal.engine.EngineException;
import org.junitsandbox.internal.engine.EngineException.Fault;
import org.junitsandbox.internal.engine.ImageStore;
import org.junitsandbox.internal.engine.ImageTag;

/** What a repository that several machines share may have, and when it is asked. */
class RemoteRepositoryTests {

    private static final String NAME = "registry.example/team/images";

    /** A store whose registry other machines use, too. */
    private static final class SharedStore implements ImageStore {

        private final Map<String, String> registry = new HashMap<>();
        private final List<String> calls = new ArrayList<>();
        private String platform = "linux/amd64";
        private @Nullable EngineException refusal;
        private @Nullable EngineException silence;

        @Override
        public String platform() {
            return platform;
        }

        @Override
        public Optional<String> published(String name) throws EngineException {
            calls.add("published");
            if (silence != null) {
                throw silence;
            }
            return Optional.ofNullable(registry.get(name));
        }

        @Override
        public String publish(String name) throws EngineException {
            calls.add("publish");
            if (refusal != null) {
                throw refusal;
            }
            registry.put(name, NAME + "@sha256:mine");
            return NAME + "@sha256:mine";
        }

        @Override
        public void removeReplaced(ImageTag tag, String id) {
            calls.add("removeReplaced");
        }

        @Override
        public String localName(String name) {
            throw new AssertionError();
        }

        @Override
        public Optional<String> find(String name) {
            throw new AssertionError();
        }

        @Override
        public String pull(String name) {
            throw new AssertionError();
        }

        @Override
        public Instant madeAt(String id) {
            throw new AssertionError();
        }

        @Override
        public String build(BuildContext context, ImageTag tag, @Nullable String network, boolean afresh) {
            throw new AssertionError();
        }

        @Override
        public String commit(AttachedContainer container, ImageTag tag) {
            throw new AssertionError();
        }
    }

    private final SharedStore store = new SharedStore();
    private final RemoteRepository repository = new RemoteRepository(store, NAME);

    private ImageTag tag() throws EngineException {
        return repository.tag("setup", "hash", "declaration");
    }

    @Test
    void namesImagesByThePlatformTheyAreFor() throws EngineException {
        String here = tag().name();
        SharedStore other = new SharedStore();
        other.platform = "linux/arm64";

        assertThat(here).startsWith(NAME + ":setup-");
        assertThat(new RemoteRepository(other, NAME).tag("setup", "hash", "declaration").name())
                .startsWith(NAME + ":setup-")
                .isNotEqualTo(here);
    }

    @Test
    void asksTheRegistryOnceUnlessAnotherMachineMayHaveMadeTheImage() throws EngineException {
        store.registry.put(tag().name(), "old");

        assertThat(repository.find(tag())).contains("old");
        store.registry.put(tag().name(), "new");

        assertThat(repository.find(tag())).contains("old");
        assertThat(repository.findAgain(tag())).contains("new");
        assertThat(repository.find(tag())).contains("new");
        assertThat(store.calls).containsExactly("published", "published");
    }

    @Test
    void removesWhatWasReplacedWhenTheNewImageIsInTheRegistry() throws EngineException {
        assertThat(repository.keep(tag(), "id")).isEqualTo(NAME + "@sha256:mine");

        assertThat(store.calls).containsExactly("publish", "removeReplaced");
        assertThat(repository.find(tag())).contains(NAME + "@sha256:mine");
    }

    @Test
    void takesTheImageOfTheMachineThatWasQuicker() throws EngineException {
        assertThat(repository.find(tag())).isEmpty();
        store.registry.put(tag().name(), "theirs");
        store.refusal = new EngineException(Fault.IMAGE, "the tag is immutable", null);

        assertThat(repository.keep(tag(), "id")).isEqualTo("theirs");
    }

    @Test
    void doesNotTakeTheImageThatWasToBeReplaced() throws EngineException {
        store.registry.put(tag().name(), "too old");
        assertThat(repository.find(tag())).contains("too old");
        store.refusal = new EngineException(Fault.IMAGE, "the tag is immutable", null);

        assertThatThrownBy(() -> repository.keep(tag(), "id")).isSameAs(store.refusal);
    }

    @Test
    void reportsTheFailureOfThePushAndNotThatOfTheQuestionAfterIt() throws EngineException {
        store.refusal = new EngineException(Fault.IMAGE, "no space left", null);
        store.silence = new EngineException(Fault.IMAGE, "no answer", null);

        assertThatThrownBy(() -> repository.keep(tag(), "id"))
                .isSameAs(store.refusal)
                .hasSuppressedException(store.silence);
    }

    @Test
    void reportsAFailedPushOfAnImageThatNobodyHasMade() throws EngineException {
        store.refusal = new EngineException(Fault.IMAGE, "no space left", null);

        assertThatThrownBy(() -> repository.keep(tag(), "id")).isSameAs(store.refusal);
    }
}
