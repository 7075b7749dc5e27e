package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The text of metrics. */
class ExpositionTest {
    private static String text(Exposition exposition) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        exposition.text().all().forEach(bytes::writeBytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Exposition example(boolean openMetrics) {
        Exposition exposition = new Exposition(openMetrics);
        exposition.family("p_build", Exposition.Type.INFO, "", "Version.");
        exposition.add(Exposition.label("version", "1"), "1");
        exposition.family("p_cpu_seconds", Exposition.Type.COUNTER, "seconds", "CPU time.");
        exposition.add("", "1.500");
        exposition.family("p_absent", Exposition.Type.GAUGE, "", "Nobody knows it.");
        exposition.family("p_up", Exposition.Type.GAUGE, "", "Up.");
        exposition.add(Exposition.label("a", "b") + "," + Exposition.label("c", "d"), "1");
        exposition.add(Exposition.label("a", "e"), "0");
        return exposition;
    }

    @Test
    void prometheusNamesACountersFamilyLikeItsSamples() {
        assertEquals("""
                # TYPE p_build_info gauge
                # HELP p_build_info Version.
                p_build_info{version="1"} 1
                # TYPE p_cpu_seconds_total counter
                # HELP p_cpu_seconds_total CPU time.
                p_cpu_seconds_total 1.500
                # TYPE p_up gauge
                # HELP p_up Up.
                p_up{a="b",c="d"} 1
                p_up{a="e"} 0
                """, text(example(false)));
    }

    @Test
    void openMetricsHasUnitsAndAnEnd() {
        assertEquals("""
                # TYPE p_build info
                # HELP p_build Version.
                p_build_info{version="1"} 1
                # TYPE p_cpu_seconds counter
                # UNIT p_cpu_seconds seconds
                # HELP p_cpu_seconds CPU time.
                p_cpu_seconds_total 1.500
                # TYPE p_up gauge
                # HELP p_up Up.
                p_up{a="b",c="d"} 1
                p_up{a="e"} 0
                # EOF
                """, text(example(true)));
    }

    @Test
    void aLabelTakesAnyValue() {
        assertEquals("n=\"a\\\\b\\\"c\\nd é {}\"", Exposition.label("n", "a\\b\"c\nd é {}"));
    }

    @Test
    void thousandthsHaveThreeDigits() {
        assertEquals("0.000", Exposition.thousandths(0));
        assertEquals("0.007", Exposition.thousandths(7));
        assertEquals("12.345", Exposition.thousandths(12_345));
        assertEquals("1795886790.100", Exposition.thousandths(1_795_886_790_100L));
    }

    @Test
    void whatIsLongIsInPieces() {
        Exposition exposition = new Exposition(true);
        exposition.family("p_up", Exposition.Type.GAUGE, "", "Up.");
        for (int i = 0; i < 10_000; i++) {
            exposition.add(Exposition.label("service", "s" + i), "1");
        }
        Pieces pieces = exposition.text();
        int size = 0;
        for (byte[] piece : pieces.all()) {
            size += piece.length;
            assertEquals('\n', piece[piece.length - 1], "a line is in one piece");
        }
        assertEquals(pieces.size(), size);
        assertEquals(size, text(exposition).length() - "# EOF\n".length());
    }
}
