package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the guide and the pages around it show. Each chapter is a container of its own: a block whose first line names a file is that file
 * of the layout, one of {@code ini} without a name is (part of) a file, and both are checked; one that is marked {@code
 * wrong} has to be found wrong. A block of {@code console} is executed, against the running container unless its commands
 * start {@code /init} themselves, and what it prints is what the page says, but for pids and times. {@code
 * -Dgolden.rewrite=true} writes what it printed into the page.
 */
final class GuideIT {
    private static final List<Path> PAGES = Stream.of("start", "guide", "operate", "kubernetes", "compose", "by-hand")
            .map(name -> Path.of("../docs", name + ".md"))
            .toList();

    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern INIT = Pattern.compile("(^|[ ;&(])/init\\b");
    /** Commands that only look: what they show may take a while to come about. */
    private static final Pattern LOOK = Pattern.compile("pintle (status|tree|health)( [\\w-]+)*");

    private static final Pattern CONTAINER_FILE =
            Pattern.compile("^\\[(container|signals|defaults|control|web)]", Pattern.MULTILINE);

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private final List<String> wrong = new ArrayList<>();
    private Programs programs = Programs.ours(Path.of("/nonexistent"));
    private String namespace = "";
    private Path layout = Path.of("/nonexistent");
    /** Whether the page says that it is. */
    private boolean layoutIsWrong;

    private boolean layoutIsChecked = true;
    private @Nullable Process container;
    private int chapters;
    private int commands;

    @Test
    void everyExampleDoesWhatThePageSays() throws IOException, InterruptedException {
        programs = Programs.ours(scratch.resolve("bin"), "init", "pintle", "pintle-notify");
        namespace = programs.namespace(scratch);
        for (Path page : PAGES) {
            followPage(page);
        }
        assertTrue(commands > 20, "the examples are gone");
        assertEquals(List.of(), wrong);
    }

