package org.junitsandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junitsandbox.harness.ChildJvm;
import org.junitsandbox.shell.Shell;

/** What a run of tests prints where no logging is set up. */
class FirstRunIT {

    @Sandbox(image = "busybox")
    static class Untrusted {
        @Test
        void test(Shell shell) {
            assertThat(shell.run("echo a").stdout()).isEqualTo("a\n");
        }
    }

    @DisabledWithoutEngine
    @Sandbox(image = "busybox")
    static class UntrustedToo extends Untrusted {}

    @Sandbox(image = "busybox", user = "0:0")
    static class Loosened extends Untrusted {}

    @Sandbox(image = "busybox", user = "0:0", environment = "A=1")
    static class LoosenedToo extends Untrusted {}

    /** Runs the test classes of the given names, in one test run. */
    static final class Run {
        public static void main(String[] names) throws ClassNotFoundException {
            List<Class<?>> types = new ArrayList<>();
            for (String name : names) {
                types.add(Class.forName(name));
            }
            assertThat(Fixtures.failures(Fixtures.run(types.toArray(Class<?>[]::new)))).isEmpty();
        }
    }

    @Test
    void printsNothingWhereAllIsAsItShouldBe() throws Exception {
        assertThat(printed(Untrusted.class, UntrustedToo.class)).isEmpty();
    }

    @Test
    void printsOnceWhatIsLoosened() throws Exception {
        assertThat(printed(Loosened.class, LoosenedToo.class))
                .isEqualTo("[junit-sandbox] Sandboxes may do more than by default, first of FirstRunIT$Loosened:"
                        + " user 0:0\n");
    }

    private static String printed(Class<?>... types) throws Exception {
        List<String> line = new ArrayList<>(ChildJvm.commandLine(
                List.of(), Run.class, Arrays.stream(types).map(Class::getName).toArray(String[]::new)));
        int classPath = line.indexOf("-cp") + 1;
        line.set(classPath, Arrays.stream(line.get(classPath).split(File.pathSeparator))
                .filter(entry -> !entry.contains("slf4j-simple"))
                .collect(Collectors.joining(File.pathSeparator)));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
