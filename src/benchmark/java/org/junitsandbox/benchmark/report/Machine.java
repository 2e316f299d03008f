package org.junitsandbox.benchmark.report;

import com.github.dockerjava.api.model.Info;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junitsandbox.benchmark.Engine;

/** The machine and the date of the measurements. */
record Machine(String processors, String memory, String kernel, String engine, String jdk, LocalDate date) {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private static final double GIB = 1 << 30;

    static Machine read() throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                system.getAvailableProcessors() + " × " + processorModel(),
                String.format(Locale.ROOT, "%.1f GiB", system.getTotalMemorySize() / GIB),
                system.getName() + " " + system.getVersion(),
                engineVersion(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                LocalDate.now(ZoneOffset.UTC));
    }

    private static String processorModel() throws IOException {
        if (!Files.isReadable(CPU_INFO)) {
            return System.getProperty("os.arch", "unknown");
        }
        return Files.readAllLines(CPU_INFO).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseGet(() -> System.getProperty("os.arch", "unknown"));
    }

    private static String engineVersion() throws IOException {
        try (Engine engine = Engine.connect()) {
            Info info = engine.client().infoCmd().exec();
            return info.getServerVersion() + ", storage driver " + info.getDriver();
        }
    }
}
