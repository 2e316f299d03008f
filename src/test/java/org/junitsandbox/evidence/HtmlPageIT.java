package org.junitsandbox.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.Command;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.Transcript;
import org.junitsandbox.spec.SandboxSpec;

/** The page in a real browser. {@link Browser} asserts that it loads nothing and has no errors. */
@SuppressWarnings("NullAway.Init") // fields that a test sets
class HtmlPageIT {

    /** Each sets a variable, loads something or leaves the page, if it is taken for markup or script. */
    private static final List<String> INJECTIONS = List.of(
            "<script>window.hit=1</script>",
            "</script><script>window.hit=1</script>",
            "</SCRIPT ><script>window.hit=1</script>",
            "<!--<script>window.hit=1//-->",
            "--><script>window.hit=1</script>",
            "]]><script>window.hit=1</script>",
            "<img src=x onerror=window.hit=1>",
            "<img src=http://evil.invalid/a.png>",
            "<svg onload=window.hit=1>",
            "<svg><script href=http://evil.invalid/a.js />",
            "<iframe src=\"javascript:parent.hit=1\"></iframe>",
            "<iframe srcdoc=\"<script>parent.hit=1</script>\"></iframe>",
            "<link rel=stylesheet href=http://evil.invalid/a.css>",
            "<style>@import 'http://evil.invalid/b.css';</style>",
            "</style><style>body{background:url(http://evil.invalid/c)}</style>",
            "<base href=http://evil.invalid/>",
            "<meta http-equiv=refresh content=\"0;url=http://evil.invalid/\">",
            "<a href=\"javascript:window.hit=1\">x</a>",
            "<form action=http://evil.invalid/><input autofocus onfocus=window.hit=1></form>",
            "<object data=http://evil.invalid/a.swf></object>",
            "<embed src=http://evil.invalid/a>",
            "<video src=http://evil.invalid/a.mp4 onerror=window.hit=1></video>",
            "<details open ontoggle=window.hit=1>",
            "<body onload=window.hit=1>",
            "\" onmouseover=\"window.hit=1",
            "' autofocus onfocus='window.hit=1",
            "javascript:window.hit=1",
            "data:text/html,<script>window.hit=1</script>",
            "&lt;script&gt;window.hit=1&lt;/script&gt;",
            "&#60;img src=x onerror=window.hit=1&#62;",
            "\\u003cscript>window.hit=1\\u003c/script>",
            "\"};window.hit=1;//",
            "\"}]};</script><script>window.hit=1//",
            "${window.hit=1}",
            "${data}",
            "`;window.hit=1;`",
            "{{constructor.constructor('window.hit=1')()}}",
            "__proto__",
            "<template><script>window.hit=1</script></template>",
            "<math><mi xlink:href=\"javascript:window.hit=1\">x</mi></math>",
            "<noscript><p title=\"</noscript><img src=x onerror=window.hit=1>\">",
            "\u2028window.hit=1\u2029<script>window.hit=1</script>");

    private static Shell viewer;
    private static Browser browser;

    @BeforeAll
    static void open() {
        viewer = Shell.open(Viewers.SPEC);
        browser = new Browser(viewer);
    }

    @AfterAll
    static void close() {
        viewer.close();
    }

    private static Transcript sample() {
        try (Shell shell = Shell.open(TranscriptFilesIT.SPEC)) {
            shell.copyInText("one\n", "in.txt");
            shell.run("printf 'plain \\033[1;31mred\\033[0m \\033[38;5;208morange\\033[0m\\n'; echo oops >&2; exit 3");
            shell.run("seq 1000");
            shell.run("printf 'a\\342\\200\\256b\\033[2J\\n'");
            return shell.transcript();
        }
    }

    @Test
    void showsATimelineWithColoursAndFailures() throws IOException {
        List<String> found = browser.open(
                "a.Test of \u202E",
                sample(),
                "eval document.querySelector('h1').textContent",
                "eval document.querySelectorAll('#events > li').length",
                "eval document.querySelectorAll('#events > li.bad').length",
                "eval document.querySelector('pre.out .f1.bold').textContent",
                "eval getComputedStyle([...document.querySelectorAll('pre.out span')][1]).color",
                "eval document.querySelector('pre.err').textContent",
                "eval [...document.querySelectorAll('pre.out')].at(-1).textContent",
                "eval document.querySelectorAll('#strip rect').length",
                "eval document.getElementById('facts').textContent.includes('memory 100 MiB')");

        assertThat(found.subList(1, found.size()))
                .containsExactly(
                        "a.Test of \\u202E", "4", "1", "red", "rgb(255, 135, 0)", "oops\\n",
                        "a\\u202Eb\\u001B[2J\\n", "4", "true");
    }

