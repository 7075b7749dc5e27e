package dev.pintle.equivalence;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Runs a supervisor as process 1 of namespaces of its own, in this machine's root file system with files laid over it.
 * What it writes there is gone afterwards; {@code /equivalence} is shared with the test.
 */
final class Sandbox {

    /** The environment of every container, so that it is the same for both supervisors. */
    static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME",
            "/root",
            "HOSTNAME",
            "probe",
            "GREETING",
            "two words",
            "EMPTY",
            "");

    private static final String SCRIPT = """
            set -e
            ip link set lo up 2>/dev/null || true
            mount -t tmpfs none "$1"
            mkdir "$1/upper" "$1/work" "$1/root"
            cp -a "$2/." "$1/upper/"
            mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
            mkdir -p "$1/root/equivalence"
            mount --bind "$3" "$1/root/equivalence"
            mount --rbind /dev "$1/root/dev"
            mount -t proc proc "$1/root/proc"
            root=$1/root
            shift 3
            cd "$root"
            exec chroot "$root" "$@"
            """;

    private static final long STOP_SECONDS = 60;

    private final Path directory;
    private final boolean stopsByFile;
    private final int times;

    /**
     * Works in a directory of the test's; the container stops at SIGTERM, or once {@code /equivalence/stop} is there.
     *
     * @param times how often it is told to stop, if it does not
     */
    Sandbox(Path directory, boolean stopsByFile, int times) {
        this.directory = directory;
        this.stopsByFile = stopsByFile;
        this.times = times;
    }

    /** The directory that is {@code /equivalence} in the container. */
    private Path shared() {
        return directory.resolve("shared");
    }

    /**
     * Runs a command until it was told to stop and has ended.
     *
     * @param files    laid over the machine's root; those below {@code equivalence/logs} are there to begin with
     * @param settled  whether all has been seen, given the records so far
     * @param patience how long to wait for that, in seconds
     * @param settling how much longer to look then, in milliseconds
     */
    Observation run(
            Path files,
            Map<String, String> environment,
            List<String> command,
            Predicate<Map<String, List<ProbeRecord>>> settled,
            long patience,
            long settling)
            throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("mount"));
        Path records = Files.createDirectories(shared().resolve("records"));
        Path logs = Files.createDirectories(shared().resolve("logs"));
        Path prepared = files.resolve("equivalence/logs");
        if (Files.exists(prepared)) {
            Machine.run(List.of("cp", "-a", prepared + "/.", logs.toString()));
        }
        records.toFile().setWritable(true, false);
        logs.toFile().setWritable(true, false);
        Process process = start(files, environment, command);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
        while (!settled.test(read(records)) && process.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        Thread.sleep(settling);
        Files.createFile(shared().resolve("stop"));
        boolean ended = !stopsByFile && end(process);
        ended = ended || process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Observation(read(records), text("stdout"), text("stderr"), texts(logs), ended);
    }

    /**
     * Tells it to end. supervisord can miss a SIGTERM while programs are starting, and is told again; for init a second one
     * would mean to kill.
     */
    private boolean end(Process process) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            // ProcessHandle.destroy sends nothing where it takes the process for another one, by its start time.
            process.children().forEach(child -> Machine.run(List.of("sh", "-c", "kill -TERM " + child.pid())));
            if (process.waitFor(STOP_SECONDS / times, TimeUnit.SECONDS)) {
                return true;
            }
        }
        return false;
    }

    private Process start(Path files, Map<String, String> environment, List<String> command) throws IOException {
        List<String> words = new ArrayList<>(container(directory.resolve("mount"), files, shared()));
        words.add("env");
        words.add("-i");
        Map<String, String> all = new TreeMap<>(ENVIRONMENT);
        all.putAll(environment);
        all.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(command);
        return new ProcessBuilder(words)
                .redirectInput(Path.of("/dev/null").toFile())
                // A supervisor, and programs that open /dev/stdout, each have an offset of their own.
                .redirectOutput(Redirect.appendTo(directory.resolve("stdout").toFile()))
                .redirectError(Redirect.appendTo(directory.resolve("stderr").toFile()))
                .start();
    }

    /**
     * The words that run what follows them as process 1 of a container.
     *
     * @param mount  an empty directory
     * @param files  laid over the machine's root
     * @param shared the directory that is {@code /equivalence} in the container
     */
    static List<String> container(Path mount, Path files, Path shared) {
        return List.of(
                "unshare",
                "--fork",
                "--kill-child",
                "--pid",
                "--mount",
                "--net",
                "sh",
                "-c",
                SCRIPT,
                "sandbox",
                mount.toString(),
                files.toString(),
                shared.toString());
    }

    private String text(String name) {
        try {
            return Files.readString(directory.resolve(name));
        } catch (IOException e) {
            return "";
        }
    }

    private static Map<String, String> texts(Path directory) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    /** The records {@code NAME.1}, {@code NAME.2} … of each program. */
    private static Map<String, List<ProbeRecord>> read(Path directory) throws IOException {
        Map<String, Map<Integer, ProbeRecord>> found = new TreeMap<>();
        for (Map.Entry<String, String> file : texts(directory).entrySet()) {
            int dot = file.getKey().lastIndexOf('.');
            found.computeIfAbsent(file.getKey().substring(0, dot), n -> new TreeMap<>())
                    .put(Integer.parseInt(file.getKey().substring(dot + 1)), ProbeRecord.parse(file.getValue()));
        }
        Map<String, List<ProbeRecord>> records = new TreeMap<>();
        found.forEach((name, starts) -> records.put(name, List.copyOf(starts.values())));
        return records;
    }
}
