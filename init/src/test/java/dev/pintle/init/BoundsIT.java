package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.Programs.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layouts that stand for more than memory holds, read by the native binary: each is an error in a file and line, at boot, in
 * check and in a reload that changes nothing; and the largest that are no errors can be run and read again.
 */
final class BoundsIT {
    /** Milliseconds; on a machine of its own each takes less than one second. */
    private static final long PATIENCE = 10_000;

    private static final String BIG = "BIG=" + "x".repeat(120_000);

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private LaidOut container = new LaidOut(Path.of("/nonexistent"));

    @BeforeEach
    void layOut() {
        container = new LaidOut(scratch, "init", "pintle");
    }

    private void layOut(String kind) throws IOException {
        String unused = "${NONE:+" + "x".repeat(130_000) + "}";
        switch (kind) {
            case "values" -> {
                StringBuilder conf = new StringBuilder("command = x\n[environment]\n");
                for (int i = 0; i < 200; i++) {
                    conf.append("V").append(i).append(" = ${BIG}\n");
                }
                container.service("bad", conf.toString());
            }
            case "words" -> container.service("bad", "command = x" + " ${BIG}".repeat(400));
            case "instances" -> {
                for (int i = 0; i < 5; i++) {
                    container.service("bad" + i, "command = x\ninstances = 1500\n");
                }
            }
            case "families" -> {
                container.service("bad1", "command = x\ninstances = 700\n");
                container.service("bad2", "command = x\ninstances = 700\ndepends_on = bad1\n");
            }
            case "cycle" -> container.service("bad", "command = x\ninstances = 1000\nafter = bad\n");
            case "before" -> container.service("bad", "command = x\nbefore =" + " web".repeat(50_000) + "\n");
            case "before a family" -> {
                container.service("x", "command = x\nautostart = no\ninstances = 1000\n");
                container.service("bad", "command = x\nbefore =" + " x".repeat(10_000) + "\n");
            }
            case "unused" ->
                container.service("bad", "command = x\ninstances = 1000\nstop_command = x \"" + unused + "\"\n");
            case "unused variables" ->
                container.service("bad", "command = x\ninstances = 1000\n[environment]\nA = " + unused + "\n");
            case "blanks" -> container.service("bad", "command = x" + " ".repeat(200_000) + "y\ninstances = 1000\n");
            case "signals" -> container.service("bad", "command = x\ninstances = 1500\nstop_signal = ${BIG}\n");
            case "braces" -> container.service("bad", "command = " + "${".repeat(120_000) + "\n");
            case "mistakes" -> {
                for (int i = 0; i < 40; i++) {
                    container.service("bad" + i, "k=\n".repeat(8_000));
                }
            }
            case "lines" -> container.service("bad", "command = x\nafter =" + "\n  y yy yyy".repeat(7_000) + "\n");
            case "long" -> container.service("bad", "command = x\n#" + "x".repeat(1 << 18));
            case "tall" -> container.service("bad", "command = x\n" + "#\n".repeat(1 << 13));
            case "sockets" -> {
                StringBuilder listen = new StringBuilder("command = x\nlisten = unix:/run/s");
                for (int i = 0; i < 2_000; i++) {
                    listen.append(", unix:/run/s").append(i);
                }
                container.service("bad", listen.append('\n').toString());
            }
            case "files" -> container.service("bad", "command = x\nenvironment_file =" + " /x".repeat(65) + "\n");
            case "directories" -> container.service("bad", "command = x\nruntime_directory =" + " x".repeat(65) + "\n");
            case "variables" -> container.service("bad", "command = x\n[environment]\n" + variables(1_025));
            case "sections" -> {
                StringBuilder sections = new StringBuilder("command = x\n");
                for (int i = 0; i < 65; i++) {
                    sections.append("[s").append(i).append("]\n");
                }
                container.service("bad", sections.toString());
            }
            case "envfiles" -> fill("services/bad/env", 1_025, "x");
            case "entries" -> fill("services/bad", 2_100, "");
            case "env" -> fill("services/bad/env", 3, "x".repeat(100_000));
            default -> throw new IllegalArgumentException(kind);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "values",
                "words",
                "instances",
                "families",
                "cycle",
                "before",
                "before a family",
                "unused",
                "unused variables",
                "blanks",
                "signals",
                "braces",
                "mistakes",
                "lines",
                "long",
                "tall",
                "sockets",
                "files",
                "directories",
                "variables",
                "sections",
                "envfiles",
                "entries",
                "env"
            })
    void whatIsTooLargeIsAnErrorAtOnce(String kind) throws IOException, InterruptedException {
        container.service("web", "command = sleep 100000\n");
        Process init = start();
        try {
            assertEquals(
                    0,
                    container
                            .run("until pintle wait 2>/dev/null; do sleep 0.01; done")
                            .code());
            layOut(kind);
            errorAtOnce("pintle check --layout-only", 1);
            errorAtOnce("pintle reload", 1);
            Result status = container.run("pintle status web | grep -c ready; pintle health");
            assertEquals("1\n", status.output(), status.errors());
        } finally {
            init.destroy();
            assertTrue(init.waitFor(20, TimeUnit.SECONDS), "it ends");
        }
        assertEquals(0, init.exitValue());
        errorAtOnce("init", 100);
    }

