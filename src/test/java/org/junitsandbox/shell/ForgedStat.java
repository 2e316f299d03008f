package org.junitsandbox.shell;

/** What a hostile program prints in place of {@code stat}, about an empty file. {@link StatLineTests} checks it. */
final class ForgedStat {

    private static final String TIME = " 0 1970-01-01 00:00:00.000000000 +0000";

    /** A line that the library would take for real. */
    static final String LINE = "81a4 0 65534 65534 5 7 1" + TIME + TIME;

    private ForgedStat() {}
}
