package org.junitsandbox.shell;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junitsandbox.internal.text.ByteText;
import org.junitsandbox.internal.text.Excerpt;
import org.junitsandbox.internal.text.ShellWord;

/**
 * A script of this machine, which a shell gets as an argument: that gives it a {@code $0} and leaves no file.
 *
 * @param name the file's name
 */
record ScriptFile(String name, String text) {

    /** Linux takes no longer argument. */
    static final int MAX_BYTES = (128 << 10) - 2;

    private static final Set<String> SHELLS = Set.of("sh", "ash", "bash", "dash", "ksh", "mksh", "yash", "zsh");

    static ScriptFile read(Path file) {
        Path name = file.getFileName();
        try (InputStream input = Files.newInputStream(file)) {
            byte[] bytes = input.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException("The script " + Excerpt.line(file.toString()) + " is larger than "
                        + MAX_BYTES + " bytes, the most that a shell can get as an argument. Copy it in, and run it"
                        + " there.");
            }
            return new ScriptFile(name == null ? "sh" : name.toString(), ByteText.decode(bytes));
        } catch (NoSuchFileException e) {
            throw new TransferException("The script does not exist: " + Excerpt.line(e.getFile()), e);
        } catch (IOException e) {
            throw new TransferException("The script cannot be read: " + Excerpt.line(e.toString()), e);
        }
    }

    /** Returns source text that runs it. */
    String command(String... arguments) {
        List<String> words = interpreter();
        words.add("-c");
        // What begins like an option would be one.
        words.add(text.startsWith("-") || text.startsWith("+") ? " " + text : text);
        words.add(name);
        words.addAll(List.of(arguments));
        return ShellWord.join(words.remove(0), words.toArray(String[]::new));
    }

    /** As the kernel reads the first line: a program, and the rest as one argument. */
    private List<String> interpreter() {
        List<String> words = new ArrayList<>();
        if (!text.startsWith("#!")) {
            words.add("sh");
            return words;
        }
        int lineFeed = text.indexOf('\n');
        String line = text.substring(2, lineFeed < 0 ? text.length() : lineFeed);
        words.addAll(List.of(line.replaceAll("^[ \t]+|[ \t]+$", "").split("[ \t]+", 2)));
        // They end the options, of which -c is one.
        if (words.size() == 2 && Set.of("-", "--").contains(words.get(1))) {
            words.remove(1);
        }
        boolean byEnv = words.size() == 2 && baseName(words.get(0)).equals("env");
        if (!SHELLS.contains(baseName(words.get(byEnv ? 1 : 0)))) {
            throw new IllegalArgumentException("The first line of script " + Excerpt.line(name)
                    + " names another program than a shell: #!" + Excerpt.line(line)
                    + ". Copy it in with mode 0755, and run it there.");
        }
        return words;
    }

    private static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