    @Test
    void findsFoldsCopiesAndIsUsedByKeyboard() throws IOException {
        String visible = "eval document.querySelectorAll('#events > li:not([hidden])').length";
        String wait = "eval new Promise(done => setTimeout(done, 300)).then(() => "
                + "document.getElementById('status').textContent)";
        List<String> found = browser.open(
                "a test",
                sample(),
                "eval document.querySelectorAll('#events > li')[2].querySelector('pre.out')"
                        + ".textContent.split('\\n').length",
                "click .fold",
                "eval document.querySelectorAll('#events > li')[2].querySelector('pre.out').textContent.length",
                "click #events > li:nth-child(2) pre.out + * , #events > li:nth-child(2) .row .copy",
                "eval navigator.clipboard.readText()",
                "eval document.getElementById('status').textContent",
                "eval document.activeElement.blur()",
                "key /",
                "type orange",
                wait,
                visible,
                "eval document.querySelector('mark').textContent",
                "key Escape",
                visible,
                "type 999",
                wait,
                "key Escape",
                "click #failed",
                visible,
                "click #failed",
                "click #close",
                "eval document.querySelectorAll('details[open] .body').length",
                "eval document.querySelector('#events summary').focus()",
                "key ArrowDown",
                "key Enter",
                "eval document.querySelectorAll('#events > li')[1].querySelector('details').open",
                "click #open",
                "eval document.querySelectorAll('#events details[open]').length");

        assertThat(found.get(1)).isEqualTo("21");
        assertThat(found.get(3)).isEqualTo("3893");
        assertThat(found.get(5)).startsWith("printf 'plain ");
        assertThat(found.get(6)).isEqualTo("Copied.");
        assertThat(found.get(10)).isEqualTo("1 of 4 events");
        assertThat(found.get(11)).isEqualTo("1");
        assertThat(found.get(12)).isEqualTo("orange");
        assertThat(found.get(14)).isEqualTo("4");
        assertThat(found.get(16)).isEqualTo("1 of 4 events");
        assertThat(found.get(19)).isEqualTo("1");
        assertThat(found.get(22)).isEqualTo("0");
        assertThat(found.get(26)).isEqualTo("true");
        assertThat(found.get(28)).isEqualTo("4");
    }

    @Test
    void isDarkOrLightAndFitsAPhone() throws IOException {
        String back = "eval getComputedStyle(document.body).backgroundColor";
        List<String> found = browser.open(
                "a.test.of.a.package.with.a.long.Name.that.has.no.blank.at.all.and.more.ThanOneLine",
                sample(),
                "scheme light",
                back,
                "scheme dark",
                back,
                "click #theme",
                back,
                "click #theme",
                back,
                "size 360 640",
                "eval document.documentElement.scrollWidth");

        assertThat(found.get(2)).isEqualTo("rgb(255, 255, 255)");
        assertThat(found.get(4)).isEqualTo("rgb(13, 17, 23)");
        assertThat(found.get(6)).isEqualTo("rgb(255, 255, 255)");
        assertThat(found.get(8)).isEqualTo("rgb(13, 17, 23)");
        assertThat(found.get(10)).isEqualTo("360");
    }

    @Test
    void runsAndLoadsNothingOfTwoHundredInjections() throws IOException {
        assertThat(INJECTIONS.size() * 5).isGreaterThanOrEqualTo(200);
        SandboxSpec spec = TranscriptFilesIT.SPEC;
        for (int i = 0; i < INJECTIONS.size(); i++) {
            spec = spec.environment("I" + i, INJECTIONS.get(i));
        }
        Transcript transcript;
        try (Shell shell = Shell.open(spec)) {
            for (String injection : INJECTIONS) {
                shell.copyInText("", "files/" + injection + ".x");
                shell.run(Command.of("printf", "%s\n", injection).environment("X", injection));
                shell.run(Command.of("cat >&2").stdin(injection));
                shell.note(injection);
            }
            transcript = shell.transcript();
        }
        List<String> found = browser.open(
                INJECTIONS.get(0),
                transcript,
                "click #open",
                "eval new Promise(done => setTimeout(done, 1000)).then(() => [window.hit, location.href].join(' '))",
                "eval document.querySelectorAll('img, iframe, a, link, object, embed, video, base, template, math,"
                        + " script, style, form, meta, details').length"
                        + " - document.querySelectorAll('#events > li > details').length",
                "eval document.querySelectorAll('#events pre.command').length",
                "eval [...document.querySelectorAll('#events pre.out')].map(e => e.textContent).join('')",
                "eval [...document.querySelectorAll('#events pre.err')].map(e => e.textContent).join('|')");

        assertThat(found.get(2)).isEqualTo(" file:///work/page.html");
        // What the page itself has: two scripts, a style, a form, five of meta and the details of the sandbox.
        assertThat(found.get(3)).isEqualTo("10");
        List<String> shown = INJECTIONS.stream()
                .map(text -> text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
                .toList();
        assertThat(found.get(5)).isEqualTo(String.join("\\n", shown) + "\\n");
        assertThat(found.get(6)).isEqualTo(String.join("|", shown));
    }

    @Test
    void showsTenThousandCommandsInTwoSeconds() throws IOException {
        List<String> found = new ArrayList<>();
        try (Shell shell = Shell.open(TranscriptFilesIT.SPEC)) {
            for (int i = 0; i < 10_000; i++) {
                shell.run("echo number " + i);
            }
            found.addAll(browser.open(
                    "many",
                    shell.transcript(),
                    "eval new Promise(done => { const wait = () => document.querySelectorAll('#events > li').length"
                            + " === 10000 ? done(performance.now()) : setTimeout(wait, 10); wait(); })"));
        }

        assertThat(Double.parseDouble(found.get(0))).as("ms until the first of them were drawn").isLessThan(2_000);
    }

    /** For the page of evidence in the documentation. */
    @Test
    void hasAPicture() throws IOException {
        browser.open("org.example.ThumbnailTest shrinks(Shell)", sample(), "size 900 700", "shot /work/page.png");
        Path picture = Path.of("target", "evidence", "page.png");
        Files.deleteIfExists(picture);
        browser.copyOut("/work/page.png", picture);

        assertThat(picture).isNotEmptyFile();
    }
}
