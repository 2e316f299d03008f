package org.junitsandbox.benchmark;

import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.shell.Shell;

/** The smallest program that has a result from our side. */
final class FirstSandboxResult {

    private FirstSandboxResult() {}

    @SuppressWarnings("SystemOut") // how the benchmark hears of the result
    public static void main(String[] args) {
        try (Shell shell = Shell.open(SandboxSpec.of(Images.DEBIAN))) {
            System.out.print(shell.run("echo first").stdout());
            System.out.flush();
        }
    }
}
