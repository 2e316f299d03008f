package org.junitsandbox.corpus;

import static org.junitsandbox.corpus.Attack.EMPTY;
import static org.junitsandbox.corpus.Attack.ENCODING;
import static org.junitsandbox.corpus.Attack.INJECTION;
import static org.junitsandbox.corpus.Attack.LONG_NAME;
import static org.junitsandbox.corpus.Attack.SPECIAL_FILE;
import static org.junitsandbox.corpus.Attack.SPOOFING;
import static org.junitsandbox.corpus.Attack.TRAVERSAL;
import static org.junitsandbox.corpus.Attack.WRONG_TYPE;

import java.util.stream.Stream;

/** Names of uploads. The name is the upload's name, and also the content of the file. */
final class NameFiles {

    private static final String HARMLESS = "holiday-picture.jpg";

    private NameFiles() {}

    static Stream<HostileFile> files() {
        return Stream.of(paths(), injections(), spoofs(), types(), reserved()).flatMap(all -> all);
    }

    private static Stream<HostileFile> paths() {
        return Stream.of(
                name(TRAVERSAL, "parent", "../../escaped.txt", "The name leads up twice.", "CWE-23"),
                name(TRAVERSAL, "absolute", "/etc/cron.d/escaped", "The name is absolute.", "CWE-36"),
                name(TRAVERSAL, "backslash", "..\\..\\escaped.txt", "The name leads up with backslashes.", "CWE-28"),
                name(TRAVERSAL, "drive", "C:\\Windows\\win.ini", "The name has a drive letter.", "CWE-39"),
                name(TRAVERSAL, "unc", "\\\\server\\share\\escaped.txt", "The name is a network path.", "CWE-40"),
                name(TRAVERSAL, "url-encoded", "%2e%2e%2fescaped.txt", "Dots and slash are URL-encoded.", "CWE-177"),
                name(
                        TRAVERSAL,
                        "double-encoded",
                        "%252e%252e%252fescaped.txt",
                        "Dots and slash are URL-encoded twice.",
                        "CWE-174"),
                name(TRAVERSAL, "file-url", "file:///etc/passwd", "The name is the URL of a file.", "CWE-73"),
                name(TRAVERSAL, "dots", "..", "The name is that of the parent directory.", "CWE-23"),
                name(TRAVERSAL, "home", "~root/.profile", "The name leads to another home directory.", "CWE-73"),
                name(EMPTY, "name", "", "The name has no characters.", "CWE-20"),
                name(EMPTY, "spaces", "   ", "The name is three spaces.", "CWE-20"),
                name(
                        LONG_NAME,
                        "name",
                        "n".repeat(300) + ".jpg",
                        "The name has 304 characters; file systems take 255.",
                        "CWE-1284"),
                name(
                        LONG_NAME,
                        "combining",
                        "a" + "\u0301".repeat(200) + ".jpg",
                        "One letter with 200 accents: 205 characters, 405 bytes.",
                        "UAX 15"),
                name(LONG_NAME, "megabyte", "n".repeat(1_000_000), "The name has 1,000,000 characters.", "CWE-770"));
    }

    private static Stream<HostileFile> injections() {
        return Stream.of(
                name(INJECTION, "option", "-rf", "The name looks like the option -rf.", "CWE-88"),
                name(
                        INJECTION,
                        "long-option",
                        "--use-compress-program=sh",
                        "The name looks like an option of tar.",
                        "CWE-88"),
                name(INJECTION, "substitution", "$(touch owned).jpg", "The name has a command for a shell.", "CWE-78"),
                name(INJECTION, "backquotes", "`touch owned`.jpg", "The name has a command in backquotes.", "CWE-78"),
                name(
                        INJECTION,
                        "semicolon",
                        "a.jpg;touch owned",
                        "The name ends one command and has a second.",
                        "CWE-78"),
                name(
                        INJECTION,
                        "pipe",
                        "|touch owned",
                        "The name is a pipe for Perl and ImageMagick.",
                        "CVE-2016-5118, CWE-78"),
                name(INJECTION, "quotes", "a'b\"c.jpg", "The name has both quotes.", "CWE-78"),
                name(INJECTION, "glob", "*", "The name is a pattern for all names.", "CWE-155"),
                name(
                        INJECTION,
                        "newline",
                        "a.jpg\n/etc/passwd",
                        "The name has a line break and a second path.",
                        "CWE-93"),
                name(
                        INJECTION,
                        "header",
                        "a.jpg\r\nSet-Cookie: owned=1",
                        "The name has a further header of HTTP.",
                        "CWE-113"),
                name(
                        INJECTION,
                        "markup",
                        "<img src=x onerror=alert(1)>.jpg",
                        "The name is markup with a script.",
                        "CWE-79"),
                name(INJECTION, "sql", "a'; DROP TABLE uploads;--.jpg", "The name ends a string of SQL.", "CWE-89"),
                name(
                        INJECTION,
                        "formula",
                        "=HYPERLINK(\"http://example.invalid\").csv",
                        "The name is a formula.",
                        "CWE-1236"),
                name(INJECTION, "format", "%s%s%n%n.jpg", "The name has conversions of printf.", "CWE-134"),
                name(
                        INJECTION,
                        "lookup",
                        "${jndi:ldap://example.invalid/a}.jpg",
                        "The name is a look-up for a logger.",
                        "CVE-2021-44228, CWE-917"),
                name(INJECTION, "template", "{{7*7}}${7*7}.jpg", "The name is an expression of templates.", "CWE-1336"),
                name(
                        INJECTION,
                        "escape",
                        "\u001b]0;owned\u0007\u001b[2J.jpg",
                        "The name has terminal escapes.",
                        "CWE-150"),
                name(
                        INJECTION,
                        "image-prefix",
                        "https://example.invalid/a.jpg",
                        "The name is a URL, which tools fetch.",
                        "CWE-918"),
                name(
                        INJECTION,
                        "coder-prefix",
                        "msl:a.jpg",
                        "The name chooses a reader of ImageMagick: msl:.",
                        "CVE-2016-3716, CWE-610"));
    }

