package org.junitsandbox.internal.text;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/**
 * Shows users what must not go unnoticed: in the log, or on stderr where no logging is set up. What is not {@linkplain
 * Printable#lines printable} is escaped.
 */
public final class Notices {

    private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

    private Notices() {}

    /**
     * Keeps SLF4J from warning that no logging is set up, as tests need none. Must come before the first logger; has no
     * effect where one was made before, or where the property is set.
     */
    public static void expectNoLogging() {
        if (System.getProperty(SLF4J_VERBOSITY) == null) {
            System.setProperty(SLF4J_VERBOSITY, "ERROR");
        }
    }

    /** Shows what is worth knowing. */
    public static void info(Logger log, String text) {
        String printable = Printable.lines(text);
        log.info(printable);
        printUnlessLogged(printable);
    }

    /** Shows what may be wrong. */
    public static void warn(Logger log, String text) {
        String printable = Printable.lines(text);
        log.warn(printable);
        printUnlessLogged(printable);
    }

    private static void printUnlessLogged(String text) {
        if (LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory) {
            System.err.println("[junit-sandbox] " + text);
        }
    }
}
