package org.junitsandbox.evidence;

import java.util.List;
import java.util.Optional;
import org.junitsandbox.internal.text.Markup;
import org.junitsandbox.shell.Changes;
import org.junitsandbox.shell.FileChange;
import org.junitsandbox.shell.FileStatus;
import org.junitsandbox.shell.TranscriptEvent;

/** The part of a page for what has changed: a tree that opens and closes without a script. */
final class ChangesSection {

    /** Of more, a directory is closed at first. */
    private static final int MAX_OPEN = 25;

    private final StringBuilder markup = new StringBuilder();

    private ChangesSection() {}

    /**
     * @param last the last search for changes; empty if nobody has searched
     */
    static String of(Optional<TranscriptEvent> last) {
        return last.flatMap(TranscriptEvent::changes)
                .map(changes -> new ChangesSection().section(changes, last.orElseThrow().omittedChanges()))
                .orElseGet(() -> begin("not known", false) + "<p>"
                        + Markup.text("Which files have changed is not known: " + UsageSection.reason(last))
                        + "</p></details>");
    }

    private static String begin(String summary, boolean isOpen) {
        return "<details id=\"changes\"" + (isOpen ? " open" : "") + "><summary>Changed files: "
                + Markup.text(summary) + "</summary>";
    }

    private String section(Changes changes, int omitted) {
        markup.append(begin(Findings.summary(changes, omitted), changes.all().size() <= MAX_OPEN));
        list(ChangeNode.roots(changes), changes.all().size() <= MAX_OPEN);
        return markup.append("</details>").toString();
    }

    private void list(List<ChangeNode> nodes, boolean isOpen) {
        markup.append("<ul class=\"tree\">");
        for (ChangeNode node : nodes) {
            markup.append(node.children().isEmpty() ? "<li class=\"leaf\">" : "<li>");
            if (node.children().isEmpty()) {
                name(node);
            } else {
                markup.append(isOpen ? "<details open>" : "<details>").append("<summary>");
                name(node);
                markup.append("</summary>");
                list(node.children(), isOpen);
                markup.append("</details>");
            }
            markup.append("</li>");
        }
        markup.append("</ul>");
    }

    private void name(ChangeNode node) {
        boolean isDirectory = !node.children().isEmpty() || isDirectory(node.own());
        String name = "<code>" + Markup.text(node.name() + (isDirectory ? "/" : "")) + "</code>";
        if (node.own().isEmpty()) {
            markup.append(name);
        }
        for (FileChange change : node.own()) {
            String verb = ChangeNode.verb(change);
            markup.append("<span class=\"change " + verb + "\">" + verb + "</span> " + name + " <small>"
                    + Markup.text(ChangeNode.status(change)) + "</small> ");
        }
    }

    private static boolean isDirectory(List<FileChange> own) {
        return own.stream()
                .flatMap(change -> change.status().stream())
                .anyMatch(status -> status.type() == FileStatus.Type.DIRECTORY);
    }
}
