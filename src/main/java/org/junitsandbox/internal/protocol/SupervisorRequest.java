package org.junitsandbox.internal.protocol;

import java.util.OptionalLong;

/** A request to the supervisor: one record for each. {@code supervisor.sh} describes what each of them does. */
public sealed interface SupervisorRequest {

    /** Returns the request as it is sent, without the newline that ends it. */
    String encode();

    /** Where the supervisor keeps data in the container's /dev/shm. */
    enum Slot {
        /** Nowhere: a command without input. */
        NONE("-"),
        INPUT("in"),
        /** For the input of every other command whose input is sent ahead. */
        NEXT_INPUT("next"),
        /** For a command that is too long for its request. */
        SOURCE("text");

        private final String word;

        Slot(String word) {
            this.word = word;
        }

        /** Returns the slot's name in requests; also the end of its file's name. */
        String word() {
            return word;
        }
    }

    /**
     * The first lines of a session, with a first ping.
     *
     * @param nonce what marks the supervisor's messages
     * @param storeName the beginning of the names of the files with data
     * @param nextNonce the nonce after a {@link Recycle}
     */
    record Open(String nonce, String storeName, String nextNonce, Ping ping) implements SupervisorRequest {
        @Override
        public String encode() {
            return nonce + " " + storeName + " " + nextNonce + "\n" + ping.encode();
        }
    }

    /**
     * Runs source text before the next {@link Run}, and both in a subshell. Not answered.
     *
     * @param text source text that neither begins nor ends with a blank
     */
    record Setup(String text) implements SupervisorRequest {

        static final String VERB = "setup";

        @Override
        public String encode() {
            return VERB + " - - - " + Run.encode(text);
        }
    }

    /**
     * Runs source text in each new worker before its first {@link Run}. Not answered.
     *
     * @param word the text as one quoted shell word
     */
    record Init(String word) implements SupervisorRequest {

        static final String VERB = "init";

        @Override
        public String encode() {
            return VERB + " - - - " + Run.encode(word);
        }
    }

    /**
     * Runs a command of the library's own, beside the worker. Answered like {@link Run}.
     *
     * @param worker the process id of the worker in whose directory it runs; empty for the directory in which workers
     *     start, {@link #AT_ROOT} for the root directory
     * @param input where its stdin is kept
     * @param word as of {@link Run}
     */
    record Own(long id, OptionalLong worker, Slot input, String word) implements SupervisorRequest {

        static final String VERB = "own";

        static final String NO_WORKER = "-";

        /** In place of a worker: no process has this id. */
        static final long AT_ROOT = 0;

        @Override
        public String encode() {
            return VERB + " " + id + " " + (worker.isPresent() ? String.valueOf(worker.getAsLong()) : NO_WORKER) + " "
                    + input.word() + " " + Run.encode(word);
        }
    }

    /**
     * Runs a command in the worker.
     *
     * @param status the value of {@code $?} at its start
     * @param input where its stdin is kept
     * @param word its source text as one quoted shell word; {@link #STORED} if that is in {@link Slot#SOURCE}
     */
    record Run(long id, int status, Slot input, String word) implements SupervisorRequest {

        public static final String VERB = "run";

        /** In place of a word; no quoted word is empty. */
        static final String STORED = "";

        @Override
        public String encode() {
            return VERB + " " + id + " " + status + " " + input.word() + " " + encode(word);
        }

        /** Returns a text as it stands at the end of a request. */
        private static String encode(String text) {
            int lines = text.equals(STORED) ? 0 : lines(text);
            return lines + (lines <= 1 ? " " : "\n") + text;
        }

        /** Returns the number of lines of a word. */
        static int lines(String word) {
            int lines = 1;
            for (int newline = word.indexOf('\n'); newline >= 0; newline = word.indexOf('\n', newline + 1)) {
                lines++;
            }
            return lines;
        }
    }

    /** Starts a worker shell where there is none. Answered by {@link SupervisorMessage.Pong}. */
    record Ping(long id) implements SupervisorRequest {

        public static final String VERB = "ping";

        @Override
        public String encode() {
            return VERB + " " + id;
        }
    }

    /**
     * Has both streams marked: what was written before comes before the {@link SupervisorMessage.Pong} that answers it.
     * Unlike {@link Ping}, it leaves all processes as they are. A command of {@link Own} that was killed is answered
     * first.
     */
    record Sync(long id) implements SupervisorRequest {

        public static final String VERB = "sync";

        @Override
        public String encode() {
            return VERB + " " + id;
        }
    }

    /** Kills every other process. Answered by {@link SupervisorMessage.Killed}. */
    record Kill(long id) implements SupervisorRequest {

        public static final String VERB = "kill";

        @Override
        public String encode() {
            return VERB + " " + id;
        }
    }

    /**
     * Cleans the container in place. Answered by {@link SupervisorMessage.LimitsFound} under the next nonce; then only
     * {@link Reopen} is taken.
     */
    record Recycle() implements SupervisorRequest {

        public static final String VERB = "recycle";

        @Override
        public String encode() {
            return VERB;
        }
    }

    /** Opens the session in which a container that was cleaned is used again; its nonce was the next one before. */
    record Reopen(Open open) implements SupervisorRequest {
        @Override
        public String encode() {
            // A command may have left the beginning of a line in stdin.
            return "\n" + open.encode();
        }
    }

    /** Announces data, whose bytes follow. Answered by {@link SupervisorMessage.DataStored} after them. */
    record Data(Slot slot, int length) implements SupervisorRequest {

        public static final String VERB = "data";

        /** The supervisor takes data in blocks of this size and a rest. */
        static final int BLOCK_BYTES = 64 * 1024;

        @Override
        public String encode() {
            return VERB + " " + slot.word() + " " + length / BLOCK_BYTES + " " + length % BLOCK_BYTES;
        }
    }

    /** Deletes all stored data. Not answered. */
    record Drop() implements SupervisorRequest {

        public static final String VERB = "drop";

        @Override
        public String encode() {
            return VERB;
        }
    }

    /**
     * Asks for {@link SupervisorMessage.CountersRead}.
     *
     * @param token stands in the answer. No command knows it ahead, so that none of them can have written the answer.
     */
    record ReadCounters(String token) implements SupervisorRequest {

        public static final String VERB = "usage";

        @Override
        public String encode() {
            return VERB + " " + token;
        }
    }

    /** Asks for {@link SupervisorMessage.OutOfMemoryKills}. */
    record CountOutOfMemoryKills() implements SupervisorRequest {

        public static final String VERB = "oom";

        @Override
        public String encode() {
            return VERB;
        }
    }
}
