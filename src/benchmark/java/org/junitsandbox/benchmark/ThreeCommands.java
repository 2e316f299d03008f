package org.junitsandbox.benchmark;

/**
 * The body of the test that is repeated in each library: it writes a file, processes it, and checks the result.
 */
final class ThreeCommands {

    /** The number of repetitions in a test class. */
    static final int TESTS = 50;

    /** Runs a command and returns its stdout. */
    interface CommandRunner {
        String stdout(String command) throws Exception;
    }

    private ThreeCommands() {}

    static void run(CommandRunner runner) throws Exception {
        runner.stdout("printf 'b\\na\\n' > letters");
        runner.stdout("sort letters > sorted");
        String sorted = runner.stdout("cat sorted");
        if (!sorted.equals("a\nb\n")) {
            throw new AssertionError("Expected a and b, not: " + sorted);
        }
    }
}
