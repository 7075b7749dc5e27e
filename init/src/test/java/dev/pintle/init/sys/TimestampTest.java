package dev.pintle.init.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampTest {

    /** The JVM's own calendar, which is too large for the binary, is the judge. */
    @Test
    void aMomentIsWrittenAsTheJvmWritesIt() {
        DateTimeFormatter judge =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
        Random random = new Random(7);
        long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        for (int i = 0; i < 20_000; i++) {
            long millis = i == 0 ? 0 : random.nextLong(-62_135_596_800_000L, last);
            assertEquals(judge.format(Instant.ofEpochMilli(millis)), Timestamp.iso(millis));
        }
        assertEquals("2024-02-29T00:00:00.000Z", Timestamp.iso(1_709_164_800_000L));
    }
}
