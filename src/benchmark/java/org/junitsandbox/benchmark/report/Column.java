package org.junitsandbox.benchmark.report;

import java.util.function.ToDoubleFunction;

/** A column of a table: its title with a unit, and the value for each row. */
record Column(String title, ToDoubleFunction<Measurement> value) {

    static final Column MEDIAN = new Column("median, ms", Measurement::medianMillis);

    static final Column P95 = new Column("p95, ms", measured -> measured.percentileMillis(95));

    static final Column SAMPLES = new Column("samples", Measurement::samples);

    private static final long MIB = 1 << 20;

    /** A counter of the benchmark itself. */
    static Column count(String title, String counter) {
        return new Column(title, measured -> measured.max(counter));
    }

    /** A counter of bytes of the benchmark itself. */
    static Column mebibytes(String title, String counter) {
        return new Column(title + ", MiB", measured -> measured.max(counter) / MIB);
    }

    /** The throughput if one sample moves {@code bytes} bytes. */
    static Column megabytesPerSecond(long bytes) {
        return new Column("MB/s", measured -> measured.perSecond(bytes) / 1_000_000);
    }
}
