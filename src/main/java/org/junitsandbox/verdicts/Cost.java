package org.junitsandbox.verdicts;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.junitsandbox.internal.text.Units;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Figure;
import org.junitsandbox.shell.StandardStream;

/** Writes figures so that they fit into a column. */
final class Cost {

    private Cost() {}

    static long outputBytes(CommandResult result) {
        return result.output(StandardStream.STDOUT).totalBytes()
                + result.output(StandardStream.STDERR).totalBytes();
    }

    /** Writes a size with up to three digits that count. */
    static String size(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        int unit = 0;
        double value = bytes;
        while (unit < units.length - 1 && value >= 1000) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 10 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }

    static String bytes(Figure<Long> figure) {
        return describe(figure, Cost::size);
    }

    static String time(Figure<Duration> figure) {
        return describe(figure, Units::round);
    }

    private static <T> String describe(Figure<T> figure, Function<T, String> describe) {
        return figure.upperBound()
                .map(bound -> (figure.isExact() ? "" : "<= ") + describe.apply(bound))
                .orElse("unknown");
    }
}
