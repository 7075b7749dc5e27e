package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What the release binary takes of a disk, of a download and of memory. */
class FootprintIT {
    private static final Path BINARY = Path.of(System.getProperty("pintle.binary"));
    /** With every helper program; docs/adr/0005 says what each part costs. */
    private static final long MOST_BYTES = 800_000;
    /** Its data begins at a multiple of 64 kB, the largest page of a kernel for arm64, and the file has the gap. */
    private static final long MOST_BYTES_ARM64 = 820_000;

    /** By zlib, for the 340,000 that zopfli makes of it: docs/adr/0005 has the sum. */
    private static final long MOST_COMPRESSED_BYTES = 352_000;
    /** Proportional set size at rest with two services. */
    private static final long MOST_KILOBYTES_AT_REST = 300;

    @Test
    void theBinaryIsSmall() throws IOException {
        long most = System.getProperty("pintle.architecture").equals("arm64") ? MOST_BYTES_ARM64 : MOST_BYTES;
        assertTrue(Files.size(BINARY) <= most, Files.size(BINARY) + " bytes");
    }

    @Test
    void theBinaryCompressesWell() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater =
                new DeflaterOutputStream(compressed, new Deflater(Deflater.BEST_COMPRESSION))) {
            Files.copy(BINARY, deflater);
        }
        assertTrue(compressed.size() < MOST_COMPRESSED_BYTES, compressed.size() + " bytes");
    }

    @Test
    @DisabledIfSystemProperty(
            named = "pintle.emulated",
            matches = "true",
            disabledReason = "qemu-user itself would be measured")
    void atRestItTakesLittleMemoryAndChildrenGetNoHeap(@TempDir Path directory)
            throws IOException, InterruptedException {
        for (String service : new String[] {"first", "second"}) {
            Path conf = directory.resolve("services/" + service + "/service.conf");
            Files.createDirectories(conf.getParent());
            Files.writeString(conf, "command = sleep 1000\n");
        }
        Path init = Files.copy(BINARY, directory.resolve("init"));
        assertTrue(init.toFile().setExecutable(true));
        ProcessBuilder builder = new ProcessBuilder(init.toString()).inheritIO();
        // All variables are kept; a container has few.
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("PINTLE_DIR", directory.toString());
        builder.environment().put("PINTLE_CONTROL", directory.resolve("control").toString());
        Process process = builder.start();
        try {
            long kilobytes = Long.MAX_VALUE;
            for (int i = 0; i < 100 && kilobytes > MOST_KILOBYTES_AT_REST; i++) {
                Thread.sleep(100);
                kilobytes = process.children().count() == 2 ? proportionalSetSize(process.pid()) : Long.MAX_VALUE;
            }
            assertTrue(kilobytes <= MOST_KILOBYTES_AT_REST, kilobytes + " kB");
            // The heap and the table of its blocks lie in one.
            assertEquals(1, keptFromChildren(process.pid()));
        } finally {
            process.destroy();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it ends");
        }
        assertEquals(0, process.exitValue());
    }

    private static long proportionalSetSize(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("cannot read the memory of " + pid + ": no Pss");
    }

    /** How many mappings that can be written to a child does not get (proc_pid_smaps(5)). */
    private static int keptFromChildren(long pid) throws IOException {
        int kept = 0;
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps"))) {
            if (line.startsWith("VmFlags: rd wr ") && line.contains(" dc ")) {
                kept++;
            }
        }
        return kept;
    }
}
