package org.junitsandbox.shell;

import org.junitsandbox.internal.text.Excerpt;

/**
 * What a shell is asked to do, for messages that need it in two forms: "cannot run `ls`" and "interrupted while running
 * `ls`".
 */
record Activity(String infinitive, String participle, String object) {

    static Activity running(Command command) {
        return new Activity("run", "running", "`" + command + "`");
    }

    static Activity starting(Command command) {
        return new Activity("start", "starting", "`" + command + "`");
    }

    static Activity watching(Command command) {
        return new Activity("look", "looking", "after `" + command + "`");
    }

    static Activity settingUp(String command) {
        return new Activity("set up", "setting up", "with `" + Excerpt.line(command) + "`");
    }

    static Activity copying(String source, String target) {
        return new Activity("copy", "copying", Excerpt.line(source) + " to " + Excerpt.line(target));
    }

    static Activity copyingOut(String source) {
        return new Activity("copy", "copying", Excerpt.line(source) + " out");
    }

    static Activity lookingAt(String path) {
        return new Activity("look", "looking", "at " + Excerpt.line(path));
    }

    static Activity listing(String directory) {
        return new Activity("list", "listing", Excerpt.line(directory));
    }

    static Activity findingChanges() {
        return new Activity("find", "finding", "the changes in the sandbox");
    }

    static Activity entering(String directory) {
        return new Activity("enter", "entering", "the directory " + Excerpt.line(directory));
    }

    static Activity checkpointing() {
        return new Activity("take", "taking", "a checkpoint");
    }

    static Activity readingUsage() {
        return new Activity("read", "reading", "what the sandbox has used");
    }

    static Activity listingProcesses() {
        return new Activity("list", "listing", "the processes of the sandbox");
    }

    static Activity receivingStrayOutput() {
        return new Activity("receive", "receiving", "stray output");
    }

    static Activity resetting() {
        return new Activity("reset", "resetting", "the sandbox");
    }

    /** For a message such as "Cannot run `ls`". */
    @Override
    public String toString() {
        return infinitive + " " + object;
    }

    /** For a message such as "Interrupted while running `ls`". */
    String ongoing() {
        return participle + " " + object;
    }
}
