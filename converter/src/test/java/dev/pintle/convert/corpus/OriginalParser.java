package dev.pintle.convert.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * supervisord's own parser, of Debian's package: 4.2.5. From there to 4.3.0, which ours is made after, only the way in which
 * plug-ins are imported has changed in what reads configurations, and no plug-in is imported here.
 */
final class OriginalParser {

    static final String HOST = "HOSTNODE";

    private static final String PYTHON = "/usr/bin/python3";
    private static final Path SCRIPT = Path.of("src/test/python/original_parser.py");

    private OriginalParser() {}

    /** Aborts the test, and says why, where it is not on this machine; Python's own parser had other rules before 3.11. */
    static void require() {
        String check = "import sys, supervisor.options; sys.exit(sys.version_info < (3, 11))";
        boolean there = Files.isExecutable(Path.of(PYTHON)) && run(List.of(PYTHON, "-c", check), Map.of(), null) == 0;
        Assumptions.assumeTrue(
                there, "NOT RUN: Python 3.11 has no package supervisor here (scripts/prerequisites test)");
    }

    /**
     * What it makes of each of some files.
     *
     * @param environment its whole environment
     * @param output      a file to write to
     * @return for each file its model, or its message as {@code error}
     */
    static List<Map<String, Object>> parse(List<Path> files, Map<String, String> environment, Path output)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(PYTHON, SCRIPT.toString(), HOST));
        files.forEach(file -> command.add(file.toString()));
        assertEquals(0, run(command, environment, output), "the original's parser failed");
        List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
        assertEquals(files.size(), lines.size());
        return lines.stream().map(Json::object).toList();
    }

    private static int run(
            List<String> command, Map<String, String> environment, @org.jspecify.annotations.Nullable Path output) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.redirectOutput(
                output == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.to(output.toFile()));
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
