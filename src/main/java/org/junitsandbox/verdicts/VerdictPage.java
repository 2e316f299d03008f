package org.junitsandbox.verdicts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.Markup;

/**
 * Writes verdicts as one page for a browser, which loads nothing and has no script. All text in it is printable ASCII
 * and character references, so that it can neither be markup nor turn the reading direction.
 */
final class VerdictPage {

    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 1rem/1.5 system-ui, sans-serif; margin: 1rem; }
            h1 { font-size: 1.2rem; overflow-wrap: anywhere; }
            table { border-collapse: collapse; font-size: .9rem; }
            th, td { border: 1px solid #8888; padding: .2rem .5rem; text-align: left; vertical-align: top; }
            td { overflow-wrap: anywhere; }
            td.figure { text-align: right; white-space: nowrap; }
            tr.bad > td:first-child { border-left: .3rem solid #c62828; }
            ul { margin: 0; padding-left: 1rem; }
            """;

    private VerdictPage() {}

    static String of(String title, List<Verdict> verdicts) {
        StringBuilder page = new StringBuilder("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; \
                form-action 'none'; style-src '%s'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="referrer" content="no-referrer">
                <title>Verdicts</title>
                <style>%s</style>
                </head>
                <body>
                """.formatted(hash(STYLE), STYLE));
        long bad = verdicts.stream().filter(Verdict::isViolation).count();
        page.append("<h1>").append(Markup.text(title)).append("</h1>\n<p>")
                .append(Excerpt.count(verdicts.size(), "input"))
                .append(", ").append(bad).append(" with violations</p>\n<table>\n<thead><tr>");
        VerdictTable.HEADINGS.forEach(heading -> page.append("<th scope=\"col\">").append(heading).append("</th>"));
        page.append("</tr></thead>\n<tbody>\n");
        verdicts.forEach(verdict -> append(page, verdict));
        return page.append("</tbody>\n</table>\n</body>\n</html>\n").toString();
    }

    private static void append(StringBuilder page, Verdict verdict) {
        page.append(verdict.isViolation() ? "<tr class=\"bad\">" : "<tr>");
        List<String> cells = VerdictTable.cells(verdict);
        for (int i = 0; i < cells.size(); i++) {
            page.append(i < 2 ? "<td>" : "<td class=\"figure\">").append(Markup.text(cells.get(i))).append("</td>");
        }
        page.append("<td>");
        if (verdict.isViolation()) {
            page.append("<ul>");
            verdict.violations()
                    .forEach(violation ->
                            page.append("<li>").append(Markup.text(violation)).append("</li>"));
            page.append("</ul>");
        }
        page.append("</td></tr>\n");
    }

    private static String hash(String inline) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(inline.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
