package org.junitsandbox;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How a setting's value is read.
 *
 * @param annotation returns the value of an annotation's element under the empty name, nothing if the element is not
 *     set. A setting of several parts, each resolved by itself, has their names and values instead.
 * @param parameter reads the text of a configuration parameter, and throws {@link IllegalArgumentException} if it
 *     cannot
 */
record SettingSource<T>(Function<Sandbox, Map<String, T>> annotation, Function<String, T> parameter) {

    /** The name of a setting's only part. */
    static final String WHOLE = "";

    /** An environment variable. */
    record Variable(String name, String value) {

        static Variable parse(String assignment) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("\"" + assignment + "\" is not of the form \"NAME=value\"");
            }
            return new Variable(assignment.substring(0, equals), assignment.substring(equals + 1));
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /** The empty text is not set. */
    static SettingSource<String> text(Function<Sandbox, String> element) {
        return of(element, "", text -> text);
    }

    /** The number 0 is not set. */
    static SettingSource<Integer> count(Function<Sandbox, Integer> element) {
        return of(element, 0, Converters::count);
    }

    /** The number 0 is not set. */
    static SettingSource<Double> number(Function<Sandbox, Double> element) {
        return of(element, 0.0, Converters::number);
    }

    static <E extends Enum<E>> SettingSource<E> constant(Function<Sandbox, E> element, E notSet) {
        return of(element, notSet, text -> Converters.constant(notSet, text));
    }

    static SettingSource<Boolean> flag(Function<Sandbox, Sandbox.Flag> element) {
        return new SettingSource<>(
                sandbox -> switch (element.apply(sandbox)) {
                    case DEFAULT -> Map.of();
                    case TRUE -> Map.of(WHOLE, true);
                    case FALSE -> Map.of(WHOLE, false);
                },
                Converters::truth);
    }

    /** The empty array is not set. */
    static SettingSource<List<String>> texts(Function<Sandbox, String[]> element) {
        return of(sandbox -> List.of(element.apply(sandbox)), List.of(), List::of);
    }

    /** Each variable is resolved by itself. */
    static SettingSource<Variable> variables(Function<Sandbox, String[]> element) {
        return new SettingSource<>(
                sandbox -> {
                    Map<String, Variable> variables = new LinkedHashMap<>();
                    Arrays.stream(element.apply(sandbox))
                            .map(Variable::parse)
                            .forEach(variable -> variables.put(variable.name(), variable));
                    return variables;
                },
                Variable::parse);
    }

    /** A text that no annotation sets. */
    static SettingSource<String> parameterOnly() {
        return new SettingSource<>(sandbox -> Map.of(), text -> text);
    }

    private static <T> SettingSource<T> of(
            Function<Sandbox, T> element, T notSet, Function<String, T> parameter) {
        return new SettingSource<>(
                sandbox -> {
                    T value = element.apply(sandbox);
                    return value.equals(notSet) ? Map.of() : Map.of(WHOLE, value);
                },
                parameter);
    }
}
