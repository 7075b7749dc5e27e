package dev.pintle.layout.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.text.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What multiplies is counted before it is made: a layout beyond a limit is an error in its file and line, and at once. */
final class BudgetTest {
    private static final Path REFERENCE = Path.of("../docs/reference/limits.md");
    private static final Map<String, String> BIG = Map.of("BIG", "x".repeat(120_000));

    private final MapSource source = new MapSource();

    private ParseResult parse() {
        return assertTimeoutPreemptively(Duration.ofSeconds(10), () -> LayoutParser.parse(source, "/etc/pintle", BIG));
    }

    private void refused(String text) {
        ParseResult result = parse();
        assertNull(result.layout());
        List<String> found = new ArrayList<>();
        for (Diagnostic diagnostic : result.diagnostics()) {
            if (diagnostic.code().equals("too-large")) {
                found.add(diagnostic.text());
            }
        }
        assertEquals(1, found.size(), result.diagnostics().toString());
        assertTrue(found.get(0).contains(text), found.get(0));
    }

    private void taken(int services) {
        assertEquals(services, parsed().services().size());
    }

    private Layout parsed() {
        ParseResult result = parse();
        assertNotNull(result.layout(), () -> result.diagnostics().toString());
        return result.layout();
    }

    @Test
    void aLargeVariableManyTimes() {
        StringBuilder conf = new StringBuilder("command = x\n[environment]\n");
        for (int i = 0; i < 200; i++) {
            conf.append("V").append(i).append(" = ${BIG}\n");
        }
        refused("/etc/pintle/services/a/service.conf:", conf.toString());
        refused("/etc/pintle/services/a/service.conf:1:", "command = x" + " ${BIG}".repeat(400));
    }

    private void refused(String text, String conf) {
        source.service("a", conf);
        refused(text);
    }

    @Test
    void manyInstances() {
        for (int i = 0; i < 5; i++) {
            source.service("a" + i, "command = x\ninstances = 1500");
        }
        refused("/etc/pintle/services/a1/service.conf:2:");
    }

    @Test
    void manyInstancesOfALargeValue() {
        refused("service.conf:3:", "command = x\ninstances = 1500\nstop_signal = ${BIG}");
        refused("service.conf:", "command = x\ninstances = 1500\ngroup = " + "g ".repeat(1000));
        refused("service.conf:", "command = x\ninstances = 1500\n[environment]\nA = ${BIG}");
        refused("service.conf:", "command =" + " x".repeat(9000) + "\ninstances = 1500");
        refused(
                "service.conf:",
                "command = x\ninstances = 1500\n[stdout]\nto = null\ninclude = a\n" + "  pattern\n".repeat(8000));
        source.service("a", "command = x\ninstances = 1500").file("services/a/env/A", "x".repeat(9000));
        refused("/etc/pintle/services/a/env/A");
        source.file("pintle.conf", "[signals]\nHUP = ${BIG}\n");
        refused("/etc/pintle/services/a/env/A");
    }

    /** It is read for each instance, whatever comes of it. */
    @Test
    void aLongTextThatComesToNothing() {
        String many = "command = x\ninstances = 1000\n";
        String unused = "${NONE:+" + "x".repeat(130_000) + "}";
        refused("service.conf:3:", many + "stop_command = x \"" + unused + "\"");
        refused("service.conf:3:", many + "runtime_directory = " + unused);
        refused("service.conf:4:", many + "[environment]\nA = " + unused);
        refused("service.conf:4:", many + "[environment]\nA = '" + "x".repeat(130_000) + "'");
        refused("service.conf:4:", many + "[environment]\nA = " + "x".repeat(130_000));
        refused("service.conf:3:", many + "working_dir = /" + "x".repeat(130_000));
        refused("service.conf:1:", "command = x" + " ".repeat(130_000) + "y\ninstances = 1000");
        source.service("a", many).file("pintle.conf", "[defaults]\nreload_command = x " + unused);
        refused("/etc/pintle/pintle.conf:2:");
    }

