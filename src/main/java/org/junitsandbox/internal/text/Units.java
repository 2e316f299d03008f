package org.junitsandbox.internal.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes sizes and durations with their units. */
public final class Units {

    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([A-Za-zµ]*)");

    private static final Map<String, Long> BYTES = Map.of(
            "", 1L, "b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30, "kb", 1_000L, "mb", 1_000_000L,
            "gb", 1_000_000_000L);

    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L, "us", 1_000L, "µs", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L,
            "min", 60_000_000_000L, "h", 3_600_000_000_000L, "d", 86_400_000_000_000L);

    private static final String SIZES = "a number with B, KiB, MiB, GiB, kB, MB or GB, for example \"256MiB\"";

    private static final Pattern NOTHING = Pattern.compile("0+(\\.0+)?\\s*([kmg]i?b|b)?", Pattern.CASE_INSENSITIVE);

    private Units() {}

    /**
     * Reads a size such as {@code "256MiB"}, {@code "1.5 GiB"}, {@code "64kB"} or {@code "4096"}: KiB, MiB and GiB are
     * powers of 1024, kB, MB and GB powers of 1000, a bare number counts bytes. Case does not matter.
     *
     * @return bytes, more than 0
     * @throws IllegalArgumentException if {@code text} is not such a size
     */
    public static long bytes(String text) {
        return read(text, BYTES, "size", SIZES + ", above 0");
    }

    /**
     * Reads a size as {@link #bytes} does, or 0.
     *
     * @return bytes, 0 or more
     * @throws IllegalArgumentException if {@code text} is not such a size
     */
    public static long bytesOrNone(String text) {
        return NOTHING.matcher(text.strip()).matches() ? 0 : read(text, BYTES, "size", SIZES + ", or 0");
    }

    /**
     * Reads a duration such as {@code "30s"}, {@code "1.5 s"}, {@code "200ms"}, {@code "2m"}, {@code "1h"} or
     * {@code "7d"}.
     *
     * @return more than 0
     * @throws IllegalArgumentException if {@code text} is not such a duration
     */
    public static Duration duration(String text) {
        String expected = "a number with ns, us, ms, s, m (or min), h or d, for example \"30s\", above 0";
        return Duration.ofNanos(read(text, NANOS, "duration", expected));
    }

    private static long read(String text, Map<String, Long> units, String kind, String expected) {
        Matcher quantity = QUANTITY.matcher(text.strip());
        if (quantity.matches()) {
            Long unit = units.get(quantity.group(2).toLowerCase(Locale.ROOT));
            if (unit != null) {
                BigDecimal value = new BigDecimal(quantity.group(1)).multiply(BigDecimal.valueOf(unit));
                if (value.signum() > 0 && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                    return Math.max(1, value.longValue());
                }
            }
        }
        throw new IllegalArgumentException(
                "\"" + Excerpt.line(text) + "\" is not a " + kind + ": expected " + expected);
    }

    /** Writes a size with the largest power of 1024 that leaves no fraction. */
    public static String describe(long bytes) {
        String[] names = {"B", "KiB", "MiB", "GiB"};
        int unit = 0;
        long value = bytes;
        while (unit < names.length - 1 && value >= 1024 && value % 1024 == 0) {
            value /= 1024;
            unit++;
        }
        return value + " " + names[unit];
    }

    /** Writes a size that was measured, for messages: with a power of 1024 and three digits that count. */
    public static String round(long bytes) {
        String[] names = {"B", "KiB", "MiB", "GiB"};
        int unit = 0;
        BigDecimal value = BigDecimal.valueOf(bytes);
        while (unit < names.length - 1 && value.compareTo(BigDecimal.valueOf(1024)) >= 0) {
            value = value.divide(BigDecimal.valueOf(1024));
            unit++;
        }
        return round(value, 2) + " " + names[unit];
    }

    /** Writes a duration that was measured, for messages: in seconds or milliseconds, with three digits that count. */
    public static String round(Duration duration) {
        BigDecimal nanos = BigDecimal.valueOf(duration.getSeconds())
                .scaleByPowerOfTen(9)
                .add(BigDecimal.valueOf(duration.getNano()));
        boolean millis = nanos.compareTo(BigDecimal.valueOf(1_000_000_000)) < 0;
        BigDecimal value = nanos.movePointLeft(millis ? 6 : 9);
        return round(value, 3) + (millis ? " ms" : " s");
    }

    private static String round(BigDecimal value, int maxScale) {
        int scale = Math.max(0, 3 - (value.precision() - value.scale()));
        return value.setScale(Math.min(scale, maxScale), RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }

    /** Writes a duration in seconds, with as many digits as it needs. */
    public static String describe(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), 9))
                        .stripTrailingZeros()
                        .toPlainString()
                + " s";
    }
}