    /** Puts files into a directory of a service that would do without them. */
    private void fill(String directory, int files, String text) throws IOException {
        container.service("bad", "command = sleep 100000\n");
        Path path = Files.createDirectories(scratch.resolve("layout").resolve(directory));
        for (int i = 0; i < files; i++) {
            Files.writeString(path.resolve("F" + i), text);
        }
    }

    private Process start() throws IOException {
        return container
                .programs()
                .shell(scratch, "exec init 2>said", container.variables(BIG))
                .start();
    }

    private void errorAtOnce(String command, int code) {
        long start = System.nanoTime();
        Result result = container.run(command, BIG);
        long millis = (System.nanoTime() - start) / 1_000_000;
        String said = result.output() + result.errors();
        assertEquals(code, result.code(), said);
        assertTrue(said.contains("services/bad"), said);
        assertTrue(said.contains("error"), said);
        assertTrue(millis < PATIENCE, () -> command + " took " + millis + " ms");
    }

    /** At the limits of services, edges and values at once: it boots, is read again, and stops. */
    @Test
    void theLargestLayoutIsTakenTwice() throws IOException, InterruptedException {
        largest("");
        Process init = start();
        try {
            assertEquals(
                    0,
                    container
                            .run("until pintle tree >/dev/null 2>&1; do sleep 0.01; done")
                            .code());
            for (String change : new String[] {"", "ready_timeout = 1s\n", ""}) {
                largest(change);
                Result reload = container.run("pintle reload", BIG);
                assertEquals(0, reload.code(), reload.output() + reload.errors());
            }
            Result status = container.run("pintle status | grep -c down", BIG);
            assertEquals("1500\n", status.output(), status.errors() + Files.readString(scratch.resolve("said")));
        } finally {
            init.destroy();
            assertTrue(init.waitFor(20, TimeUnit.SECONDS), "it ends");
        }
        assertEquals(0, init.exitValue());
        assertEquals("", Files.readString(scratch.resolve("said")));
    }

    private void largest(String more) {
        String down = "command = sleep 100000\nautostart = no\n" + more;
        container.service("a", down + "instances = 64\n[environment]\nA = ${BIG:+" + "x".repeat(16_000) + "}\n");
        container.service("b", down + "instances = 255\ndepends_on = a\n");
        container.service("c", down + "instances = 1181\n");
    }

    /** To compare them with those before must not take the square of their number. */
    @Test
    void asManyVariablesAsThereMayBeAreTakenTwice() throws IOException, InterruptedException {
        StringBuilder conf = new StringBuilder("command = sleep 100000\n[environment]\n");
        for (int i = 0; i < 1_023; i++) {
            conf.append("K").append(i).append(" = v\n");
        }
        container.service("many", conf.toString());
        Process init = start();
        try {
            container.run("until pintle wait 2>/dev/null; do sleep 0.01; done");
            for (String change : new String[] {"", "LAST = v\n", ""}) {
                container.service("many", conf + change);
                Result reload = container.run("timeout 20 pintle reload");
                assertEquals(0, reload.code(), reload.output() + reload.errors());
            }
        } finally {
            init.destroy();
            assertTrue(init.waitFor(20, TimeUnit.SECONDS), "it ends");
        }
        assertEquals("", Files.readString(scratch.resolve("said")));
    }

