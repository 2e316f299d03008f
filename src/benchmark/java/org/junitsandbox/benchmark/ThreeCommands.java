package org.junitsandbox.benchmark;

/**
 * The body of the test that the sides run over and over: it writes a file, works on it, and looks at what came of it.
 */
final class ThreeCommands {

    /** How often a test class repeats it. */
    static final int TESTS = 50;

    /** A side's way to run a command. */
    interface Side {
        String stdout(String command) throws Exception;
    }

    private ThreeCommands() {}

    static void run(Side side) throws Exception {
        side.stdout("printf 'b\\na\\n' > letters");
        side.stdout("sort letters > sorted");
        String sorted = side.stdout("cat sorted");
        if (!sorted.equals("a\nb\n")) {
            throw new AssertionError("Expected a and b, not: " + sorted);
        }
    }
}
