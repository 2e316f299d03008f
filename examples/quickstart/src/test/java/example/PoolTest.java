package example;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junitsandbox.shell.PoolSize;
import org.junitsandbox.shell.SandboxPool;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/** Many sandboxes in a program: a clean one for each upload, at most four at once. */
class PoolTest {

    @Test
    void countsTheLinesOfEachUpload() {
        List<String> uploads = List.of("a\n", "a\nb\n");
        SandboxSpec spec = SandboxSpec.of("debian:bookworm-slim");
        int lines = 0;

        try (SandboxPool pool = new SandboxPool(PoolSize.DEFAULT.max(4))) {
            for (String upload : uploads) {
                lines += pool.call(spec, shell -> countLines(shell, upload));
            }
        }

        assertThat(lines).isEqualTo(3);
    }

    private static int countLines(Shell shell, String upload) {
        shell.copyInText(upload, "upload");
        return Integer.parseInt(shell.run("wc -l <upload").stdout().strip());
    }
}
