package org.junitsandbox.assertj;

import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.shell.Output;

/** Checks of one stream of a command. A check that depends on output that was dropped does not hold. */
final class StreamChecks {

    private final String stream;
    private final Output output;
    private final Content content;

    /**
     * @param stream its name, "stdout" or "stderr"
     * @param secrets are hidden in messages
     */
    StreamChecks(String stream, Output output, Secrets secrets) {
        this.stream = stream;
        this.output = output;
        this.content = new Content(stream, output.bytes(), secrets);
    }

    Check is(String expected) {
        return ofAllOutput(content.is(expected));
    }

    Check isBytes(byte[] expected) {
        return ofAllOutput(content.isBytes(expected));
    }

    Check hasLines(String... expected) {
        return ofAllOutput(content.hasLines(expected));
    }

    Check matches(String regex) {
        return ofAllOutput(content.matches(regex));
    }

    /** Holds if the part that was kept contains the texts, whatever was dropped. */
    Check contains(CharSequence... parts) {
        Check ofKept = content.contains(parts);
        return ofKept.found() == null ? ofKept : ofAllOutput(ofKept);
    }

    Check doesNotContain(CharSequence... parts) {
        Check ofKept = content.doesNotContain(parts);
        return ofKept.found() == null ? ofAllOutput(ofKept) : ofKept;
    }

    Check isEmpty() {
        return Check.of(
                output.isEmpty(),
                "no " + stream,
                "but the command wrote " + Excerpt.count(output.totalBytes(), "byte") + " to it");
    }

    Check isComplete() {
        return ofAllOutput(new Check("all of " + stream + " to be known", null, null));
    }

    private Check ofAllOutput(Check check) {
        return output.isTruncated()
                ? check.but("but that is unknown: " + stream + " was truncated, and only the first "
                        + output.bytes().length + " of " + output.totalBytes()
                        + " bytes were kept. Let the command write less, or raise the sandbox's output limit.")
                : check;
    }
}
