package dev.pintle.convert.runit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.Mutation;
import dev.pintle.convert.command.PintleConvert;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken scripts, made of good ones by a seed: the converter never hangs, never throws, never writes a half. */
class RunitFuzzTest {

    private static final List<String> TOKENS = List.of(
            "'",
            "\"",
            "\\",
            "`",
            "$(",
            ")",
            "${",
            "}",
            "${X:-",
            "$X",
            "(",
            "{",
            ";;",
            ";",
            "&",
            "&&",
            "||",
            "|",
            "<<E\n",
            "\n",
            "\r\n",
            "\t",
            "#",
            "#!",
            "exec ",
            "exec 2>&1\n",
            "if ",
            "fi\n",
            "case ",
            "esac\n",
            " in ",
            "do ",
            "done\n",
            "[[ ",
            "2>&",
            ">>",
            "<>",
            "0<",
            "99999999999>",
            "chpst -u ",
            "chpst -",
            "setuidgid ",
            "envdir ",
            "softlimit -m ",
            "sv start main || exit 1\n",
            "sv check x\n",
            "cd ",
            "umask 9\n",
            "ulimit -n -1\n",
            ". ./conf\n",
            "export A\n",
            "A=1 ",
            "PWD=x\n",
            "pause",
            "\u0000",
            "\u00e9",
            "\uD83D\uDE00",
            "*",
            "~",
            "$$",
            "${}",
            "${X:?}",
            "$'a'");

    private static final Mutation MUTATION = new Mutation(TOKENS, 10);

    private static final List<String> PLACES =
            List.of("run", "run", "run", "conf", "finish", "check", "log/run", "control/t", "env/A", "log/main/config");

    @TempDir
    private Path root = Path.of("");

    @Test
    void survives() throws IOException {
        List<String> scripts = scripts();
        long seeds = Long.getLong("fuzz.seeds", 600);
        for (long seed = 0; seed < seeds; seed++) {
            long current = seed;
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> convert(current, scripts), () -> "seed " + current);
        }
    }

    private static List<String> scripts() throws IOException {
        List<String> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden/runit"))) {
            for (Path file : files.filter(f -> f.toString().contains("/input/") && Files.isRegularFile(f))
                    .sorted()
                    .toList()) {
                scripts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        assertTrue(scripts.size() > 50, "the golden folders are gone");
        return scripts;
    }

    private static String mutate(String text, Random random) {
        return MUTATION.apply(text.isEmpty() ? "#!/bin/sh\n" : text, random.nextInt(5), random);
    }

    private void convert(long seed, List<String> scripts) throws IOException {
        Random random = new Random(seed);
        Path services = root.resolve("in" + seed + "/etc/service");
        for (int i = 0; i < 3; i++) {
            Path directory = services.resolve("s" + i);
            write(directory.resolve("run"), mutate(scripts.get(random.nextInt(scripts.size())), random));
            for (int j = random.nextInt(4); j > 0; j--) {
                Path file = directory.resolve(PLACES.get(random.nextInt(PLACES.size())));
                write(file, mutate(scripts.get(random.nextInt(scripts.size())), random));
            }
        }
        Path output = root.resolve("out" + seed);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = {
            "runit", services.toString(), "--root", root.resolve("in" + seed).toString(), "-o", output.toString()
        };
        int code = PintleConvert.run(new PrintWriter(out), new PrintWriter(err), false, arguments);
        assertTrue(code == 0 || code == 3, () -> "seed " + seed + ": exit code " + code + "\n" + err);
        assertFalse(err.toString().contains("internal error"), () -> "seed " + seed + "\n" + err);
        assertFalse(err.toString().contains("/etc/pintle"), () -> "seed " + seed + "\n" + err);
        assertFalse(out.toString().contains("report this"), () -> "seed " + seed + "\n" + out);
        assertEquals(code == 0, Files.exists(output.resolve("etc/pintle/pintle.conf")), () -> "seed " + seed);
        if (Files.exists(output)) {
            try (Stream<Path> left = Files.list(output.resolve("etc"))) {
                assertEquals(1, left.count(), () -> "seed " + seed + ": something was left behind");
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        assertTrue(file.toFile().setExecutable(true, false));
    }
}
