package dev.pintle.init.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.LaidOut;
import dev.pintle.init.control.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the init prints its own messages, with real processes. */
final class ConsoleIT {
    private static final String DATE = "20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";
    /** What qemu-user says of each start, which refuses one of the kernel's features. */
    private static final String EMULATED = "cannot hand orphans";

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle");
        container.service("quoted", "command = sh -c 'exit 3'\nrestart = no\non_exit = stop_container\n");
    }

    /** The lines of a container that ends by itself. */
    private List<String> lines(String settings) {
        container.file("pintle.conf", "[container]\n" + settings);
        return container
                .run("init")
                .errors()
                .lines()
                .filter(l -> !l.contains(EMULATED))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"no, ''", "iso8601, " + DATE + "' '", "tai64n, @[0-9a-f]{24}' '"})
    void theTimeIsBeforeEachLine(String timestamp, String expected) {
        List<String> lines = lines("log_timestamp = " + timestamp + "\n");
        assertTrue(!lines.isEmpty(), "nothing was said of a service that failed");
        for (String line : lines) {
            assertTrue(line.matches(expected.replace("'", "") + "pintle: (warn|error): .*"), line);
        }
    }

    @Test
    void aMessageIsAnObjectOfJson() throws Json.MalformedException {
        List<String> lines = lines("log_format = json\nlog_level = info\n");
        assertTrue(lines.size() > 1, lines.toString());
        boolean told = false;
        for (String line : lines) {
            Map<?, ?> object = assertInstanceOf(Map.class, Json.parse(line), line);
            assertEquals(List.of("time", "service", "stream", "level", "message"), List.copyOf(object.keySet()), line);
            assertTrue(String.valueOf(object.get("time")).matches(DATE), line);
            assertEquals("pintle", object.get("service"));
            assertEquals("stderr", object.get("stream"));
            told |= String.valueOf(object.get("message")).contains("quoted exited with code 3");
        }
        assertTrue(told, lines.toString());
    }

    /** A path's quotes, and what is no text in it, are data. */
    @Test
    void whatItNamesIsEscaped() throws Json.MalformedException {
        container.service("quoted", "command = sleep 1000\n");
        container.service("odd", "command = '/nowhere/a\"b'\nrestart = no\non_failed = stop_container\n");
        boolean told = false;
        List<String> lines = lines("log_format = json\n");
        for (String line : lines) {
            Map<?, ?> object = assertInstanceOf(Map.class, Json.parse(line), line);
            told |= String.valueOf(object.get("message")).contains("/nowhere/a\"b");
        }
        assertTrue(told, lines.toString());
    }

    @Test
    void aReloadChangesIt() throws Json.MalformedException {
        container.file("pintle.conf", "[container]\nlog_level = info\n");
        container.service("quoted", "command = sleep 1000\n");
        List<String> lines = container
                .run(
                        "init 2>errors & pid=$!; until pintle wait 2>/dev/null; do kill -0 $pid || exit 1; done; "
                                + "printf '[container]\\nlog_level = info\\nlog_format = json\\n' >layout/pintle.conf; "
                                + "pintle reload >/dev/null; pintle restart quoted >/dev/null; kill $pid; wait $pid; cat errors >&2")
                .errors()
                .lines()
                .toList();
        assertTrue(lines.get(0).startsWith("pintle: "), lines.get(0));
        String last = lines.get(lines.size() - 1);
        assertInstanceOf(Map.class, Json.parse(last), last);
    }
}
