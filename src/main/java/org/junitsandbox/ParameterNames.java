package org.junitsandbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junitsandbox.internal.engine.EngineProvider;

/**
 * Finds configuration parameters whose names are misspelt, as JUnit ignores a name that nobody asks for: a limit would
 * not be set, without a word. It looks where names can be listed, which are JUnit's file and the system properties.
 */
final class ParameterNames {

    private static final String PREFIX = "sandbox.";

    private static final String FILE = "junit-platform.properties";

    /** Nobody else's system properties begin like this. */
    private static final List<String> GROUPS = List.of("sandbox.limits.", "sandbox.pool.", "sandbox.kubernetes.");

    /** How many letters may differ in what is taken for a misspelt name, and not for another one. */
    private static final int MAX_DISTANCE = 2;

    private static final List<String> KNOWN = Stream.of(
                    Arrays.stream(Setting.values()).map(Setting::parameter).flatMap(Optional::stream),
                    Stream.of(
                            SandboxParameters.ENGINE,
                            SandboxParameters.POOL_SPARES,
                            SandboxParameters.POOL_MAX,
                            SandboxParameters.REQUIRED),
                    EngineProvider.all().stream().flatMap(provider -> provider.settings().stream()))
            .flatMap(names -> names)
            .sorted()
            .toList();

    private ParameterNames() {}

    /**
     * Checks the names once in a test run.
     *
     * @throws ExtensionConfigurationException if one is not known
     */
    static void check(ExtensionContext context) {
        ContextStore.getOrMake(context.getRoot(), ParameterNames.class, "checked", () -> {
            checkSystemProperties(System.getProperties().stringPropertyNames());
            checkFile(Thread.currentThread().getContextClassLoader());
            return new ParameterNames();
        });
    }

    /** Checks those only that are like a known name: others may have properties with this prefix. */
    static void checkSystemProperties(Set<String> names) {
        check(names, "a system property", name -> GROUPS.stream().anyMatch(name::startsWith)
                || distance(name, nearest(name)) <= MAX_DISTANCE);
    }

    /** Checks the file that JUnit reads. */
    static void checkFile(@Nullable ClassLoader loader) {
        URL file = loader == null ? ClassLoader.getSystemResource(FILE) : loader.getResource(FILE);
        if (file == null) {
            return;
        }
        Properties properties = new Properties();
        try (InputStream in = file.openStream()) {
            properties.load(in);
        } catch (IOException e) {
            throw new ExtensionConfigurationException("Cannot read " + file + ": " + e, e);
        }
        check(properties.stringPropertyNames(), "in " + file, name -> true);
    }

    private static void check(Set<String> names, String origin, Predicate<String> isMeant) {
        for (String name : new TreeSet<>(names)) {
            if (name.startsWith(PREFIX) && !KNOWN.contains(name) && isMeant.test(name)) {
                throw new ExtensionConfigurationException("No configuration parameter is named " + name + " (" + origin
                        + "). " + advice(name));
            }
        }
    }

    private static String advice(String name) {
        String element = name.substring(PREFIX.length());
        if (Arrays.stream(Setting.values()).anyMatch(setting -> setting.element().equals(element))) {
            return "Set `" + element + "` in @Sandbox, as it has none.";
        }
        String nearest = nearest(name);
        return distance(name, nearest) <= MAX_DISTANCE
                ? "Did you mean " + nearest + "?"
                : "The nearest is " + nearest + "; " + SandboxParameters.class.getName() + " lists them all.";
    }

    private static String nearest(String name) {
        return KNOWN.stream()
                .min(Comparator.comparingInt(known -> distance(name, known)))
                .orElseThrow();
    }

    /** How many letters are to be inserted, removed or replaced to make one name of the other. */
    private static int distance(String name, String other) {
        String from = letters(name);
        String to = letters(other);
        int[] above = new int[to.length() + 1];
        Arrays.setAll(above, column -> column);
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[to.length()];
    }

    /** The name without what distinguishes {@code pullPolicy}, {@code pull-policy} and {@code PULL_POLICY}. */
    private static String letters(String name) {
        return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
    }
}
