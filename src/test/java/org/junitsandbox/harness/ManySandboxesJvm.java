package org.junitsandbox.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/**
 * A program that opens several sandboxes, and one more for each line of input until the end of stdin. It prints the ids
 * of their containers.
 */
public final class ManySandboxesJvm {

    private ManySandboxesJvm() {}

    /**
     * Opens them.
     *
     * @param args how many it opens at first
     */
    public static void main(String[] args) throws IOException {
        List<Shell> shells = new ArrayList<>();
        try {
            for (int i = 0; i < Integer.parseInt(args[0]); i++) {
                shells.add(open());
            }
            while (System.in.read() != -1) {
                shells.add(open());
            }
        } finally {
            shells.forEach(Shell::close);
        }
    }

    @SuppressWarnings("SystemOut")
    private static Shell open() {
        Shell shell = Shell.open(SandboxSpec.of("busybox:latest"));
        System.out.println(EngineExec.containerOf(shell));
        // A program that would go on by itself.
        shell.run("sleep 1000 >/dev/null 2>&1 &");
        return shell;
    }
}
