package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.convert.command.PintleConvert;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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

/** Converts a tree of the oracle and runs it under Pintle, with the oracle's probe and the same acts from outside. */
final class OracleContainer {

    /** What a link to the probe has become in the collection. */
    private static final String PROBE = "/usr/local/bin/probe";

    private static final String NC = "#!/bin/bash\nshift\nexec 3<>\"/dev/tcp/$1/$2\"\n";

    private static final int PATIENCE_SECONDS = 20;

    private final OracleVariant variant;
    private final Path directory;
    private final Path root;
    private final Path log;

    /**
     * What was seen.
     *
     * @param events as the probe wrote them, in order
     * @param code   of the container
     * @param ended  whether it ended without being killed
     * @param stderr what init said
     */
    record Seen(List<Map<String, Object>> events, int code, boolean ended, String stderr) {}

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
        overlay();
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

    private void overlay() throws IOException {
        Files.copy(Machine.INIT, root.resolve("init"));
        Path compat = Files.createDirectories(root.resolve("usr/lib/pintle/compat/s6"));
        for (String program :
                List.of("s6-setuidgid", "s6-envdir", "s6-notifyoncheck", "with-contenv", "printcontenv")) {
            Files.createSymbolicLink(compat.resolve(program), Path.of("/init"));
        }
        Path programs = Files.createDirectories(root.resolve("usr/bin"));
        for (String program :
                List.of("pintle", "pintle-env", "pintle-setuser", "pintle-log", "pintle-check-tcp", "pintle-chown")) {
            Files.createSymbolicLink(programs.resolve(program), Path.of("/init"));
        }
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

    /** Converts the tree; returns the report as JSON. */
    String convert() {
        List<String> words = new ArrayList<>(List.of("s6", root.toString(), "-o", root.toString(), "--json"));
        variant.environment().forEach((name, value) -> {
            if (name.startsWith("S6_")) {
                words.addAll(List.of("--env", name + "=" + value));
            }
        });
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = PintleConvert.run(new PrintWriter(out), new PrintWriter(err), false, words.toArray(String[]::new));
        assertEquals(0, code, () -> variant.name() + " is not converted: " + err);
        return out.toString();
    }

    /** Runs it until it has ended. */
    Seen run() throws IOException, InterruptedException {
        Path mount = Files.createDirectories(directory.resolve("mount"));
        List<String> words = new ArrayList<>(Sandbox.container(mount, root, directory.resolve("shared")));
        Map<String, String> environment = new TreeMap<>(Map.of(
                "PATH",
                "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "HOME",
                "/root",
                "HOSTNAME",
                "box"));
        environment.putAll(variant.environment());
        words.addAll(List.of("env", "-i"));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        words.add("/init");
        words.addAll(variant.command());
        Process process = new ProcessBuilder(words)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Redirect.appendTo(directory.resolve("stdout").toFile()))
                .redirectError(Redirect.appendTo(directory.resolve("stderr").toFile()))
                .start();
        for (String line : variant.lines("do.txt")) {
            act(process, line);
        }
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Seen(
                events(), ended ? process.exitValue() : -1, ended, Files.readString(directory.resolve("stderr")));
    }

    private void act(Process process, String line) throws IOException, InterruptedException {
        String[] words = line.split(" +", -1);
        switch (words[0]) {
            case "sleep" -> Thread.sleep(Long.parseLong(words[1]));
            case "wait" -> {
                long wanted = words.length > 3 ? Long.parseLong(words[3]) : 1;
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                while (seen(words[1], words[2]) < wanted && process.isAlive() && System.nanoTime() < deadline) {
                    Thread.sleep(20);
                }
            }
            case "stop", "signal" -> {
                String signal = words[0].equals("stop") ? "TERM" : words[1];
                process.children()
                        .forEach(child -> Machine.run(List.of("sh", "-c", "kill -" + signal + " " + child.pid())));
            }
            default -> throw new IOException("cannot play '" + line + "': it needs s6's programs");
        }
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
