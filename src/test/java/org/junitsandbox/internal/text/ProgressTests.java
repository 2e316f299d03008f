package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTests {

    private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();

    private void show(String what, String reached) {
        shown.add(what + reached);
    }

    @Test
    @SuppressWarnings("try") // It works by being open.
    void showsAgainAndAgainHowFarItHasComeUntilItIsClosed() throws InterruptedException {
        try (Progress progress =
                new Progress("Pulling", () -> "1 of 2 MiB\n", this::show, () -> {}, Duration.ofMillis(1))) {
            assertThat(shown.poll(10, TimeUnit.SECONDS)).isEqualTo("Pulling for 0 s: 1 of 2 MiB\\n");
            assertThat(shown.poll(10, TimeUnit.SECONDS)).startsWith("Pulling for ");
        }
    }

    @Test
    void showsNothingOfWhatIsShort() {
        new Progress("Pulling", () -> "", this::show, () -> {}, Duration.ofSeconds(10)).close();

        assertThat(shown).isEmpty();
    }
}
