package org.junitsandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.shell.TransferException;
import org.junitsandbox.spec.SandboxSpec;

/**
 * Puts each injection in each place of the page, and looks at that in a real browser: it shows as text, and nothing
 * else has come of it. {@link Browser} asserts that nothing is loaded and that the policy had nothing to forbid.
 */
class HtmlInjectionIT {

    /** Elements and attributes that the page has without any of it. */
    private static final String OWN_ELEMENTS = "body button code dd details div dl dt figcaption figure form h1 head"
            + " header html input label li main meta noscript ol p pre rect script small span style summary svg time"
            + " title ul";

    private static final String OWN_ATTRIBUTES = "aria-hidden aria-label aria-live autocomplete charset class content"
            + " data-theme height hidden http-equiv id lang name open placeholder preserveAspectRatio role style type"
            + " viewBox width x y";

    private static final String UNSEEN =
            "/[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff"
                    + "\\ufff9-\\uffff]|\\udb40/";

    private final List<String> cases = new ArrayList<>();

    /** What brings a text to a place of the page. */
    private enum Place {
        STDOUT,
        STDERR,
        COMMAND,
        ENVIRONMENT,
        COPIED_AND_CHANGED_FILE,
        LINK_IN_CHANGES,
        DIRECTORY,
        REASON,
        NOTE;

        void put(Shell shell, String text) {
            switch (this) {
                case STDOUT -> shell.run("printf", "%s\n", text);
                case STDERR -> shell.run(Command.of("cat >&2").stdin(text));
                case COMMAND -> shell.run(": <<'END'\n" + text + "\nEND");
                case ENVIRONMENT -> shell.run(Command.of(":").environment("X", text));
                case COPIED_AND_CHANGED_FILE -> {
                    shell.copyInText("", text);
                    shell.run(Command.of("cat >>\"$X\"").environment("X", text).stdin("more"));
                }
                case LINK_IN_CHANGES -> shell.run(
                        Command.of("ln -s \"$X\" " + text.substring(0, 4)).environment("X", text));
                case DIRECTORY -> {
                    shell.copyInText("", text + "/file");
                    shell.run(Command.of(":").directory(text));
                }
                case REASON -> assertThatExceptionOfType(TransferException.class)
                        .isThrownBy(() -> shell.copyOut(text));
                case NOTE -> shell.note(text);
            }
        }
    }

    /** Returns a text that no other case has. */
    private String next(String injection) {
        String text = "%04d".formatted(cases.size()) + injection + "~";
        cases.add(text);
        return text;
    }

    private Transcript transcript() {
        SandboxSpec spec = TranscriptFilesIT.SPEC;
        for (String injection : Injections.ALL) {
            spec = spec.environment("I" + cases.size(), next(injection));
        }
        try (Shell shell = Shell.open(spec)) {
            for (String injection : Injections.ALL) {
                for (Place place : Place.values()) {
                    place.put(shell, next(injection));
                }
            }
            shell.noteUsage();
            shell.noteChanges();
            return shell.transcript();
        }
    }

    @Test
    void showsInjectionsInAllPlacesAsText() throws IOException {
        Transcript transcript = transcript();
        String title = String.join(" ", Injections.ALL.stream().map(this::next).toList());
        assertThat(cases).hasSizeGreaterThan(200);

        assertThat(HtmlPage.of(title, transcript)).matches("(?s)[\t\n -~]*");
        List<String> found = browse(title, transcript);

        assertThat(found.get(2)).as("a script, an address").isEqualTo("undefined file:///work/page.html");
        assertThat(List.of(OWN_ELEMENTS.split(" "))).as("elements").contains(found.get(3).split(" "));
        assertThat(List.of(OWN_ATTRIBUTES.split(" "))).as("attributes").contains(found.get(4).split(" "));
        assertThat(found.get(5)).as("elements that are there once").isEqualTo("script:2 style:1 form:1 meta:5 input:2");
        assertThat(found.get(6)).as("styles").isEqualTo("color: rgb(255, 135, 0);");
        assertThat(found.get(7)).as("characters that are not seen").isEqualTo("none");
        String page = withSingleSlashes(found.get(8));
        assertThat(cases).allSatisfy(text -> assertThat(page).contains(withSingleSlashes(shown(text))));
        // As it was copied in, in the environment of the command that changed it, and among the changes.
        assertThat(cases.stream().filter(text -> Place.COPIED_AND_CHANGED_FILE.equals(place(text))))
                .hasSameSizeAs(Injections.ALL)
                // Not within a longer number, a user's on a cluster for one.
                .allSatisfy(text -> assertThat(page.split("(?<!\\d)" + text.substring(0, 4), -1)).hasSize(4));
    }

    private static @Nullable Place place(String text) {
        int number = Integer.parseInt(text.substring(0, 4)) - Injections.ALL.size();
        Place[] places = Place.values();
        return number < 0 || number >= Injections.ALL.size() * places.length ? null : places[number % places.length];
    }

    /** Of colours, the page shows what they colour; a sequence that would hide text, it shows itself. */
    private static String shown(String text) {
        Place place = place(text);
        boolean isOutput = place == Place.STDOUT || place == Place.STDERR;
        String shown = isOutput ? text.replaceAll("\u001B\\[(?!8m)[0-9;]*m", "") : text;
        return Injections.shown(isOutput ? shown.replace("\t", " ") : shown);
    }

    /** Paths have no more. */
    private static String withSingleSlashes(String text) {
        return text.replaceAll("/+", "/");
    }

    private static List<String> browse(String title, Transcript transcript) throws IOException {
        try (Shell viewer = Shell.open(Viewers.SPEC)) {
            return new Browser(viewer).open(
                    title,
                    transcript,
                    "click #open",
                    "eval new Promise(done => setTimeout(done, 1000)).then(() => window.hit + ' ' + location.href)",
                    "eval [...new Set([...document.querySelectorAll('*')].map(e => e.localName))].sort().join(' ')",
                    "eval [...new Set([...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()))].sort()"
                            + ".join(' ')",
                    "eval ['script', 'style', 'form', 'meta', 'input'].map(name => name + ':' +"
                            + " document.querySelectorAll(name).length).join(' ')",
                    "eval [...new Set([...document.querySelectorAll('[style]')].map(e => e.getAttribute('style')))]"
                            + ".join(' ')",
                    "eval (" + UNSEEN + ".exec(document.documentElement.textContent + document.title"
                            + " + [...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
                            + ".map(a => a.value).join()) ?? ['none'])[0]",
                    "eval [document.title, ...[...document.querySelectorAll('header, main')]"
                            + ".map(e => e.textContent)].join(' ').replaceAll('\\t', ' ')");
        }
    }

    @Test
    void showsTheReasonWhyNothingIsKnownAsText() throws IOException {
        String name = "<img src=x onerror=window.hit=1>\u202E";
        try (Shell shell = Shell.open(TranscriptFilesIT.SPEC)) {
            shell.run("mkdir", "-m", "0", name);
            assertThatExceptionOfType(TransferException.class).isThrownBy(shell::noteChanges);

            assertThat(HtmlPage.of("a test", shell.transcript()))
                    .contains("find: /work/&#60;img src=x onerror=window.hit=1&#62;\\u202E: Permission denied")
                    .doesNotContain("<img");
        }
    }
}
