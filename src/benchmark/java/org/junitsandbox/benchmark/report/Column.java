package org.junitsandbox.benchmark.report;

import java.util.function.ToDoubleFunction;

/** A column of a table: what is told of each side, and in what unit. */
record Column(String title, ToDoubleFunction<Measured> value) {

    static final Column MEDIAN = new Column("median, ms", Measured::medianMillis);

    static final Column P95 = new Column("p95, ms", measured -> measured.percentileMillis(95));

    static final Column SAMPLES = new Column("samples", Measured::samples);

    private static final long MIB = 1 << 20;

    /** One of the benchmark's own counters. */
    static Column count(String title, String counter) {
        return new Column(title, measured -> measured.most(counter));
    }

    /** One of the benchmark's own counters of bytes. */
    static Column mebibytes(String title, String counter) {
        return new Column(title + ", MiB", measured -> measured.most(counter) / MIB);
    }

    /** The throughput, where one sample moves so many bytes. */
    static Column megabytesPerSecond(long bytes) {
        return new Column("MB/s", measured -> measured.perSecond(bytes) / 1_000_000);
    }
}
