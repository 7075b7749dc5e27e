package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pintle-web takes of a disk and of memory. */
class FootprintIT {
    private static final long MOST_BYTES = 700_000;
    /** Proportional set size at rest, before the first request and after some. */
    private static final long MOST_KILOBYTES_AT_REST = 400;

    @Test
    void theBinaryIsSmall() throws IOException {
        long size = Files.size(Installed.WEB);
        assertTrue(size <= MOST_BYTES, size + " bytes");
    }

    @Test
    void atRestItTakesLittleMemoryAndNoTurn(@TempDir Path layout) throws IOException, InterruptedException {
        try (PageLayout page = new PageLayout(layout, "")) {
            assertTrue(rests(page.pid()), "before a request: " + kilobytes(page.pid()) + " kB");
            for (int i = 0; i < 50; i++) {
                assertEquals(200, page.get("/").statusCode());
            }
            assertTrue(rests(page.pid()), "after requests: " + kilobytes(page.pid()) + " kB");
            long turns = switches(page.pid());
            TimeUnit.SECONDS.sleep(3);
            assertEquals(turns, switches(page.pid()), "it is not woken while nobody asks");
        }
    }

    private static boolean rests(long pid) throws IOException, InterruptedException {
        for (int i = 0; i < 100; i++) {
            if (kilobytes(pid) <= MOST_KILOBYTES_AT_REST) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    private static long kilobytes(long pid) throws IOException {
        return number(Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")), "Pss:");
    }

    private static long switches(long pid) throws IOException {
        return number(Files.readAllLines(Path.of("/proc/" + pid + "/status")), "voluntary_ctxt_switches:");
    }

    private static long number(List<String> lines, String start) throws IOException {
        for (String line : lines) {
            if (line.startsWith(start)) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("there is no " + start);
    }
}
