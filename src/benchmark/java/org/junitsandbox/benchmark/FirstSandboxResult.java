package org.junitsandbox.benchmark;

import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/** The smallest program that gets a result with junit-sandbox. */
final class FirstSandboxResult {

    private FirstSandboxResult() {}

    @SuppressWarnings("SystemOut") // the benchmark reads the result from stdout
    public static void main(String[] args) {
        try (Shell shell = Shell.open(SandboxSpec.of(Images.DEBIAN))) {
            System.out.print(shell.run("echo first").stdout());
            System.out.flush();
        }
    }
}
