package org.junitsandbox.internal.protocol;

import org.junitsandbox.internal.stream.StandardStream;

/** A message from the supervisor: one record for each. {@code supervisor.sh} describes when it sends them. */
public sealed interface SupervisorMessage {

    /** Returns the text of the message, without the marker around it. */
    String encode();

    /**
     * Reads the text of a message.
     *
     * @param stream the stream on which it came
     */
    static SupervisorMessage parse(StandardStream stream, String text) {
        int space = text.indexOf(' ');
        String verb = space < 0 ? text : text.substring(0, space);
        String detail = text.substring(space < 0 ? text.length() : space + 1);
        try {
            return switch (verb) {
                case CommandEnded.VERB ->
                    stream == StandardStream.STDOUT ? CommandEnded.parse(detail) : DirectoryReported.parse(detail);
                case CommandBegan.VERB ->
                    stream == StandardStream.STDOUT
                            ? CommandBegan.parse(detail)
                            : new StderrBegan(Long.parseLong(detail));
                case ShellExited.VERB -> new ShellExited(Integer.parseInt(detail));
                case ShellGone.VERB -> new ShellGone(Long.parseLong(detail));
                case ShellRenewed.VERB -> new ShellRenewed();
                case LimitsFound.VERB -> new LimitsFound(detail);
                case Pong.VERB -> new Pong(Long.parseLong(detail));
                case Killed.VERB -> new Killed(Long.parseLong(detail));
                case DataStored.VERB -> new DataStored(Integer.parseInt(detail));
                case CountersRead.VERB -> CountersRead.parse(detail);
                case OutOfMemoryKills.VERB -> new OutOfMemoryKills(Long.parseLong(detail));
                default -> new Malformed(text, "there is no such message");
            };
        } catch (NumberFormatException e) {
            return new Malformed(text, "a number is missing or not valid");
        }
    }

    /**
     * A command is about to be run: it has its streams. On stdout, before its output there.
     *
     * @param worker the process id of its worker shell; no process's for a command of the library's own
     */
    record CommandBegan(long id, long worker) implements SupervisorMessage {

        static final String VERB = "begin";

        private static CommandBegan parse(String detail) {
            int space = CommandEnded.endOfId(detail);
            return new CommandBegan(
                    Long.parseLong(detail, 0, space, 10), Long.parseLong(detail, space + 1, detail.length(), 10));
        }

        @Override
        public String encode() {
            return VERB + " " + id + " " + worker;
        }
    }

    /** A command is about to begin. On stderr, where all that was written earlier has come. */
    record StderrBegan(long id) implements SupervisorMessage {

        @Override
        public String encode() {
            return CommandBegan.VERB + " " + id;
        }
    }

    /** A command ended. On stdout, after its output there. */
    record CommandEnded(long id, int status) implements SupervisorMessage {

        static final String VERB = "end";

        private static CommandEnded parse(String detail) {
            int space = endOfId(detail);
            return new CommandEnded(
                    Long.parseLong(detail, 0, space, 10), Integer.parseInt(detail, space + 1, detail.length(), 10));
        }

        private static int endOfId(String detail) {
            int space = detail.indexOf(' ');
            if (space < 0) {
                throw new NumberFormatException("Nothing follows the id: " + detail);
            }
            return space;
        }

        @Override
        public String encode() {
            return VERB + " " + id + " " + status;
        }
    }

    /** A command ended, and the shell's directory is now this one. On stderr, after the command's output there. */
    record DirectoryReported(long id, String directory) implements SupervisorMessage {

        private static DirectoryReported parse(String detail) {
            int space = CommandEnded.endOfId(detail);
            return new DirectoryReported(Long.parseLong(detail, 0, space, 10), detail.substring(space + 1));
        }

        @Override
        public String encode() {
            return CommandEnded.VERB + " " + id + " " + directory;
        }
    }

    /** The worker shell exited. */
    record ShellExited(int status) implements SupervisorMessage {

        static final String VERB = "exit";

        @Override
        public String encode() {
            return VERB + " " + status;
        }
    }

    /** A ping found no worker shell, and nothing is known of its end. */
    record ShellGone(long pingId) implements SupervisorMessage {

        static final String VERB = "gone";

        @Override
        public String encode() {
            return VERB + " " + pingId;
        }
    }

    /** A command found no worker shell and got a new one. */
    record ShellRenewed() implements SupervisorMessage {

        static final String VERB = "renewed";

        @Override
        public String encode() {
            return VERB;
        }
    }

    /** What the kernel reports inside the container before the first command, and after a clean-up. */
    record LimitsFound(String text) implements SupervisorMessage {

        static final String VERB = "found";

        @Override
        public String encode() {
            return VERB + " " + text;
        }
    }

    /** The answer to a ping, on each of the streams. */
    record Pong(long id) implements SupervisorMessage {

        static final String VERB = "pong";

        @Override
        public String encode() {
            return VERB + " " + id;
        }
    }

    /** Every other process was killed. On each of the streams. */
    record Killed(long id) implements SupervisorMessage {

        static final String VERB = "killed";

        @Override
        public String encode() {
            return VERB + " " + id;
        }
    }

    /**
     * Data was read.
     *
     * @param status 0 if all of it was stored
     */
    record DataStored(int status) implements SupervisorMessage {

        static final String VERB = "data";

        @Override
        public String encode() {
            return VERB + " " + status;
        }
    }

    /**
     * What the kernel has counted for the container so far.
     *
     * @param token that of the request
     * @param text lines of the kernel's files, each after its file's name
     */
    record CountersRead(String token, String text) implements SupervisorMessage {

        static final String VERB = "usage";

        private static CountersRead parse(String detail) {
            int end = detail.indexOf('\n');
            return end < 0
                    ? new CountersRead(detail, "")
                    : new CountersRead(detail.substring(0, end), detail.substring(end + 1));
        }

        @Override
        public String encode() {
            return VERB + " " + token + "\n" + text;
        }
    }

    /**
     * The processes that the memory limit has killed.
     *
     * @param count their number since the container's start
     */
    record OutOfMemoryKills(long count) implements SupervisorMessage {

        static final String VERB = "oom";

        @Override
        public String encode() {
            return VERB + " " + count;
        }
    }

    /**
     * A text that is no message.
     *
     * @param problem what is wrong with it
     */
    record Malformed(String text, String problem) implements SupervisorMessage {
        @Override
        public String encode() {
            return text;
        }
    }
}
