package org.junitsandbox.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PrintableCauseTests {

    @Test
    void keepsACauseThatIsPrintable() {
        IOException cause = new IOException("two\nlines", new IOException("é"));

        assertThat(PrintableCause.of(cause)).isSameAs(cause);
        assertThat(PrintableCause.of(null)).isNull();
    }

    @Test
    void replacesWhatAStackTraceWouldPrintRaw() {
        Throwable cause = new IOException("broken", new NoSuchFileException("a\u001B[2J"));
        cause.addSuppressed(new IOException("\uFFFE"));

        Throwable printable = Objects.requireNonNull(PrintableCause.of(cause));
        StringWriter trace = new StringWriter();
        printable.printStackTrace(new PrintWriter(trace));

        assertThat(trace.toString())
                .startsWith("java.io.IOException: broken")
                .contains("Caused by: java.nio.file.NoSuchFileException: a\\u001B[2J")
                .contains("Suppressed: java.io.IOException: \\uFFFE")
                .doesNotContain("\u001B", "\uFFFE");
        assertThat(printable.getStackTrace()).isEqualTo(cause.getStackTrace());
    }

    @Test
    void endsWhereCausesGoInACircle() {
        IOException one = new IOException("\u0007");
        IOException other = new IOException("other", one);
        one.initCause(other);

        assertThat(PrintableCause.of(one)).hasToString("java.io.IOException: \\u0007");
    }
}
