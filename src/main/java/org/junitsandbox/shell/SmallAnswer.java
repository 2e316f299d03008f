package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junitsandbox.internal.text.ByteText;

/**
 * What a command of the library's own has written, without what background processes write meanwhile: it comes in
 * hexadecimal, in lines with a token.
 */
final class SmallAnswer extends TokenLines {

    /** An answer is kept in a shell's variable, where each byte takes three. */
    static final int MAX_BYTES = 64 * 1024;

    private static final String STATUS = "\nstatus ";

    /** The text's stdout is a pipe that no other process has. */
    private static final String SCRIPT = """
            own_lines=0
            own_bytes=$({ { TEXT
            }; \\command printf '\\nstatus %d' "$?"; } | \\command od -An -v -tx1) && {
              IFS='
            '
              for own_line in $own_bytes; do
                \\command printf '\\n%s\\n' "TOKEN $own_line"
                own_lines=$((own_lines + 1))
              done
              \\command printf '\\n%s\\n' "TOKEN end $own_lines"
            }
            """;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int lines;
    private boolean isWhole;

    SmallAnswer() {
        super(newToken());
    }

    /** Returns source text that runs another, whose stdout is the answer. */
    String script(String text) {
        return SCRIPT.replace("TOKEN", token()).replace("TEXT", text);
    }

    @Override
    void take(String[] words) {
        if (words[0].equals("end")) {
            isWhole = Integer.parseInt(words[1]) == lines;
            return;
        }
        lines++;
        decode(words, bytes);
    }

    /** Returns the text's exit code; empty if the answer is not whole. */
    OptionalInt status() {
        String all = all();
        int end = all.lastIndexOf(STATUS);
        return isWhole && end >= 0
                ? OptionalInt.of(Integer.parseInt(all.substring(end + STATUS.length())))
                : OptionalInt.empty();
    }

    /** Returns what the text wrote to stdout, as {@link ByteText}, of an answer that is whole. */
    String content() {
        String all = all();
        return ByteText.decode(all.substring(0, all.lastIndexOf(STATUS)).getBytes(StandardCharsets.ISO_8859_1));
    }

    private String all() {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
