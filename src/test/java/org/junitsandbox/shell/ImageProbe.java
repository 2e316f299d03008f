package org.junitsandbox.shell;

import java.util.Arrays;
import org.junitsandbox.spec.Base;
import org.junitsandbox.spec.PullPolicy;
import org.junitsandbox.spec.SandboxSpec;

/** A program for a child JVM: opens a sandbox and prints a command's stdout, or why the sandbox did not open. */
final class ImageProbe {

    private ImageProbe() {}

    /**
     * Prints the command's stdout, or the error.
     *
     * @param args the image, the pull policy, the command, set-up commands
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) {
        SandboxSpec spec = SandboxSpec.of(new Base.Image(args[0], PullPolicy.valueOf(args[1])))
                .setup(Arrays.copyOfRange(args, 3, args.length));
        try (Shell shell = Shell.open(spec)) {
            System.out.print(shell.run(args[2]).stdout());
        } catch (SandboxException e) {
            System.out.print(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
