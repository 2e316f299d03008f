package org.junitsandbox.benchmark;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junitsandbox.shell.Shell;
import org.junitsandbox.spec.SandboxSpec;

/**
 * A program for a new JVM that resets a shell a number of times, closes it, and reports what remains. It prints the
 * first sandbox's host name and waits for a byte of input; after the resets it prints heap in bytes, threads, file
 * descriptors, and the memory of the last sandbox in bytes, and then waits for the end of its input.
 */
final class ResettingJvm {

    /** The time that background work has to end. */
    private static final int SETTLE_MILLIS = 3_000;

    private static final int COLLECTIONS = 3;

    /** The kernel's account of the container, cgroup v1 and v2. */
    private static final String MEMORY = "cat /sys/fs/cgroup/memory/memory.usage_in_bytes 2>/dev/null"
            + " || cat /sys/fs/cgroup/memory.current";

    private ResettingJvm() {}

    @SuppressWarnings("SystemOut") // the benchmark reads the figures from stdout
    public static void main(String[] args) throws IOException, InterruptedException {
        // In a method of its own, so that the shell and its transcript can be collected after it.
        long sandboxBytes = reset(Integer.parseInt(args[0]));
        Thread.sleep(SETTLE_MILLIS);
        System.out.println(heapBytes() + " " + threads() + " " + descriptors() + " " + sandboxBytes);
        System.in.read();
    }

    @SuppressWarnings("SystemOut") // the benchmark reads the host name from stdout
    private static long reset(int resets) throws IOException {
        try (Shell shell = Shell.open(SandboxSpec.of(Images.DEBIAN))) {
            System.out.println(shell.run("cat /etc/hostname").stdout().strip());
            System.in.read();
            for (int left = resets; left > 0; left--) {
                shell.reset();
                shell.run("true");
            }
            return Long.parseLong(shell.run(MEMORY).stdout().strip());
        }
    }

    /** Returns the heap in use after garbage collection. One collection may leave weakly referenced objects. */
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
