package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.Conversion;
import dev.pintle.convert.parse.supervisord.Environment;
import dev.pintle.convert.read.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** supervisord's own clients, and ours, run one script against supervisord and against what was converted: all is equal. */
class ControlEquivalenceIT {
    private static final Path WEB =
            Path.of("../web/target/native/pintle-web").toAbsolutePath().normalize();
    private static final Path SCRIPT = Path.of("src/test/python/control.py").toAbsolutePath();

    private static final String CONFIGURATION = "/etc/supervisord.conf";
    private static final String OURS = "/usr/lib/pintle/compat/supervisor/supervisorctl";
    private static final long PATIENCE_MINUTES = 10;

    private static final String SETTINGS = """
            [supervisord]
            user=root
            [unix_http_server]
            file=/run/supervisor.sock
            [inet_http_server]
            port=127.0.0.1:9001
            username=u
            password=p
            [rpcinterface:supervisor]
            supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
            [supervisorctl]
            serverurl=unix:///run/supervisor.sock
            [include]
            files=/etc/supervisord.d/*.conf
            """;

    private static final String NO_LOGS = "stdout_logfile=NONE\nstderr_logfile=NONE\n";
    private static final String MORE = "[program:more]\ncommand=sleep 1000\n" + NO_LOGS;

    private static final String PROGRAMS = """
            [program:solo]
            command=sleep 1000
            %1$s
            [program:many]
            command=sleep 1000
            numprocs=2
            process_name=%%(program_name)s_%%(process_num)02d
            %1$s
            [program:a]
            command=sleep 1000
            %1$s
            [program:b]
            command=sleep 1000
            %1$s
            [group:g]
            programs=a,b
            [program:idle]
            command=sleep 1000
            autostart=false
            %1$s
            [program:missing]
            command=/nosuch/program
            autostart=false
            %1$s
            [program:notexecutable]
            command=/etc/passwd
            autostart=false
            %1$s
            [program:quick]
            command=false
            autostart=false
            startretries=0
            %1$s
            [program:job]
            command=sh -c "sleep 2; exit 3"
            autostart=false
            autorestart=false
            %1$s
            [program:loud]
            command=sh -c "trap : HUP USR1; echo 0123456789; echo oh >&2; while :; do sleep 1000 & wait; done"
            stopasgroup=true
            stdout_logfile=/equivalence/logs/loud.out
            stderr_logfile=/equivalence/logs/loud.err
            [program:echo]
            command=cat
            stdout_logfile=/equivalence/logs/echo.out
            stderr_logfile=NONE
            [program:silent]
            command=sleep 1000
            %1$s
            [program:stubborn]
            command=sh -c "trap '' TERM; while :; do sleep 0.1; done"
            stopwaitsecs=1
            %1$s
            """.formatted(NO_LOGS);

    private static final String EDIT = """
            #!/bin/sh
            case $1 in
              touch-more)
                cp /prepared/more.conf /etc/supervisord.d/
                mkdir -p /etc/pintle/services
                cp -r /prepared/more /etc/pintle/services/ ;;
              touch-less) rm -rf /etc/supervisord.d/more.conf /etc/pintle/services/more ;;
            esac
            """;

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void require() {
        Machine.require("supervisord", "supervisorctl", "python3", "unshare", "nsenter", "gcc");
    }

    /** Lays out both: the original's configuration, and what is converted from it. */
    private Path layOut() throws IOException {
        Path root = new Pair(directory).root();
        Files.copy(WEB, root.resolve("usr/bin/pintle-web"));
        Path compat = Files.createDirectories(root.resolve(OURS.substring(1)).getParent());
        Files.createSymbolicLink(compat.resolve("supervisorctl"), Path.of("/usr/bin/pintle-web"));
        Files.copy(SCRIPT, root.resolve("control.py"));
        Machine.write(root, "equivalence-edit", EDIT, true);
        Machine.write(root, "prepared/more.conf", MORE, false);
        Machine.write(root, "etc/supervisord.d/.keep", "", false);
        Path more = Files.createDirectories(directory.resolve("more"));
        convert(more, PROGRAMS + MORE);
        Path converted = more.resolve("etc/pintle/services/more");
        Machine.write(root, "prepared/more/service.conf", Files.readString(converted.resolve("service.conf")), false);
        convert(root, PROGRAMS);
        return root;
    }

