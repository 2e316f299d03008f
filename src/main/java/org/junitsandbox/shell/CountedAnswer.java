package org.junitsandbox.shell;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command of the library's own has written, of any length, and whether background processes have written
 * meanwhile: the number of its bytes comes behind them, after a token that only builtins of the library's shell get.
 */
final class CountedAnswer extends OutputStream {

    /**
     * What is written last is one line, as bash writes each by itself. Descriptor 3 is the container's stdout, 4 leads
     * into the variable, 5 is the pipe to {@code wc}.
     */
    private static final String SCRIPT = """
            {
              own_answer=$({
                { { TEXT
                } 3>&- 4>&-; \\command echo "status $?" >&4; } |
                  { \\command tee /proc/self/fd/5 >&3 && \\command echo whole >&4; } 5>&1 | \\command wc -c
              } 4>&1)
            } 3>&1
            IFS=$blanks$newline
            set -f -- $own_answer
            \\command printf '%s\\n' "TOKEN $*"
            """;

    private static final Pattern END = Pattern.compile("status (\\d{1,3}) whole (\\d{1,18})\n.*", Pattern.DOTALL);

    private static final int MAX_END_BYTES = 200;

    private final String token = TokenLines.newToken();
    private final byte[] mark = (token + " ").getBytes(StandardCharsets.US_ASCII);
    private final BoundedOutput target;
    private final ByteArrayOutputStream end = new ByteArrayOutputStream();

    /** The last bytes, which may be the beginning of the mark. */
    private byte[] held = {};

    private long bytes;
    private boolean isMarked;

    /**
     * @param target what the answer is written to, with what background processes write
     */
    CountedAnswer(BoundedOutput target) {
        this.target = target;
    }

    /** Returns source text that runs another, whose stdout is the answer. */
    String script(String text) {
        return SCRIPT.replace("TOKEN", token).replace("TEXT", text);
    }

    /** Whether the answer and its end have come. */
    boolean isWhole() {
        return ending().matches();
    }

    /** Whether what has come is the answer of the text alone. */
    boolean isPure() {
        Matcher ending = ending();
        return ending.matches() && Long.parseLong(ending.group(2)) == bytes;
    }

    /** Returns the exit code of the text, of an answer that is whole. */
    int status() {
        Matcher ending = ending();
        if (!ending.matches()) {
            throw new IllegalStateException("The answer is not whole");
        }
        return Integer.parseInt(ending.group(1));
    }

    private Matcher ending() {
        return END.matcher(end.toString(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] chunk, int offset, int length) {
        if (isMarked) {
            end.write(chunk, offset, Math.min(length, MAX_END_BYTES - end.size()));
            return;
        }
        byte[] all = Arrays.copyOf(held, held.length + length);
        System.arraycopy(chunk, offset, all, held.length, length);
        int at = find(all);
        isMarked = at >= 0;
        int passed = isMarked ? at : Math.max(0, all.length - mark.length + 1);
        target.write(all, 0, passed);
        bytes += passed;
        if (isMarked) {
            int start = at + mark.length;
            end.write(all, start, Math.min(all.length - start, MAX_END_BYTES));
        } else {
            held = Arrays.copyOfRange(all, passed, all.length);
        }
    }

    /** Returns where the mark is, or -1. */
    private int find(byte[] all) {
        for (int i = 0; i <= all.length - mark.length; i++) {
            if (all[i] == mark[0] && Arrays.equals(all, i, i + mark.length, mark, 0, mark.length)) {
                return i;
            }
        }
        return -1;
    }
}
