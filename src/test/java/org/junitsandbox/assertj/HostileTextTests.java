package org.junitsandbox.assertj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junitsandbox.shell.CommandResults.output;
import static org.junitsandbox.shell.CommandResults.result;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junitsandbox.harness.HostileText;
import org.junitsandbox.shell.CommandResult;
import org.junitsandbox.shell.FileStatus;
import org.junitsandbox.shell.FileStatuses;
import org.junitsandbox.spec.SandboxSpec;
import org.opentest4j.AssertionFailedError;

/** No assertion shows what a sandbox wrote as it is: each is called, and made to fail, with hostile text. */
class HostileTextTests {

    private static final String HOSTILE = HostileText.of("actual");

    private static final CommandResult RESULT = result(output(HOSTILE), output(HOSTILE));

    /** Methods that are no assertions, or that show what the caller passes them as a message or a charset. */
    private static final Set<String> NO_ASSERTIONS = Set.of(
            "as", "bytes", "describedAs", "descriptionText", "equals", "getClass", "hashCode", "inBinary",
            "inHexadecimal", "isXmlEqualTo",
            "notify", "notifyAll", "overridingErrorMessage", "toString", "usingComparator", "usingDefaultComparator",
            "wait", "withFailMessage", "withRepresentation", "withThreadDumpOnError");

    @Test
    void showsNoOutputRawInAssertionsOnAResult() throws IllegalAccessException {
        assertThat(failing(() -> SandboxAssertions.assertThat(RESULT), CommandResultAssert.class))
                .contains("hasStdout", "hasStderrLines", "stdoutContains", "stderrMatches", "timedOut", "isEqualTo");
    }

    @Test
    void showsNoOutputRawInAssertJsAssertionsOnTheTextOfAStream() throws IllegalAccessException {
        assertThat(failing(() -> SandboxAssertions.assertThat(RESULT).stdout(), AbstractStringAssert.class))
                .contains("contains", "isEqualTo", "isBlank", "matches", "hasLineCount", "isBase64", "startsWith");
    }

    @Test
    void showsNoOutputRawInSoftAssertions() throws IllegalAccessException {
        SandboxSoftAssertions softly = new SandboxSoftAssertions();
        softly.assertThat(RESULT).stdout().contains("missing");
        softly.assertThat(RESULT).hasNoStdout();

        HostileText.assertPrintable(catchThrowable(softly::assertAll));
    }

    @Test
    void showsNoOutputRawSideBySideWithWhatWasExpected() {
        Throwable failure = catchThrowable(() -> SandboxAssertions.assertThat(RESULT).hasStdout(HOSTILE + "x"));

        assertThat(failure).isInstanceOfSatisfying(AssertionFailedError.class, error -> {
            HostileText.assertPrintable(error.getExpected().getStringRepresentation());
            HostileText.assertPrintable(error.getActual().getStringRepresentation());
        });
    }

    @Test
    void showsNoPathRaw() {
        FileChecks missing = new FileChecks(HOSTILE, SandboxSpec.of("busybox").base(), null, () -> "/work");
        FileChecks there = new FileChecks(
                HOSTILE,
                SandboxSpec.of("busybox").base(),
                FileStatuses.of(FileStatus.Type.REGULAR_FILE, 3, 0644),
                () -> HOSTILE);

        for (FileChecks file : List.of(missing, there)) {
            for (Check check : List.of(
                    file.exists(),
                    file.doesNotExist(),
                    file.is(FileStatus.Type.OTHER),
                    file.hasMode("0600"),
                    file.hasSize(4),
                    file.isEmpty(),
                    file.content(
                            () -> HOSTILE.getBytes(StandardCharsets.UTF_8), Secrets.NONE, content -> content.is("")))) {
                HostileText.assertPrintable(new FailureMessage(check, file.report(), Secrets.NONE).create());
            }
        }
    }

    @Test
    void keepsWhatIsLongShort() {
        CommandResult result = result("x".repeat(3_200_000), Duration.ZERO, "/work");

        assertThat(catchThrowable(() -> SandboxAssertions.assertThat(result).failed()).getMessage())
                .hasSizeLessThan(4_000);
        CommandResult verbose = result(output("x".repeat(3_200_000)), output(""));
        assertThat(catchThrowable(() -> SandboxAssertions.assertThat(verbose).stdout().contains("y")).getMessage())
                .hasSizeLessThan(10_000);
    }

    private interface Assertions {
        AbstractAssert<?, ?> on();
    }

    /** Calls each public method, and returns the names of those that failed; none shows anything raw. */
    private static Set<String> failing(Assertions assertions, Class<?> type) throws IllegalAccessException {
        Set<String> failing = new TreeSet<>();
        for (Method method : type.getMethods()) {
            Optional<Object[]> arguments = arguments(method.getParameterTypes());
            if (Modifier.isStatic(method.getModifiers())
                    || NO_ASSERTIONS.contains(method.getName())
                    || arguments.isEmpty()) {
                continue;
            }
            try {
                method.setAccessible(true);
                method.invoke(assertions.on().as("of %s", RESULT), arguments.get());
            } catch (InvocationTargetException e) {
                // Other exceptions are about arguments that only a caller makes.
                if (e.getCause() instanceof AssertionError failure) {
                    HostileText.assertPrintable(method.toGenericString(), failure);
                    failing.add(method.getName());
                }
            }
        }
        return failing;
    }

    private static Optional<Object[]> arguments(Class<?>... types) {
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            Object argument = argument(types[i]);
            if (argument == null) {
                return Optional.empty();
            }
            arguments[i] = argument;
        }
        return Optional.of(arguments);
    }

    private static @Nullable Object argument(Class<?> type) {
        String text = HostileText.of("argument");
        if (type.isArray()) {
            Object element = argument(type.getComponentType());
            if (element == null) {
                return null;
            }
            Object array = Array.newInstance(type.getComponentType(), 2);
            Array.set(array, 0, element);
            Array.set(array, 1, element);
            return array;
        }
        return type == int.class ? Integer.valueOf(77)
                : type == byte.class ? Byte.valueOf((byte) 0x1B)
                : type == Duration.class ? Duration.ZERO
                : type == Pattern.class ? Pattern.compile(Pattern.quote(text))
                : type == Charset.class ? StandardCharsets.UTF_8
                : type == Class.class ? Integer.class
                : type == Iterable.class || type == List.class ? List.of(text)
                : type == Comparator.class ? Comparator.naturalOrder()
                : type.isAssignableFrom(String.class) ? text
                : null;
    }
}
