package org.junitsandbox.benchmark;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junitsandbox.spec.SandboxSpec;
import org.junitsandbox.shell.Shell;

/**
 * A JVM that resets a shell so many times, closes it, and tells what it has left. It prints the first sandbox's host
 * name and waits for a byte of input before it goes on; then it prints heap in bytes, threads and file descriptors, and
 * lasts until its input ends.
 */
final class ResettingJvm {

    /** What ends in the background has this long to do so. */
    private static final int SETTLE_MILLIS = 3_000;

    private static final int COLLECTIONS = 3;

    private ResettingJvm() {}

    @SuppressWarnings("SystemOut") // how the benchmark hears of it
    public static void main(String[] args) throws IOException, InterruptedException {
        try (Shell shell = Shell.open(SandboxSpec.of(Images.DEBIAN))) {
            System.out.println(shell.run("cat /etc/hostname").stdout().strip());
            System.in.read();
            for (int resets = Integer.parseInt(args[0]); resets > 0; resets--) {
                shell.reset();
                shell.run("true");
            }
        }
        Thread.sleep(SETTLE_MILLIS);
        System.out.println(heapBytes() + " " + threads() + " " + descriptors());
        System.in.read();
    }

    /** The heap in use after garbage is gone. One collection may leave what it finds weakly referenced. */
    private static long heapBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : 0;
    }
}
