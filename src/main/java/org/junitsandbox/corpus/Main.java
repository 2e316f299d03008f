package org.junitsandbox.corpus;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hostile files for people who do not use JUnit:
 *
 * <pre>{@code
 * java -jar junit-sandbox.jar list [NAME…]
 * java -jar junit-sandbox.jar write DIR [NAME…]
 * }</pre>
 *
 * <p>A name is that of a file, or the beginning of names up to a hyphen, such as {@code zip} or {@code zip-traversal}.
 * Without any, the default set is meant. {@code list} prints a line for each file: name, attack and description,
 * separated by tabs. {@code write} makes the directory if it is not there, and writes each file and its harmless twin.
 * It overwrites nothing. The exit code is 0, 1 if a file cannot be written, 2 if the arguments are wrong.
 *
 * @since 0.1
 */
public final class Main {

    private static final String USAGE = "Usage: list [NAME...] | write DIR [NAME...]\n"
            + "NAME is a file's name or the beginning of names, such as zip or zip-traversal.";

    private Main() {}

    /**
     * Runs the command line, and ends the JVM with its exit code.
     *
     * @param arguments the command and what it needs
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), out, err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            String command = arguments.isEmpty() ? "" : arguments.get(0);
            if (command.equals("list")) {
                list(selected(arguments.subList(1, arguments.size())), out);
            } else if (command.equals("write") && arguments.size() > 1) {
                write(Path.of(arguments.get(1)), selected(arguments.subList(2, arguments.size())), out);
            } else {
                throw new IllegalArgumentException(USAGE);
            }
            return 0;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (FileAlreadyExistsException e) {
            err.println("Not overwritten, and nothing written after it: " + e.getFile());
            return 1;
        } catch (IOException e) {
            err.println("Not written: " + e);
            return 1;
        }
    }

    private static List<HostileFile> selected(List<String> names) {
        if (names.isEmpty()) {
            return Corpus.standard().files();
        }
        List<HostileFile> selected = new ArrayList<>();
        for (String name : names) {
            List<HostileFile> found = Corpus.all()
                    .filter(file -> (file.name() + "-").startsWith(name + "-"))
                    .files();
            if (found.isEmpty()) {
                Corpus.file(name);
            }
            // A large file is written only by its full name.
            found.stream()
                    .filter(file -> !file.isHuge() || file.name().equals(name))
                    .filter(file -> !selected.contains(file))
                    .forEach(selected::add);
        }
        return selected;
    }

    private static void list(List<HostileFile> files, PrintStream out) {
        files.forEach(
                file -> out.println(String.join("\t", file.name(), file.attack().summary(), file.description())));
    }

    private static void write(Path directory, List<HostileFile> files, PrintStream out) throws IOException {
        Files.createDirectories(directory);
        for (HostileFile file : files) {
            for (CorpusFile each : Arrays.asList(file, file.harmlessTwin())) {
                each.writeTo(directory.resolve(each.fileName()));
            }
        }
        out.println(files.size() + " hostile files and their harmless twins written to " + directory);
    }
}
