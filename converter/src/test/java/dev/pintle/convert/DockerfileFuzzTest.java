package dev.pintle.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.PintleConvert;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken builds, made of the golden ones by a seed: the converter never hangs, never throws, never writes a half, and
 * leaves every line as it was that it has no reason to change. {@code -Dfuzz.seeds=N} plays more of them.
 */
class DockerfileFuzzTest {

    private static final List<String> TOKENS = List.of(
            "\\\n",
            "\\",
            "`",
            "\n",
            "\r\n",
            " && ",
            " || ",
            "; ",
            " | ",
            " & ",
            "(",
            ")",
            "'",
            "\"",
            "[\"",
            "\"]",
            ",",
            "$",
            "${",
            "}",
            "<<EOF\n",
            "EOF\n",
            "# ",
            "# escape=`\n",
            "ONBUILD ",
            "FROM scratch\n",
            "FROM 0\n",
            "RUN apt-get install supervisor\n",
            "RUN pip install -r requirements.txt supervisor\n",
            "COPY . /\n",
            "COPY --from=0 . /\n",
            "COPY * /etc/\n",
            "COPY ../../../etc/passwd /etc/\n",
            "ADD [\"supervisord.conf\", \"/\"]\n",
            "WORKDIR $X/..\n",
            "CMD supervisord\n",
            "CMD [\"sh\", \"-c\", \"supervisord & wait\"]\n",
            "ENTRYPOINT [\"tini\", \"--\"]\n",
            "ENTRYPOINT exec supervisord -n \"$@\"\n",
            "HEALTHCHECK CMD supervisorctl status\n",
            "supervisord ",
            "supervisor ",
            "exec ",
            "\u0000",
            "\uFEFF",
            "\u00e9");

    private static final Mutation MUTATION = new Mutation(TOKENS, 12);

    private static final Path FOLDERS = Path.of("src/test/resources/golden/dockerfile");

    @TempDir
    private Path root = Path.of("");

    @Test
    void survives() throws IOException {
        List<Path> folders;
        try (Stream<Path> list = Files.list(FOLDERS)) {
            folders = list.sorted().toList();
        }
        long seeds = Long.getLong("fuzz.seeds", 600);
        for (long seed = 0; seed < seeds; seed++) {
            Random random = new Random(seed);
            Map<String, String> build = new TreeMap<>(
                    Trees.read(folders.get(random.nextInt(folders.size())).resolve("input")));
            build.replaceAll(
                    (name, text) -> name.endsWith(".conf") || random.nextInt(3) == 0 ? text : mutate(text, random));
            long current = seed;
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> move(current, build), () -> "seed " + current);
        }
    }

    private static String mutate(String text, Random random) {
        return MUTATION.apply(text, random.nextInt(6) + 1, random);
    }

    private void move(long seed, Map<String, String> build) throws IOException {
        Path context = root.resolve("context" + seed);
        Trees.write(context, build);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("supervisord", "--write", "--dockerfile"));
        arguments.addAll(List.of(context + "/Dockerfile", "-o", context + "/out"));
        int code =
                PintleConvert.run(new PrintWriter(out), new PrintWriter(err), false, arguments.toArray(String[]::new));
        String said = "seed " + seed + ": exit code " + code + "\n" + err;
        assertTrue(code == 0 || code == 2 || code == 3, said);
        assertFalse(err.toString().contains("internal error"), () -> said + build.get("Dockerfile"));
        Map<String, String> after = Trees.read(context);
        boolean written = after.containsKey("out/etc/pintle/pintle.conf");
        assertEquals(code == 0, written, said);
        after.keySet().removeIf(name -> name.startsWith("out/"));
        assertEquals(build.keySet(), after.keySet(), () -> said + "something was left behind");
        if (code != 0) {
            assertEquals(build, after, () -> said + "half of it was written");
        } else {
            after.forEach((name, text) -> untouchedLinesStay(said, build.getOrDefault(name, ""), text));
        }
    }

    /** Each line of the result was there before, has to do with Pintle, or is a shortened line. */
    private static void untouchedLinesStay(String said, String before, String after) {
        List<String> lines = before.lines().toList();
        for (String line : after.lines().toList()) {
            boolean ours = line.contains("init")
                    || line.toUpperCase(Locale.ROOT).contains("STOPSIGNAL SIGTERM")
                    || line.contains("[]")
                    || line.contains("pintle")
                    || line.contains("out")
                    || line.contains("true");
            assertTrue(
                    lines.contains(line)
                            || ours
                            || lines.stream().anyMatch(old -> isPart(line, old))
                            || joined(line, lines),
                    () -> said + "a line is new: " + line + "\nin\n" + after + "\nof\n" + before);
        }
    }

    /** Whether a line is what is left of another when characters are taken out. */
    private static boolean isPart(String line, String old) {
        int at = 0;
        for (int i = 0; i < old.length() && at < line.length(); i++) {
            at += old.charAt(i) == line.charAt(at) ? 1 : 0;
        }
        return at == line.length();
    }

    /** Whether a line is what is left of several that followed each other. */
    private static boolean joined(String line, List<String> lines) {
        return isPart(line, String.join("", lines));
    }
}