    @Test
    void aLongTextIsReadInManySlices() {
        source.service("a", "command = x\ninstances = 10\n[environment]\nA = " + "x".repeat(130_000));
        LayoutReading reading = LayoutReading.of(source, "/etc/pintle", BIG);
        int slices = 0;
        while (reading.step() == null) {
            slices++;
        }
        assertTrue(slices >= 12, () -> "that is read in few pieces");
        taken(10);
    }

    @Test
    void loggersAndLogServicesAreServicesToo() {
        source.service("a", "command = x\ninstances = 750\n[stdout]\nprefix = yes");
        taken(750);
        source.service("b", "command = x");
        refused("/etc/pintle/services/b");
        source.service("a", "command = x\ninstances = 750").service("a/log", "command = y");
        refused("/etc/pintle/services/b");
    }

    @Test
    void familiesOnFamilies() {
        source.service("a", "command = x\ninstances = 700");
        source.service("b", "command = x\ninstances = 700\ndepends_on = a");
        refused("/etc/pintle/services/b/service.conf:3:14");
        source.service("b", "command = x\ninstances = 16\ndepends_on = a");
        taken(716);
        source.service("a", "command = x\ninstances = 1000\nafter = a");
        refused("/etc/pintle/services/a/service.conf:3:");
    }

    /** They are edges of those that they name. */
    @Test
    void whatComesBefore() {
        source.service("a", "command = x\nautostart = no\ninstances = 1000");
        source.service("b", "command = x\nbefore = a" + "\n  a".repeat(8_000));
        refused("/etc/pintle/services/b/service.conf:18:");
        source.service("a", "command = x");
        taken(2);
        assertEquals(1, parsed().services().get(0).dependsOn().size());
        source.service("b", "command = x\nbefore =" + " a".repeat(Budget.MOST_EDGES + 1));
        refused("/etc/pintle/services/b/service.conf:2:");
    }

    @Test
    void longFilesAndManyErrors() {
        for (int i = 0; i < 40; i++) {
            source.service("a" + i, "command = x\n" + "# nothing but a comment, and a long one\n".repeat(6_500));
        }
        refused("/etc/pintle/services/a");
        for (int i = 0; i < 40; i++) {
            source.service("a" + i, "k=\n".repeat(8_000));
        }
        ParseResult result = parse();
        assertTrue(
                result.diagnostics().size() <= 1001,
                () -> "there are " + result.diagnostics().size());
    }

    @Test
    void whatIsNestedOrUnclosedTakesNoLongerThanItsLength() {
        source.service("a", "command = " + "${".repeat(120_000) + "\n");
        parse();
        source.service("a", "command = \"" + "${A:-".repeat(50_000) + "\n");
        parse();
        source.service("a", "command = x\n[environment]\nA = " + "${A:-".repeat(40_000) + "}".repeat(40_000));
        parse();
        source.service(
                "a", "command = x\nafter =" + " none".repeat(9_000) + "\ndepends_on = x" + "\n  y".repeat(8_000));
        ParseResult result = parse();
        for (Diagnostic diagnostic : result.diagnostics()) {
            assertTrue(diagnostic.text().length() < 3_000, diagnostic.text());
        }
    }

    /** Names are told apart in tables that somebody could make slow, so there are not too many of them. */
    @Test
    void manyNamesInAFile() {
        String most = "command = x\n[environment]\n" + "X%d=\n".repeat(1_024);
        source.service(
                "a", String.format(most, IntStream.range(0, 1_024).boxed().toArray()));
        taken(1);
        refused(
                "service.conf:1027:",
                String.format(
                        most + "Y=\nY1=\nY2=\n",
                        IntStream.range(0, 1_024).boxed().toArray()));
        refused(
                "service.conf:65:",
                "command = x\n"
                        + String.format(
                                "[x%d]\n".repeat(70),
                                IntStream.range(0, 70).boxed().toArray()));
    }

