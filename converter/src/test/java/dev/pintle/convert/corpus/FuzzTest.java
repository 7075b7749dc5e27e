package dev.pintle.convert.corpus;

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
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken configurations, made of real ones by a seed: the converter never hangs, never throws, never writes a half. */
class FuzzTest {

    private static final List<String> TOKENS = List.of(
            "[",
            "]",
            "=",
            ":",
            ";",
            "#",
            " ;",
            " #",
            "%",
            "%%",
            "%(",
            ")s",
            "%(ENV_X)s",
            "%(process_num)02d",
            "$",
            "${",
            "}",
            "'",
            "\"",
            "\\",
            "\n",
            "\n ",
            "\r",
            "\t",
            "\u0000",
            "\u00a0",
            "\uFEFF",
            ",",
            "..",
            "/",
            "~",
            "*",
            "-1",
            "99999999999999999999",
            "numprocs=900\n",
            "numprocs=%(ENV_N)s\n",
            "[DEFAULT]\n",
            "[include]\nfiles=*\n",
            "[group:g]\nprograms=a,a\n",
            "environment=A=B,C=\"d\n",
            "command=\n",
            "process_name=main\n",
            "priority=-5\n",
            "stdout_logfile=\n",
            "user=-\n",
            "directory=\n",
            "umask=-7\n",
            "\u00e9",
            "\uD83D\uDE00");

    private static final Mutation MUTATION = new Mutation(TOKENS, 12);

    @TempDir
    private Path root = Path.of("");

    @Test
    void survives() {
        List<Path> files = Corpus.supervisord();
        long seeds = Long.getLong("fuzz.seeds", 1500);
        for (long seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            String original = Corpus.read(files.get(random.nextInt(files.size())));
            String text = seed % 2 == 0
                    ? MUTATION.apply(original, random.nextInt(6) + 1, random)
                    : ConfigurationMutation.apply(original, random.nextInt(6) + 1, random);
            long current = seed;
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> convert(current, text), () -> "seed " + current);
        }
    }

    private void convert(long seed, String text) throws IOException {
        Path input = root.resolve("supervisord.conf");
        Path output = root.resolve("out" + seed);
        Files.write(input, text.getBytes(StandardCharsets.UTF_8));
        StringWriter err = new StringWriter();
        int code = PintleConvert.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                false,
                "supervisord",
                input.toString(),
                "--root",
                root.toString(),
                "-o",
                output.toString());
        assertTrue(code == 0 || code == 3, () -> "seed " + seed + ": exit code " + code + "\n" + err);
        assertFalse(err.toString().contains("internal error"), () -> "seed " + seed + "\n" + err + "\n" + text);
        assertFalse(err.toString().contains("/etc/pintle"), () -> "seed " + seed + "\n" + err + "\n" + text);
        assertTrue(Files.exists(output.resolve("etc/pintle/pintle.conf")) == (code == 0), () -> "seed " + seed);
        if (Files.exists(output)) {
            try (Stream<Path> left = Files.list(output.resolve("etc"))) {
                assertTrue(left.count() == 1, () -> "seed " + seed + ": something was left behind");
            }
        }
    }
}
