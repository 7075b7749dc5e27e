package dev.pintle.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.PintleConvert;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands of docs/converting.md and compares what they print with what the page says; a block of code whose
 * first line names a file is that file. {@code -Dgolden.rewrite=true} writes the outputs anew.
 */
class DocumentationTest {

    private static final Path PAGE = Path.of("../docs/converting.md");
    private static final Path MANUAL = Path.of("../docs/man/pintle-convert.1");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void examplesDoWhatThePageSays() throws Exception {
        launcher();
        List<String> rewritten = new ArrayList<>();
        List<String> lines = Files.readAllLines(PAGE);
        int commands = 0;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            rewritten.add(line);
            if (!line.startsWith("```")) {
                continue;
            }
            List<String> block = lines.subList(i + 1, end(lines, i + 1));
            String[] words = line.substring(3).split(" ", 2);
            if (words[0].equals("console")) {
                for (String command : block) {
                    if (command.startsWith("$ ")) {
                        commands++;
                        rewritten.add(command);
                        rewritten.addAll(run(command.substring(2)));
                    }
                }
            } else {
                rewritten.addAll(block);
                if (words.length == 2) {
                    Path file = directory.resolve(words[1]);
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, String.join("\n", block) + "\n");
                }
            }
            rewritten.add("```");
            i += block.size() + 1;
        }
        assertTrue(commands > 8, "the examples are gone");
        String page = String.join("\n", rewritten) + "\n";
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page);
    }

    private static int end(List<String> lines, int from) {
        int end = from;
        while (!lines.get(end).equals("```")) {
            end++;
        }
        return end;
    }

    /** A pintle-convert that runs the classes as they have been compiled. */
    private void launcher() throws IOException {
        Path launcher = Files.createDirectories(directory.resolve(".bin")).resolve("pintle-convert");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '" + System.getProperty("java.home") + "/bin/java' -XX:TieredStopAtLevel=1 -cp '"
                        + System.getProperty("java.class.path") + "' " + PintleConvert.class.getName() + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> run(String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("PATH", directory.resolve(".bin") + ":" + System.getenv("PATH"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().map(String::stripTrailing).toList();
    }

    @Test
    void manualHasEveryOption() throws IOException {
        String manual = Files.readString(MANUAL);
        TreeSet<String> missing = new TreeSet<>();
        for (String command : List.of("supervisord", "runit", "s6")) {
            StringWriter help = new StringWriter();
            PintleConvert.run(new PrintWriter(help), new PrintWriter(new StringWriter()), false, command, "--help");
            Pattern.compile("--([a-z][a-z-]+)")
                    .matcher(help.toString().substring(0, help.toString().indexOf("Examples:")))
                    .results()
                    .map((MatchResult result) -> result.group(1))
                    .filter(option -> !manual.contains("Fl Fl " + option))
                    .forEach(missing::add);
        }
        assertEquals(new TreeSet<>(), missing);
    }
}
