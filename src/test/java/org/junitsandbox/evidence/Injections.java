package org.junitsandbox.evidence;

import java.util.List;

/** Texts that run a script, load something, or deceive a reader where a page takes them for more than text. */
final class Injections {

    /** A script that runs sets {@code window.hit}; what is loaded comes from {@code evil.invalid}. */
    static final List<String> ALL = List.of(
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
            "\u2028window.hit=1\u2029<script>window.hit=1</script>",
            "</title><script>window.hit=1</script>",
            "</h1></header><script>window.hit=1</script>",
            "</pre></li></ol><script>window.hit=1</script>",
            "</code></summary></details><iframe src=javascript:parent.hit=1>",
            "</textarea></style></noscript><script>window.hit=1</script>",
            "</script\t><script>window.hit=1</script>",
            "</script/x><script>window.hit=1</script>",
            "<script src=http://evil.invalid/a.js></script>",
            "<script type=module>import 'http://evil.invalid/m.js'</script>",
            "<<script>script>window.hit=1<</script>/script>",
            "<img src=x onerror=&#119;indow.hit=1>",
            "<img srcset='http://evil.invalid/a 1x'>",
            "<div style=\"background:url(http://evil.invalid/d)\">",
            "<p style='color:red' class=notable hidden>",
            "<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>",
            "<svg><a xlink:href=javascript:window.hit=1><text>x</text></a></svg>",
            "<svg><use href=http://evil.invalid/u.svg#x></svg>",
            "<svg><foreignObject><img src=x onerror=window.hit=1></foreignObject></svg>",
            "\"/></svg><script>window.hit=1</script><svg aria-label=\"",
            "<math><annotation-xml encoding='text/html'><img src=x onerror=window.hit=1>",
            "<math href=javascript:window.hit=1>x</math>",
            "@import url(http://evil.invalid/e.css);",
            "*{background:url(http://evil.invalid/f)}</style>",
            "<![CDATA[<script>window.hit=1</script>]]>",
            "<!-- --!><img src=x onerror=window.hit=1>",
            "<?xml-stylesheet href=http://evil.invalid/x.css ?>",
            "<!DOCTYPE html><html onclick=window.hit=1>",
            "&#x3c;script&#x3e;window.hit=1&#x3c;/script&#x3e;",
            "&lt&gt&amp&NewLine;&Tab;&nbsp;&apos;&quot;",
            "&bne;&#0;&#x202e;&#8238;",
            "%3Cscript%3Ewindow.hit=1%3C/script%3E",
            "\uFF1Cscript\uFF1Ewindow.hit=1",
            "${script}${usage}${style}",
            "\\\"};window.hit=1;//\\",
            "photo\u202Egnp.exe",
            "\u2066left\u2067right\u2069\u2068",
            "\u200Ezero\u200Bwidth\u200D\u2060\uFEFF",
            "soft\u00ADhyphen\u061C\u180E",
            "tag\uDB40\uDC41\uDB40\uDC7F",
            "\u001B]8;;http://evil.invalid/\u001B\\click\u001B]8;;\u001B\\",
            "\u009D8;;http://evil.invalid/\u009Cclick\u009D8;;\u009C",
            "\u001B]8;;javascript:window.hit=1\u0007click\u001B]8;;\u0007",
            "\u001B]0;title\u0007\u001B]52;c;eA==\u0007",
            "\u001B[2J\u001B[H\u001B[8mhidden",
            "\u001B[31mred\u001B[0m\u001B[38;5;208morange\u001B[m",
            "\u001B[38;2;255;255;url(http://evil.invalid/g)m",
            "\u001B[38;2;999;1;1m\u001B[48;5;999m\u001B[;;;;m\u001B[38m",
            "\u001B[31\u001B[32;\u001BP0;1|17/ab\u001B\\",
            "written\rover\b\b\b",
            "\uFFFE\uFFFF\u0085\u000B\f");

    private Injections() {}

    /** Returns a text as it is to be shown: what controls, hides or turns something is escaped as in Java. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isPlain(character)) {
                shown.appendCodePoint(character);
            } else if (character == '\t' || character == '\r') {
                shown.append(character == '\t' ? "\\t" : "\\r");
            } else {
                Character.toString(character).chars().forEach(unit -> shown.append("\\u%04X".formatted(unit)));
            }
        });
        return shown.toString();
    }

    private static boolean isPlain(int character) {
        return (character & 0xFFFE) != 0xFFFE && switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
