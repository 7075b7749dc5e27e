package dev.pintle.equivalence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a tree of the oracle under Pintle, with the oracle's probe and the same acts from outside. */
final class OracleContainer {

    /** What a link to the probe has become in the collection. */
    private static final String PROBE = "/usr/local/bin/probe";

    private static final String NC = "#!/bin/bash\nshift\nexec 3<>\"/dev/tcp/$1/$2\"\n";

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final int PATIENCE_SECONDS = 20;

    private final OracleVariant variant;
    private final Path directory;
    private final Path root;
    private final Path log;

    /**
     * What was seen.
     *
     * @param events  as the probe wrote them, in order
     * @param answers of the programs that were executed from outside, in order
     * @param code    of the container
     * @param ended   whether it ended without being killed
     * @param stderr  what init said
     */
    record Seen(
            List<Map<String, Object>> events,
            List<Map<String, Object>> answers,
            int code,
            boolean ended,
            String stderr) {}

    /** Works in a directory of the test's. */
    OracleContainer(OracleVariant variant, Path directory, Path probe) throws IOException {
        this.variant = variant;
        this.directory = directory;
        this.root = Files.createDirectories(directory.resolve("root"));
        Path shared = Files.createDirectories(directory.resolve("shared"));
        this.log = Files.createFile(shared.resolve("log"));
        log.toFile().setWritable(true, false);
        copy(variant.in().resolve("root"), root);
        Files.createDirectories(root.resolve("usr/local/bin"));
        Files.copy(probe, root.resolve(PROBE.substring(1)));
        Machine.write(root, "usr/local/bin/nc", NC, true);
        Path oracle = Files.createDirectories(root.resolve("oracle"));
        oracle.toFile().setWritable(true, false);
        Files.createSymbolicLink(oracle.resolve("log"), Path.of("/equivalence/log"));
        for (Path place : List.of(variant.in(), variant.variant())) {
            if (Files.isDirectory(place.resolve("steps"))) {
                copy(place.resolve("steps"), oracle.resolve("steps"));
            }
        }
        accounts();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (Files.size(path) == PROBE.length()
                        && Files.readString(path).equals(PROBE)) {
                    Files.createSymbolicLink(target, Path.of(PROBE));
                } else {
                    Files.deleteIfExists(target);
                    Files.copy(path, target);
                    target.toFile().setWritable(true);
                    target.toFile().setExecutable(Files.isExecutable(path) && isExecutable(path), false);
                }
            }
        }
    }

    /** Root may execute what any may. */
    private static boolean isExecutable(Path path) throws IOException {
        return Files.getPosixFilePermissions(path).toString().contains("EXECUTE");
    }

    /** Those of the recording. */
    private void accounts() throws IOException {
        String passwd =
                "abc:x:911:911::/config:/bin/false\nnotes:x:1200:1200::/srv:/bin/sh\nproxy:x:13:13::/bin:/bin/sh\n";
        String group = "abc:x:911:\nnotes:x:1200:\nmore:x:1400:abc,notes\nproxy:x:13:\n";
        Machine.write(root, "etc/passwd", without(Path.of("/etc/passwd")) + passwd, false);
        Machine.write(root, "etc/group", without(Path.of("/etc/group")) + group, false);
    }

    private static String without(Path file) throws IOException {
        StringBuilder out = new StringBuilder();
        Files.readAllLines(file).stream()
                .filter(line -> !line.matches("(?:abc|notes|more|proxy):.*"))
                .forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    /** The files that lie over the machine's. */
    Path root() {
        return root;
    }

    /** Runs it until it has ended. */
    Seen run() throws IOException, InterruptedException {
        Path mount = Files.createDirectories(directory.resolve("mount"));
        DockerOptions options = DockerOptions.parse(variant.lines("run.txt"));
        List<String> words = new ArrayList<>(Sandbox.container(mount, root, directory.resolve("shared")));
        words.addAll(clean());
        words.addAll(options.before());
        words.add("/init");
        words.addAll(variant.command());
        Process process = new ProcessBuilder(words)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Redirect.appendTo(directory.resolve("stdout").toFile()))
                .redirectError(Redirect.appendTo(directory.resolve("stderr").toFile()))
                .start();
        List<Map<String, Object>> answers = new ArrayList<>();
        for (String line : variant.lines("do.txt")) {
            act(process, line, options.stopSignal(), answers);
        }
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        String stderr = Files.readString(directory.resolve("stderr"));
        return new Seen(events(), answers, ended ? process.exitValue() : -1, ended, stderr);
    }

    /** The words that give a program the environment of the container alone. */
    private List<String> clean() {
        Map<String, String> environment = new TreeMap<>(Map.of("PATH", PATH, "HOME", "/root", "HOSTNAME", "box"));
        environment.putAll(variant.environment());
        List<String> words = new ArrayList<>(List.of("env", "-i"));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        return words;
    }

    private void act(Process process, String line, String stopSignal, List<Map<String, Object>> answers)
            throws IOException, InterruptedException {
        String[] words = line.split(" +", 2);
        switch (words[0]) {
            case "sleep" -> Thread.sleep(Long.parseLong(words[1]));
            case "wait" -> await(process, words[1].split(" +", -1));
            case "exec" -> answers.add(execute(process, words[1]));
            case "stop", "signal" -> {
                String signal = words[0].equals("stop") ? stopSignal : words[1];
                process.children()
                        .forEach(child -> Machine.run(List.of("sh", "-c", "kill -" + signal + " " + child.pid())));
            }
            default -> throw new IOException("cannot play '" + line + "'");
        }
    }

    private void await(Process process, String[] words) throws InterruptedException {
        long wanted = words.length > 2 ? Long.parseLong(words[2]) : 1;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (seen(words[0], words[1]) < wanted && process.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
    }

    /** What {@code docker exec} gives. */
    private Map<String, Object> execute(Process process, String script) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("nsenter", "-m", "-p", "-n", "-t"));
        words.add(String.valueOf(
                process.children().mapToLong(ProcessHandle::pid).findFirst().orElse(0)));
        words.addAll(List.of("--root", "--wd"));
        words.addAll(clean());
        words.addAll(List.of("sh", "-c", "PATH=/command:$PATH; " + script));
        Path output = Files.createTempFile(directory, "output", "");
        Path errors = Files.createTempFile(directory, "errors", "");
        Process run = new ProcessBuilder(words)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        boolean ended = run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        run.destroyForcibly();
        return Map.of(
                "command",
                script,
                "code",
                ended ? (Object) (long) run.exitValue() : "still runs",
                "output",
                Files.readAllLines(output),
                "errors",
                Files.readAllLines(errors));
    }

    private long seen(String name, String event) {
        return events().stream()
                .filter(each -> name.equals(each.get("name")) && (event.equals("*") || event.equals(each.get("ev"))))
                .count();
    }

    private List<Map<String, Object>> events() {
        try {
            List<Map<String, Object>> events = new ArrayList<>();
            for (String line : Files.readString(log).split("\n", -1)) {
                if (line.endsWith("}")) {
                    events.add(OracleJson.object(line));
                }
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
