package example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.shell.ShellSeries;
import org.junitsandbox.spec.SandboxSpec;

/** Many sandboxes in a program: a clean one for each upload, at most four at once. */
class PoolTest {

    @Test
    void countsTheLinesOfEachUpload() {
        List<String> uploads = List.of("a\n", "a\nb\n");
        SandboxSpec spec = SandboxSpec.of("debian:bookworm-slim");
        int lines = 0;

        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.max(4)); ShellSeries shells = pool.series(spec)) {
            for (int i = 0; i < uploads.size(); i++) {
                try (Shell shell = shells.open(uploads.size() - 1 - i)) { // how many more will be opened
                    shell.copyInText(uploads.get(i), "upload");
                    lines += Integer.parseInt(shell.run("wc -l <upload").stdout().strip());
                }
            }
        }

        assertThat(lines).isEqualTo(3);
    }
}