    private static void convert(Path root, String programs) {
        Machine.write(root, CONFIGURATION, SETTINGS + programs, false);
        Conversion conversion = Conversion.supervisord(
                new FileTree(root.resolve(CONFIGURATION.substring(1)), root), Environment.ofContainer(Map.of()));
        assertTrue(conversion.result().isPresent(), () -> conversion.problems().toString());
        conversion
                .result()
                .get()
                .files()
                .forEach((path, file) -> Machine.write(root, path, file.text(), file.executable()));
    }

    /** What a client saw of a supervisor, line by line. */
    private List<String> seen(String name, Path root, List<String> supervisor, String way)
            throws IOException, InterruptedException {
        Path work = Files.createDirectories(directory.resolve(name));
        Path shared = Files.createDirectories(work.resolve("shared"));
        Files.createDirectories(shared.resolve("logs"));
        Files.createDirectories(work.resolve("mount"));
        List<String> words = new ArrayList<>(Sandbox.container(work.resolve("mount"), root, shared));
        words.addAll(environment());
        words.addAll(supervisor);
        Process container = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("output").toFile())
                .start();
        try {
            drive(container, way);
            return Files.readAllLines(shared.resolve("seen"));
        } finally {
            container.descendants().forEach(ProcessHandle::destroyForcibly);
            container.destroyForcibly();
        }
    }

    private static List<String> environment() {
        List<String> words = new ArrayList<>(List.of("env", "-i"));
        Sandbox.ENVIRONMENT.forEach((variable, value) -> words.add(variable + "=" + value));
        return words;
    }

    private void drive(Process container, String way) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(
                List.of("nsenter", "--target", first(container), "--mount", "--pid", "--net", "--root", "--wd=/"));
        words.addAll(environment());
        words.addAll(List.of("python3", "/control.py", way, "/equivalence/seen"));
        Path said = directory.resolve("script-" + way.replace('/', '_'));
        Process script = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertTrue(script.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), "the script does not end");
        assertEquals(0, script.exitValue(), Files.readString(said));
    }

    /** The pid, out here, of process 1 of the container, once it is the supervisor. */
    private static String first(Process container) throws InterruptedException {
        for (int i = 0; i < 400; i++) {
            String pid = container
                    .children()
                    .findFirst()
                    .map(child -> "" + child.pid())
                    .orElse("");
            String root = pid.isEmpty() ? "/" : "/proc/" + pid + "/root";
            if (Files.exists(Path.of(root, "control.py"))) {
                return pid;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the container does not start");
    }

    private void isEqual(List<String> before, List<String> after, int least) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
            String was = i < before.size() ? before.get(i) : "nothing";
            String is = i < after.size() ? after.get(i) : "nothing";
            if (!was.equals(is)) {
                differences.add("was " + was + "\n is " + is);
            }
        }
        assertEquals("", String.join("\n", differences));
        assertTrue(before.size() >= least, "the script was run");
    }

    private List<String> original(String name, Path root, String client) throws IOException, InterruptedException {
        return seen(name, root, List.of("supervisord", "-n", "-c", CONFIGURATION), "ctl:" + client);
    }

    /** What clients saw at the same time, each of a supervisor of its own: most of it is waiting. */
    private static List<List<String>> together(List<Callable<List<String>>> clients)
            throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(clients.size());
        try {
            List<List<String>> seen = new ArrayList<>();
            for (Future<List<String>> client : pool.invokeAll(clients)) {
                seen.add(client.get());
            }
            return seen;
        } finally {
            pool.shutdown();
        }
    }

    /** Ours, by the control socket. */
    @Test
    void supervisorctlDoesWhatTheOriginalDoes() throws IOException, InterruptedException, ExecutionException {
        Path root = layOut();
        List<List<String>> seen = together(List.of(
                () -> original("before", root, "supervisorctl -c " + CONFIGURATION),
                () -> seen("after", root, List.of("/init"), "ctl:" + OURS + " -c " + CONFIGURATION)));
        isEqual(seen.get(0), seen.get(1), 100);
    }

    /** Ours, by XML-RPC, calls the original's server as the original's does. */
    @Test
    void supervisorctlCallsTheOriginal() throws IOException, InterruptedException, ExecutionException {
        Path root = layOut();
        List<List<String>> seen = together(List.of(
                () -> original("before", root, "supervisorctl -c " + CONFIGURATION),
                () -> original("unix", root, OURS + " -s unix:///run/supervisor.sock"),
                () -> original("http", root, OURS + " -s http://127.0.0.1:9001 -u u -p p")));
        isEqual(seen.get(0), seen.get(1), 100);
        isEqual(seen.get(0), seen.get(2), 100);
    }
}