    private static Stream<HostileFile> spoofs() {
        return Stream.of(
                name(
                        SPOOFING,
                        "right-to-left",
                        "holiday\u202egpj.exe",
                        "A mark turns gpj.exe around: exe.jpg is seen.",
                        "CVE-2021-42574, UAX 9"),
                name(
                        SPOOFING,
                        "zero-width",
                        "holiday\u200b-picture.jpg",
                        "The name has a space of no width.",
                        "CWE-1007"),
                name(
                        SPOOFING,
                        "homoglyph",
                        "holid\u0430y-picture.jpg",
                        "The second a is Cyrillic.",
                        "CWE-1007, UTS 39"),
                name(
                        SPOOFING,
                        "soft-hyphen",
                        "holi\u00adday-picture.jpg",
                        "The name has a hyphen that is not seen.",
                        "CWE-1007"),
                name(
                        SPOOFING,
                        "many-spaces",
                        "holiday.jpg" + " ".repeat(150) + ".exe",
                        "150 spaces hide the extension.",
                        "CWE-451"),
                name(
                        SPOOFING,
                        "tag-characters",
                        "holiday\udb40\udc41\udb40\udc42.jpg",
                        "Tag characters hide a text.",
                        "CWE-1007"),
                name(ENCODING, "decomposed", "cafe\u0301.jpg", "The accent is a character of its own (NFD).", "UAX 15"),
                name(
                        ENCODING,
                        "byte-order-mark",
                        "\ufeffholiday.jpg",
                        "The name begins with a byte order mark.",
                        "CWE-176"),
                name(
                        ENCODING,
                        "null",
                        "holiday.php\0.jpg",
                        "A NUL ends the name for C: holiday.php.",
                        "CVE-2006-7243, CWE-158"),
                name(
                        ENCODING,
                        "dotless-i",
                        "\u0130mage.G\u0130F",
                        "Lower case of these letters depends on the language.",
                        "CWE-178"));
    }

    private static Stream<HostileFile> types() {
        return Stream.of(
                name(
                        WRONG_TYPE,
                        "double-extension",
                        "holiday.jpg.php",
                        "Two extensions; the second one runs.",
                        "CWE-434"),
                name(
                        WRONG_TYPE,
                        "inner-extension",
                        "holiday.php.jpg",
                        "Two extensions; some servers run the first one.",
                        "CWE-434"),
                name(WRONG_TYPE, "upper-case", "holiday.PhP", "The extension is in mixed case.", "CWE-178"),
                name(WRONG_TYPE, "other-extension", "holiday.phtml", "A rare extension that runs.", "CWE-434"),
                name(WRONG_TYPE, "newline", "holiday.php\n", "A line break follows the extension.", "CVE-2017-15715"),
                name(
                        WRONG_TYPE,
                        "trailing-dot",
                        "holiday.php.",
                        "A dot follows the extension, which Windows drops.",
                        "CWE-42"),
                name(
                        WRONG_TYPE,
                        "trailing-space",
                        "holiday.php ",
                        "A space follows the extension, which Windows drops.",
                        "CWE-46"),
                name(
                        WRONG_TYPE,
                        "semicolon",
                        "holiday.asp;.jpg",
                        "A semicolon ends the name for old IIS.",
                        "CVE-2009-4444"),
                name(
                        WRONG_TYPE,
                        "configuration",
                        ".htaccess",
                        "The name is that of a web server's configuration.",
                        "CWE-434"),
                name(WRONG_TYPE, "no-name", ".jpg", "The name is an extension only, and so a hidden file.", "CWE-434"));
    }

    private static Stream<HostileFile> reserved() {
        return Stream.of(
                name(SPECIAL_FILE, "con", "CON", "The name is a device on Windows.", "CWE-67"),
                name(
                        SPECIAL_FILE,
                        "nul-extension",
                        "nul.jpg",
                        "A device on Windows, in spite of its extension.",
                        "CWE-67"),
                name(SPECIAL_FILE, "stream", "holiday.jpg:hidden", "The name is a stream of another file.", "CWE-69"),
                name(
                        SPECIAL_FILE,
                        "default-stream",
                        "holiday.php::$DATA",
                        "The name hides its extension by a stream.",
                        "CWE-69"),
                name(SPECIAL_FILE, "device", "/dev/stdin", "The name is a device on Unix.", "CWE-66"),
                name(
                        SPECIAL_FILE,
                        "short-name",
                        "HOLIDA~1.JPG",
                        "A short name, which may be another file's.",
                        "CWE-58"));
    }

    private static HostileFile name(Attack attack, String variant, String name, String description, String reference) {
        return HostileFile.of(Format.FILE_NAME, attack, variant)
                .describedAs(description)
                .reference(reference)
                .safeHandling(
                        attack == EMPTY || attack == WRONG_TYPE
                                ? "Refuses the name, or chooses one of its own."
                                : "Never uses the name as a path or as code: chooses a name of its own, and quotes"
                                        + " this one.")
                .expandsTo(Bytes.utf8(name).length, 1, 0)
                .uploadName(name, HARMLESS)
                .content(Content.of(name))
                .twin(Content.of(HARMLESS))
                .build();
    }
}
