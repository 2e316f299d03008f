package org.junitsandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.Transcript;

/** Debian's Chromium, headless, in a sandbox without network. */
final class Browser {

    private static final String PAGE = "/work/page.html";

    private final Shell shell;

    Browser(Shell shell) {
        this.shell = shell;
        shell.copyInResource(Browser.class, "browse.py", "/work/browse.py");
    }

    /**
     * Opens a page and takes steps there.
     *
     * @param steps as {@code browse.py} has them
     * @return what the page loaded in milliseconds, and then a line for each step. Nothing else: no request but that of
     *     the page, no message in the console.
     */
    List<String> open(String title, Transcript transcript, String... steps) throws IOException {
        shell.copyInText(HtmlPage.of(title, transcript), PAGE);
        List<String> all = new ArrayList<>(List.of("load file://" + PAGE));
        all.addAll(List.of(steps));
        CommandResult result = shell.run(Command.of("python3 browse.py").stdin(String.join("\n", all)));
        assertThat(result.succeeded()).as(result + ": " + result.stderr()).isTrue();
        List<String> lines = result.stdoutLines();
        assertThat(lines.subList(all.size(), lines.size())).containsExactly("request: file://" + PAGE);
        return lines.subList(0, all.size());
    }

    void copyOut(String file, Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        shell.copyOut(file, target);
    }
}