    /** Maps have a list of what has the same hash. Processor time is compared, as the machine may be busy. */
    @Test
    void namesOfTheSameHashTakeNoLongerThanOthers() throws IOException, InterruptedException {
        long usual = processorTime("usual", i -> String.format("s%021d", i));
        long same = processorTime("same", i -> {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 11; bit++) {
                name.append(((i >> bit) & 1) == 0 ? "Aa" : "BB");
            }
            return name.toString();
        });
        assertTrue(same < 3 * usual, () -> same + " ns, and " + usual + " with other names");
    }

    private long processorTime(String directory, IntFunction<String> name) throws IOException, InterruptedException {
        Path place = Files.createDirectories(scratch.resolve(directory));
        LaidOut many = new LaidOut(place, "init", "pintle");
        for (int i = 0; i < 1_500; i++) {
            many.service(name.apply(i), "command = sleep 100000\nautostart = no\n");
        }
        Process init = many.programs()
                .shell(place, "exec init 2>said", many.variables())
                .start();
        try {
            String time = " used waited </proc/" + init.pid() + "/schedstat; ";
            Result result = many.run("until pintle tree >/dev/null 2>&1; do sleep 0.1; done; read" + time
                    + "before=$used; pintle reload >/dev/null && pintle stop all >/dev/null; pintle status --all | grep -c down; read"
                    + time + "echo $((used - before))");
            assertTrue(result.output().startsWith("1500\n"), result.output() + result.errors());
            return Long.parseLong(result.output().substring(5).trim());
        } finally {
            init.destroy();
            assertTrue(init.waitFor(20, TimeUnit.SECONDS), "it ends");
        }
    }

    /** A service's user may be the one who writes these: what one process takes is no memory of the init's afterwards. */
    @Test
    void eachOfManyInstancesHasAsManyVariablesAsAFileMayHold() throws IOException, InterruptedException {
        Files.writeString(scratch.resolve("env"), variables(1_000, 200));
        container.service("many", "command = sleep 100000\ninstances = 20\nenvironment_file = " + scratch + "/env\n");
        Process init = start();
        try {
            Result ready =
                    container.run("until pintle wait 2>/dev/null; do sleep 0.1; done; pintle status | grep -c ready");
            assertEquals("20\n", ready.output(), ready.errors() + Files.readString(scratch.resolve("said")));
            Result again = container.run("pintle restart all >/dev/null && pintle status | grep -c ready");
            assertEquals("20\n", again.output(), again.errors() + Files.readString(scratch.resolve("said")));
        } finally {
            init.destroy();
            assertTrue(init.waitFor(20, TimeUnit.SECONDS), "it ends");
        }
        assertEquals(0, init.exitValue());
    }

    @Test
    void filesOfVariablesThatAreTooLargeTogetherAreSaid() throws IOException, InterruptedException {
        Files.writeString(scratch.resolve("some"), variables(1_000, 140));
        Files.writeString(scratch.resolve("many"), variables(1_000, 300));
        Files.writeString(scratch.resolve("short"), variables(1_025));
        String run = "command = sleep 100000\nrestart = no\nenvironment_file = " + scratch;
        container.service("bad", run + "/some " + scratch + "/some\n");
        container.service("worse", run + "/many\n");
        container.service("worst", run + "/short\n");
        container.service("good", "command = sleep 100000\nafter = bad worse worst\n");
        Process init = start();
        try {
            Result result = container.run(
                    "until pintle status good 2>/dev/null | grep -q ready; do sleep 0.1; done;"
                            + " pintle start bad 2>&1; echo $?; pintle start worse 2>&1; echo $?; pintle start worst 2>&1; echo $?; pintle stop all; echo $?");
            String check = container.run("pintle check 2>&1").output();
            assertTrue(check.contains("some: all files of environment_file have more than 256 KiB"), check);
            String said = result.output();
            assertTrue(said.contains("some: all files of environment_file have more than 256 KiB"), said);
            assertTrue(said.contains("many: it has more than 256 KiB"), said);
            assertTrue(said.contains("the service has more than 1024 variables"), said);
            assertTrue(said.contains("\n1\n") && said.endsWith("\n1\n0\n"), said);
        } finally {
            init.destroy();
            assertTrue(init.waitFor(20, TimeUnit.SECONDS), "it ends");
        }
        assertEquals(0, init.exitValue());
    }

    private static String variables(int count) {
        return variables(count, 1);
    }

    private static String variables(int count, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("V").append(i).append('=').append("x".repeat(length)).append('\n');
        }
        return text.toString();
    }
}
