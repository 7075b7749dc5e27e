package dev.pintle.init.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.init.sys.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are read as they are written. */
final class TimeReaderTest {
    private static final long NANOS = 1_000_000_000L;

    private final TimeReader reader = new TimeReader();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private long ofLine(String line) {
        byte[] bytes = bytes("before\n" + line);
        return reader.ofLine(bytes, 7, bytes.length);
    }

    @Test
    void whatLoggersWriteIsRead() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long nanos = i == 0 ? 0 : random.nextLong(9_000_000_000L * NANOS);
            byte[] line = new byte[64];
            int end = Timestamp.appendDate(line, 0, nanos, 'T', 9);
            line[end] = 'Z';
            assertEquals(nanos, reader.ofLine(line, 0, line.length));
            assertEquals(end + 1, reader.end());
            end = Timestamp.appendTai64n(line, 0, nanos);
            assertEquals(nanos, reader.ofLine(line, 0, line.length));
            assertEquals(end, reader.end());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T06:40:58.123456Z web | a, 2026-11-24T06:40:58.123456Z",
        "2026-11-24 06:40:58+01:30 a, 2026-11-24T05:10:58Z",
        "2024-02-29T23:59:59-00:30, 2024-03-01T00:29:59Z",
        "'{\"time\":\"2026-11-24T06:40:58.5Z\",\"service\":\"web\"}', 2026-11-24T06:40:58.5Z"
    })
    void linesThatBeginWithATimeHaveIt(String line, String time) {
        Instant instant = Instant.parse(time);
        assertEquals(instant.getEpochSecond() * NANOS + instant.getNano(), ofLine(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-11-24",
                "2026-11-24T06:40:58",
                "2026-13-24T06:40:58Z",
                "2026-11-24T24:40:58Z",
                "2026-11-24T06:40:58.Z",
                "20a6-11-24T06:40:58Z",
                " 2026-11-24T06:40:58Z",
                "1969-11-24T06:40:58Z",
                "9999-11-24T06:40:58Z",
                "@4000000",
                "@400000005f5e10000000000g",
                "@ffffffffffffffff00000000",
                "@40000000ffffffff3b9aca00",
                "{\"time\":",
                "{\"time\":\"",
                "{\"time\":\"soon\"}",
                "{\"tim"
            })
    void otherLinesHaveNone(String line) {
        assertEquals(TimeReader.UNKNOWN, ofLine(line));
        assertEquals(7, reader.end());
    }

    @Test
    void aTextIsATimeAsAWhole() {
        assertEquals(0, reader.ofText(bytes("1970-01-01")));
        assertEquals(3661 * NANOS, reader.ofText(bytes("1970-01-01T01:01:01")));
        assertEquals(3661 * NANOS, reader.ofText(bytes("1970-01-01T02:01:01+01:00")));
        assertEquals(TimeReader.UNKNOWN, reader.ofText(bytes("1970-01-01T01:01:01Z ")));
        assertEquals(TimeReader.UNKNOWN, reader.ofText(bytes("1970-01-01T01:01")));
        assertEquals(TimeReader.UNKNOWN, reader.ofText(bytes("10m")));
    }
}
