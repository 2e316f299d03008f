package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTests {

    private final BlockingQueue<String> shown = new LinkedBlockingQueue<>();

    @Test
    @SuppressWarnings("try") // It works by being open.
    void showsAgainAndAgainHowFarItHasComeUntilItIsClosed() throws InterruptedException {
        try (Progress progress = new Progress("Pulling", () -> "1 of 2 MiB\n", shown::add, Duration.ofMillis(1))) {
            assertThat(shown.poll(10, TimeUnit.SECONDS)).isEqualTo("Pulling for 0 s: 1 of 2 MiB\\n");
            assertThat(shown.poll(10, TimeUnit.SECONDS)).startsWith("Pulling for ");
        }
    }

    @Test
    void showsNothingOfWhatIsShort() {
        new Progress("Pulling", () -> "", shown::add, Duration.ofSeconds(10)).close();

        assertThat(shown).isEmpty();
    }
}
