package dev.pintle.convert.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.corpus.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisordCommandTest {

    private static final String WEB = """
            [supervisord]
            [program:web]
            command=web
            stdout_logfile=/dev/stdout
            stdout_logfile_maxbytes=0
            redirect_stderr=true
            """;

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(input(), WEB);
    }

    private Path input() {
        return directory.resolve("supervisord.conf");
    }

    private Path output() {
        return directory.resolve("out");
    }

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] texts = Stream.of(arguments).map(String::valueOf).toArray(String[]::new);
        return PintleConvert.run(new PrintWriter(out), new PrintWriter(err), false, texts);
    }

    private List<String> files() throws IOException {
        if (!Files.exists(output())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(output())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> output().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void writesTheLayoutAndReportsEveryKey() throws IOException {
        assertEquals(0, run("supervisord", input(), "-o", output()));
        assertEquals(List.of("etc/pintle/pintle.conf", "etc/pintle/services/web/service.conf"), files());
        assertTrue(out.toString().contains("redirect_stderr"), out::toString);
        assertEquals("", err.toString());
    }

    @Test
    void takesTheFileWithDashCToo() {
        assertEquals(0, run("supervisord", "-c", input(), "-o", output()));
        assertEquals(2, run("supervisord", "-c", input(), input(), "-o", output()));
        assertEquals(2, run("supervisord", "-o", output()));
    }

    @Test
    void modesDoNotDependOnTheUmask() throws IOException {
        run("supervisord", input(), "-o", output());
        Path services = output().resolve("etc/pintle/services");
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(services)));
        Path file = services.resolve("web/service.conf");
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void existingLayoutIsReplacedOnlyByForce() throws IOException {
        run("supervisord", input(), "-o", output());
        Path stale = output().resolve("etc/pintle/services/stale/service.conf");
        Path neighbour = output().resolve("etc/passwd");
        Files.createDirectories(stale.getParent());
        Files.writeString(stale, "command = x\n");
        Files.writeString(neighbour, "root\n");
        assertEquals(2, run("supervisord", input(), "-o", output()));
        assertTrue(err.toString().contains("it exists (--force replaces it)"), err::toString);
        assertTrue(Files.exists(stale));
        assertEquals(0, run("supervisord", input(), "-o", output(), "--force"));
        assertEquals(List.of("etc/passwd", "etc/pintle/pintle.conf", "etc/pintle/services/web/service.conf"), files());
    }

    @Test
    void dryRunWritesNothing() throws IOException {
        assertEquals(0, run("supervisord", input(), "--dry-run"));
        assertEquals(0, run("supervisord", input(), "--dry-run", "-o", output()));
        assertEquals(List.of(), files());
    }

    @Test
    void outputHasToBeNamed() {
        assertEquals(2, run("supervisord", input()));
        assertTrue(err.toString().contains("cannot write: say where with -o DIR"), err::toString);
    }

    @Test
    void strictFailsWhereSomethingDiffersAndWritesNothing() throws IOException {
        assertEquals(0, run("supervisord", input(), "--dry-run", "--strict"));
        Files.writeString(input(), WEB + "stopasgroup=true\n");
        assertEquals(1, run("supervisord", input(), "-o", output(), "--strict"));
        assertEquals(List.of(), files());
        assertTrue(out.toString().contains("approximated"), out::toString);
        assertEquals(0, run("supervisord", input(), "-o", output()));
    }

    @Test
    void badInputIsReportedWithPlacesAndWritesNothing() throws IOException {
        Files.writeString(input(), WEB + "startsecs=soon\nautostart=maybe\n");
        assertEquals(3, run("supervisord", input(), "-o", output()));
        assertTrue(
                err.toString().contains(input() + ":7:11: error: cannot read startsecs of [program:web]"),
                err::toString);
        assertTrue(
                err.toString().contains(input() + ":8:11: error: cannot read autostart of [program:web]"),
                err::toString);
        assertEquals(List.of(), files());
        assertEquals(3, run("supervisord", directory.resolve("missing.conf"), "-o", output()));
        assertEquals(3, run("supervisord", directory, "-o", output()));
    }

    /** The same things, in the same order, in every form of the report. */
    @Test
    void everyReportBeginsWithWhatIsToBeDoneByHand() throws IOException {
        Files.writeString(directory.resolve("open.conf"), """
                [supervisord]
                nodaemon=true
                [program:web]
                command=web --port {{ PORT }}
                stdout_logfile=NONE
                stderr_logfile=NONE
                [program:api]
                command=api --port {{ PORT }}
                stdout_logfile=NONE
                stderr_logfile=NONE
                [ctlplugin:more]
                x=y
                """);
        String conf = directory.resolve("open.conf").toString();
        Path json = directory.resolve("open.json");
        Path markdown = directory.resolve("open.md");
        Path html = directory.resolve("open.html");
        assertEquals(0, run("supervisord", conf, "--dry-run"));
        assertTrue(out.toString().contains("\nnot ready: 2 things to do by hand\n"), out::toString);
        assertTrue(
                out.toString()
                        .contains("  1. " + conf + ":4 [program:web] command, " + conf + ":8 [program:api] command\n"),
                out::toString);
        assertTrue(out.toString().contains("  2. " + conf + ":11 [ctlplugin:more]\n"), out::toString);
        assertEquals(0, run("supervisord", conf, "--dry-run", "--report", json));
        assertTrue(out.toString().startsWith("not ready: 2 things to do by hand\n  1. " + conf), out::toString);
        var parsed = Json.object(Files.readString(json));
        assertEquals(false, parsed.get("ready"));
        assertTrue(parsed.get("todo") instanceof List<?> todo && todo.size() == 2, out::toString);
        assertEquals(0, run("supervisord", conf, "--dry-run", "--report", markdown));
        assertTrue(
                Files.readString(markdown).contains("\n1. `" + conf + ":4 [program:web] command`, `" + conf + ":8"),
                () -> "no list");
        assertEquals(0, run("supervisord", conf, "--dry-run", "--report", html));
        assertTrue(Files.readString(html).contains("<strong>Not ready: 2 things to do by hand</strong>"), "no verdict");
    }

    @Test
    void reportGoesToAFileByItsEnding() throws IOException {
        Path markdown = directory.resolve("report.md");
        Path json = directory.resolve("report.json");
        assertEquals(0, run("supervisord", input(), "-o", output(), "--report", markdown));
        assertTrue(Files.readString(markdown).contains("| 3 | `command` | kept |"), "no table");
        assertEquals(2, out.toString().lines().count(), out::toString);
        assertTrue(out.toString().startsWith("ready to build\n"), out::toString);
        assertEquals(0, run("supervisord", input(), "--dry-run", "--report", json));
        assertEquals(6 - 2, keys(Json.object(Files.readString(json))));
        assertEquals(2, run("supervisord", input(), "--dry-run", "--report", json));
        assertEquals(2, run("supervisord", input(), "--dry-run", "--report", directory.resolve("report.pdf")));
    }

    private static long keys(Map<String, Object> report) {
        return ((List<?>) report.getOrDefault("sections", List.of()))
                .stream()
                        .map(section -> (Map<?, ?>) section)
                        .flatMap(section -> Stream.ofNullable((List<?>) section.get("keys")))
                        .mapToLong(List::size)
                        .sum();
    }

    @Test
    void jsonIsJsonWhateverTheInputHolds() throws IOException {
        Files.writeString(input(), WEB + "[pro\"gram\\:\u0001\t<x>]\nkey\"\\=1\n");
        assertEquals(0, run("supervisord", input(), "--dry-run", "--json"));
        assertEquals(5, keys(Json.object(out.toString())));
    }

    @Test
    void secretsStayOutOfTheReport() throws IOException {
        String secrets = """
                environment=TOKEN="hunter2"
                [unix_http_server]
                file=/run/s
                username=u
                password=hunter2
                [inet_http_server]
                port=9001
                username=u
                password=hunter2
                """;
        Files.writeString(input(), WEB + secrets);
        for (String format : List.of("--dry-run", "--json")) {
            assertEquals(0, run("supervisord", input(), "--dry-run", format.equals("--json") ? "--json" : "--force"));
            assertFalse(out.toString().contains("hunter2"), out::toString);
        }
    }

    @Test
    void sameInputGivesTheSameBytes() throws IOException {
        run("supervisord", input(), "-o", output());
        String first = Files.readString(output().resolve("etc/pintle/services/web/service.conf"));
        String report = out.toString();
        run("supervisord", input(), "-o", output(), "--force");
        assertEquals(first, Files.readString(output().resolve("etc/pintle/services/web/service.conf")));
        assertEquals(report, out.toString());
    }

    @Test
    void unwritableOutputLeavesNothingBehind() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        assertEquals(2, run("supervisord", input(), "-o", directory.resolve("file")));
        assertTrue(err.toString().contains("it is not a directory"), err::toString);
        Files.createDirectories(output());
        Files.writeString(output().resolve("etc"), "a file where a directory has to be");
        assertEquals(2, run("supervisord", input(), "-o", output()));
        assertEquals(List.of("etc"), files());
    }

    @Test
    void helpTeachesAndVersionIsPrinted() {
        assertEquals(0, run("supervisord", "--help"));
        assertTrue(out.toString().contains("--strict --report report.md"), out::toString);
        assertEquals(0, run("--version"));
        assertEquals(2, run());
        assertEquals(2, run("supervisord", "--nonsense"));
    }

    /** 200 programs that come after 200 others would be 40,000 edges. */
    @Test
    void milestonesKeepTheOrderOfManyPrograms() throws IOException {
        StringBuilder many = new StringBuilder("[supervisord]\n");
        for (int i = 0; i < 600; i++) {
            many.append("[program:p")
                    .append(i)
                    .append("]\ncommand=web\npriority=")
                    .append(i / 200 - 1)
                    .append('\n');
        }
        many.append("[program:priority-0]\ncommand=web\npriority=0\n");
        Files.writeString(input(), many);
        assertEquals(0, run("supervisord", input(), "-o", output()), err::toString);
        Path services = output().resolve("etc/pintle/services");
        String milestone = Files.readString(services.resolve("priority-0-2/service.conf"));
        assertTrue(milestone.contains("\ntype = oneshot\ndown_command = true\nafter = p200, p201, "), milestone);
        assertTrue(Files.readString(services.resolve("priority-minus-1/service.conf"))
                .contains("\nafter = p0, p1, p10, "));
        assertFalse(Files.exists(services.resolve("priority-1")));
        assertFalse(Files.readString(services.resolve("p0/service.conf")).contains("after ="));
        assertTrue(Files.readString(services.resolve("p300/service.conf")).contains("\nafter = priority-minus-1\n"));
        assertTrue(Files.readString(services.resolve("p599/service.conf")).contains("\nafter = priority-0-2\n"));
        assertTrue(out.toString().contains("after = priority-0-2, a milestone after the services"), out::toString);
    }
}