    @Test
    void manyValuesOfWhatIsReadOrMadeAtAStart() {
        refused("service.conf:2:", "command = x\nenvironment_file =" + " /x".repeat(65));
        refused("service.conf:2:", "command = x\nruntime_directory =" + " x".repeat(65));
        refused("service.conf:2:", "command = x\nlisten =" + " tcp:80".repeat(129));
        source.service(
                "a", "command = x\nenvironment_file =" + " /x".repeat(64) + "\nruntime_directory =" + " x".repeat(64));
        taken(1);
    }

    @Test
    void aLongCycleIsCutShort() {
        for (int i = 0; i < 1500; i++) {
            source.service("service-" + i, "command = x\nafter = service-" + (i + 1) % 1500);
        }
        List<Diagnostic> found = parse().diagnostics();
        assertEquals(1, found.size());
        assertTrue(found.get(0).text().length() < 1_500, found.get(0).text());
    }

    /** Edges back to the same service, as many as there may be, and a cycle behind one that is known. */
    @Test
    void cyclesThroughAKnownOneAreNotReported() {
        for (int i = 0; i < 1_400; i++) {
            source.service("service-" + i, "command = x\nafter = service-" + (i + 1));
        }
        source.service("service-1", "command = x\nafter = service-0 service-2");
        source.service("service-1398", "command = x\nafter = service-1399");
        source.service("service-1399", "command = x\nafter = service-1398" + " service-0".repeat(14_000));
        List<Diagnostic> found = parse().diagnostics();
        assertEquals(2, found.size(), found.toString());
        assertTrue(found.get(0).text().contains("service-0 -> service-1 -> service-0"), found.toString());
        assertTrue(found.get(1).text().contains("service-1398 -> service-1399 -> service-1398"), found.toString());
    }

    @Test
    void theReferencePageIsPrintedFromTheLimits() throws IOException {
        String page = """
                # Limits of a layout

                Printed from the code by a test (`BudgetTest`); do not edit. A layout beyond one of these is an error in its file and
                line, at boot, in `pintle check` and in `pintle reload`, where nothing changes. They hold whatever the files say, so
                that PID 1, whose heap has 42 MB, has room for two layouts at once: the one that runs, and the next.

                | what | at most |
                | --- | --- |
                | services: instances, log services and loggers count | %,d |
                | edges of `depends_on`, `after` and `before`: a family on a family of a hundred each has 10,000 | %,d |
                | characters of the values of all services, as written or interpolated, whichever are more; each word, item and variable counts %d more | %,d |
                | characters of all files | %,d |
                | characters of one file of settings | %,d |
                | lines of one file of settings | %,d |
                | sections of one file of settings | %,d |
                | keys of one section | %,d |
                | entries of one directory | %,d |
                | files of one directory `env/` | %,d |
                | characters of all files of one directory `env/` | %,d |
                | characters of one interpolated value | %,d |
                | words of a command | %,d |
                | instances of a service | %,d |
                | sockets of a service | %,d |
                | values of `environment_file`, and of `runtime_directory`, of a service | %,d |
                | mistakes that are listed | %,d |
                """.formatted(
                        Budget.MOST_SERVICES,
                        Budget.MOST_EDGES,
                        Budget.PER_VALUE,
                        Budget.MOST_VALUES,
                        Budget.MOST_TEXT,
                        ConfFiles.LIMIT,
                        ConfFiles.MOST_LINES,
                        Budget.MOST_SECTIONS,
                        Budget.MOST_VARIABLES,
                        Budget.MOST_ENTRIES,
                        Budget.MOST_VARIABLES,
                        EnvDirectory.MOST_TEXT,
                        131_072,
                        10_000,
                        ServiceDirectory.MAX_INSTANCES,
                        ProcessReader.MOST_SOCKETS,
                        ProcessReader.MOST_VALUES,
                        1_000);
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(REFERENCE, page);
        }
        assertEquals(Files.readString(REFERENCE), page, "rewrite with -Dgolden.rewrite=true");
    }
}
