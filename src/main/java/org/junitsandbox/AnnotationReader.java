package org.junitsandbox;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junitsandbox.SandboxDeclaration.Said;

/** Reads one {@link Sandbox}, leaving out what says nothing. */
final class AnnotationReader {

    /** What a variable's name as an element starts with. */
    static final String ENVIRONMENT = "environment.";

    private final String place;
    private final Map<String, Said> elements = new LinkedHashMap<>();

    /**
     * @param place what is annotated, for messages: "class A"
     */
    AnnotationReader(String place) {
        this.place = place;
    }

    Map<String, Said> read(Sandbox sandbox) {
        text("image", sandbox.image());
        text("dockerfile", sandbox.dockerfile());
        oneAtMost("pullPolicy", sandbox.pullPolicy());
        all("setup", List.of(sandbox.setup()));
        text(SandboxDeclaration.NAME, sandbox.name());
        oneAtMost("reset", sandbox.reset());
        oneAtMost("profile", sandbox.profile());
        text("user", sandbox.user());
        text("network", sandbox.network());
        oneAtMost("readOnlyRoot", boxed(sandbox.readOnlyRoot()));
        oneAtMost("capabilities", boxed(sandbox.capabilities()));
        oneAtMost("newPrivileges", boxed(sandbox.newPrivileges()));
        text("shell", sandbox.shell());
        text("runtime", sandbox.runtime());
        oneAtMost("limitCheck", sandbox.limitCheck());
        for (String variable : sandbox.environment()) {
            variable(variable);
        }
        limits(sandbox.limits());
        return elements;
    }

    private void limits(Limits limits) {
        text("limits.memory", limits.memory());
        number("limits.cpus", limits.cpus());
        number("limits.processes", limits.processes());
        number("limits.openFiles", limits.openFiles());
        text("limits.commandTime", limits.commandTime());
        text("limits.output", limits.output());
        text("limits.work", limits.work());
        text("limits.tmp", limits.tmp());
        text("limits.input", limits.input());
        text("limits.copyOut", limits.copyOut());
    }

    private void variable(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new ExtensionConfigurationException(
                    where("environment") + ": \"" + assignment + "\" is not of the form \"NAME=value\"");
        }
        elements.put(
                ENVIRONMENT + assignment.substring(0, equals),
                new Said(List.of(assignment.substring(equals + 1)), where("environment")));
    }

    private void text(String element, String value) {
        if (!value.isEmpty()) {
            all(element, List.of(value));
        }
    }

    private void number(String element, Number value) {
        if (value.doubleValue() != 0) {
            all(element, List.of(value.toString()));
        }
    }

    private void oneAtMost(String element, Object[] values) {
        if (values.length > 1) {
            throw new ExtensionConfigurationException(where(element) + ": " + values.length + " values, "
                    + Arrays.toString(values) + ", where one is expected");
        }
        all(element, Arrays.stream(values).map(String::valueOf).toList());
    }

    private void all(String element, List<String> values) {
        if (!values.isEmpty()) {
            elements.put(element, new Said(values, where(element)));
        }
    }

    private String where(String element) {
        return element + " of @Sandbox on " + place;
    }

    private static Object[] boxed(boolean[] values) {
        return IntStream.range(0, values.length).mapToObj(i -> values[i]).toArray();
    }
}
