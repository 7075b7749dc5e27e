package dev.pintle.archive;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What pintle-s6 takes of a disk. */
class FootprintIT {
    private static final long MOST_BYTES = 520_000;

    @Test
    void theBinaryIsSmall() throws IOException {
        long size = Files.size(Native.PROGRAM);
        assertTrue(size <= MOST_BYTES, size + " bytes");
    }
}
