package org.junitsandbox.internal.engine.kubernetes;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junitsandbox.internal.text.Units;

/** Reads the texts of settings. Each method throws {@link IllegalArgumentException} if the text is not valid. */
final class SettingText {

    static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");

    /** The name of an object, in lower case. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    /** An optional prefix that is a name, and a word. */
    private static final Pattern KEY =
            Pattern.compile("(" + NAME + "/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    private static final Pattern CPUS = Pattern.compile("\\d{1,6}m|\\d{1,3}(\\.\\d{1,3})?");

    /** The address of a registry, a slash and a path. */
    private static final Pattern REPOSITORY = Pattern.compile(
            "[A-Za-z0-9][-A-Za-z0-9.]*(:\\d{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+");

    private SettingText() {}

    static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not the name of an object: expected lower-case"
                    + " letters, digits, \"-\" and \".\"");
        }
        return text;
    }

    static List<String> names(String text) {
        return items(text).stream().map(SettingText::name).toList();
    }

    static String pullPolicy(String text) {
        return PULL_POLICIES.stream()
                .filter(policy -> policy.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" is not one of " + String.join(", ", PULL_POLICIES)));
    }

    static Map<String, String> labels(String text) {
        Map<String, String> labels = annotations(text);
        labels.forEach((key, value) -> {
            if (!LABEL_VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException("\"" + value + "\" is not a valid value of label " + key
                        + ": expected at most 63 letters, digits, \"-\", \"_\" and \".\"");
            }
        });
        return labels;
    }

    static Map<String, String> annotations(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String item : items(text)) {
            int equals = item.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("\"" + item + "\" is not of the form key=value");
            }
            pairs.put(key(item.substring(0, equals).strip()), item.substring(equals + 1).strip());
        }
        return pairs;
    }

    static String key(String text) {
        if (!KEY.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a valid key: expected \"name\" or"
                    + " \"example.com/name\"");
        }
        return text;
    }

    /** An amount of CPUs as Kubernetes has it. */
    static String cpus(String text) {
        if (!CPUS.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not an amount of CPUs: expected \"0.5\" or \"500m\"");
        }
        return text;
    }

    static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        }
        return text.equals("true");
    }

    static Duration duration(String text) {
        Duration duration = Units.duration(text);
        if (duration.toSeconds() < 1) {
            throw new IllegalArgumentException("\"" + text + "\" is less than a second");
        }
        return duration;
    }

    /** A repository of images. */
    static String repository(String text) {
        if (!REPOSITORY.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a repository of images: expected the address of"
                    + " a registry and a path, as in registry.example:5000/team/junit-sandbox, without a scheme and"
                    + " without a tag");
        }
        return text;
    }

    /** Returns what is separated by commas. */
    static List<String> items(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