    /** Does what a page shows, and compares it with what came of it. */
    private void followPage(Path page) throws IOException, InterruptedException {
        List<String> lines = Files.readAllLines(page);
        List<String> rewritten = new ArrayList<>();
        beginChapter();
        try {
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                rewritten.add(line);
                if (line.startsWith("## ")) {
                    beginChapter();
                } else if (line.startsWith("```")) {
                    int end = lines.subList(i + 1, lines.size()).indexOf("```") + i + 1;
                    rewritten.addAll(follow(line.substring(3).split(" ", -1), lines.subList(i + 1, end)));
                    rewritten.add("```");
                    i = end;
                }
            }
            checkLayout();
        } finally {
            stopContainer();
        }
        String shown = String.join("\n", rewritten) + "\n";
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.writeString(page, shown);
        }
        assertEquals(Files.readString(page), shown, "rewrite with -Dgolden.rewrite=true");
    }

    /** What the first page shows has to build as it is printed. */
    @Test
    void theServicesOfTheReadmeAreALayout() throws IOException {
        programs = Programs.ours(scratch.resolve("bin"), "pintle");
        Path readme = Files.createDirectories(scratch.resolve("readme"));
        List<String> lines = Files.readAllLines(Path.of("../README.md"));
        int services = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```ini services/")) {
                int end = i + lines.subList(i, lines.size()).indexOf("```");
                String file = lines.get(i).substring("```ini ".length());
                put(readme.resolve(file), String.join("\n", lines.subList(i + 1, end)) + "\n");
                services++;
            }
        }
        assertEquals(2, services);
        Programs.Result result = programs.run(scratch, "pintle check --layout-only readme");
        assertEquals("readme: 2 services: nothing wrong\n", result.output(), result.errors());
    }

    /** Does what a block says; what the block should be. */
    private List<String> follow(String[] kind, List<String> block) throws IOException, InterruptedException {
        String text = String.join("\n", block) + "\n";
        if (kind[0].equals("console")) {
            return transcript(block);
        }
        if (kind.length > 1) {
            put(layout.resolve(kind[1]), text);
            layoutIsWrong |= kind.length > 2 && kind[2].equals("wrong");
            layoutIsChecked = false;
        } else if (kind[0].equals("ini")) {
            check(example(text), false);
        }
        return block;
    }

    /** A layout around what stands on the page: settings of the container speak of a service web, a service has a command. */
    private Path example(String text) throws IOException {
        Path example = Files.createTempDirectory(scratch, "example");
        if (CONTAINER_FILE.matcher(text).find()) {
            put(example.resolve("pintle.conf"), text);
            put(example.resolve("services/web/service.conf"), "command = web\n");
        } else {
            put(example.resolve("services/example/service.conf"), text);
        }
        return example;
    }

    /** Checks the chapter's layout as it is first used: a transcript may edit it. */
    private void checkLayout() {
        if (!layoutIsChecked) {
            layoutIsChecked = true;
            check(layout, layoutIsWrong);
        }
    }

    private static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        if (text.startsWith("#!")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private void check(Path directory, boolean expectedWrong) {
        Programs.Result result = programs.run(scratch, "pintle check --layout-only " + directory);
        if (expectedWrong == (result.code() == 0)) {
            wrong.add(result.output() + result.errors());
        }
    }

    // Transcripts

    private List<String> transcript(List<String> block) throws IOException, InterruptedException {
        checkLayout();
        boolean startsItself =
                block.stream().anyMatch(line -> INIT.matcher(line).find());
        if (container == null && !startsItself && !layoutIsWrong) {
            startContainer();
        }
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < block.size(); ) {
            String command = block.get(i).substring(2);
            int end = i + 1;
            while (end < block.size() && !block.get(end).startsWith("$ ")) {
                end++;
            }
            List<String> expected = block.subList(i + 1, end);
            List<String> printed = execute(command);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (LOOK.matcher(command).matches() && !normalized(expected).equals(normalized(printed))) {
                if (Boolean.getBoolean("golden.rewrite") || System.nanoTime() > deadline) {
                    break;
                }
                Thread.sleep(100);
                printed = execute(command);
            }
            shown.add("$ " + command);
            shown.addAll(normalized(expected).equals(normalized(printed)) ? expected : printed);
            i = end;
        }
        return shown;
    }

    private List<String> execute(String command) {
        commands++;
        String script = INIT.matcher(command).replaceAll(match -> match.group(1) + namespace + "init");
        Programs.Result result = programs.run(layout, inside("exec 2>&1\n" + script), variables());
        String output = new String(result.output().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return output.replace(layout.toString(), "/etc/pintle")
                .lines()
                .map(String::stripTrailing)
                .toList();
    }

    /** As docker exec has it: an init serves nobody of another pid namespace. */
    private String inside(String script) {
        Process running = container;
        if (running == null || namespace.isEmpty()) {
            return script;
        }
        long init = running.children().findFirst().orElseThrow().pid();
        String user = namespace.contains("--user") ? " --user --preserve-credentials" : "";
        String all = "cd " + layout + "\n" + script;
        return "exec nsenter --target " + init + " --pid --mount" + user + " sh -c '" + all.replace("'", "'\\''") + "'";
    }

    private String[] variables() {
        return new String[] {"PINTLE_DIR=" + layout, "PINTLE_CONTROL=" + layout.resolve("control"), "LOG_DIR=" + layout
        };
    }

    /** Without what differs from run to run: moments, durations, pids, and the widths of columns that follow from them. */
    private static List<String> normalized(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                        .replaceAll("\\b(\\d+(\\.\\d+)?(ms|[smhd]))+\\b", "DURATION")
                        .replaceAll("(_ms\": ?)\\d+", "$1N")
                        .replaceAll("(pid\": ?)\\d+", "$1N")
                        .replaceAll("\\(pid \\d+\\)", "(pid N)")
                        .replaceAll("^(\\S+ +\\S+ +DURATION +)\\d+", "$1PID")
                        .replaceAll(" +", " "))
                .toList();
    }

    // The container

    private void beginChapter() throws IOException, InterruptedException {
        checkLayout();
        stopContainer();
        layoutIsWrong = false;
        layout = Files.createDirectories(scratch.resolve("chapter-" + ++chapters));
    }

    private void startContainer() throws IOException, InterruptedException {
        Process process = programs.shell(layout, "exec " + namespace + "init", variables())
                .redirectErrorStream(true)
                .redirectOutput(layout.resolve("output").toFile())
                .start();
        container = process;
        process.getOutputStream().close();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(layout.resolve("control"))) {
            boolean late = System.nanoTime() > deadline || !process.isAlive();
            assertTrue(!late, () -> "it does not listen: " + wrong);
            Thread.sleep(10);
        }
        programs.run(layout, inside("pintle wait --timeout 20s"), variables());
    }

    private void stopContainer() throws InterruptedException {
        Process process = container;
        if (process != null) {
            programs.run(layout, inside("pintle shutdown"), variables());
            container = null;
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not stop");
        }
    }
}
