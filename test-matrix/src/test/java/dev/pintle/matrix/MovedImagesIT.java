package dev.pintle.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * Images with the original supervisor, and what a move makes of them: both are built and run, and have the same processes
 * with the same users, words, directories and variables, listen at the same ports, say the same, and end alike. Each folder
 * of {@code src/test/images/moves} is a build context that stands for a kind.
 */
class MovedImagesIT {

    private static final Path CONTEXTS = Path.of("src", "test", "images", "moves");
    private static final Path WORK = Path.of("target", "images", "moves").toAbsolutePath();

    /** Debian has both supervisors in packages. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Distribution.class, names = "DEBIAN")
    @ExtendWith(MatrixExtension.class)
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    @interface Kind {}

    /**
     * Of each process: whose it is, its words, its umask, where it works and its variables; not of the supervisors and their
     * helpers. What may not be read of another user's, the programs say themselves.
     */
    private static final String PROCESSES = """
            for p in /proc/[0-9]*; do
              words=$({ tr '\\0' '|' <"$p/cmdline"; } 2>/dev/null) || continue
              case $words in
                sh\\|-c\\|for* | *pidproxy*) continue ;;
                *worker* | *server* | *keeper*) ;;
                *) continue ;;
              esac
              echo "$(stat -c %U "$p") $words umask $(sed -n 's/^Umask:.//p' "$p/status") in $(readlink "$p/cwd") $(
                { tr '\\0' '\\n' <"$p/environ"; } 2>/dev/null |
                  grep -vE '^(SUPERVISOR_|PINTLE_|HOSTNAME=|LC_CTYPE=|PWD=|OLDPWD=|SHLVL=|_=)' | sort | tr '\\n' ' ')"
            done | sort
            """;

    private static final String PORTS =
            "cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk '$4 == \"0A\" { print $2 }' | sort";

    /** An image before or after its move. */
    private record Image(String name) {

        /** What it does, once all of these are true of it, and how it stops. */
        Observed observe(Condition... settled) {
            return observe(true, settled);
        }

        /** The same of one that a stop would only kill. */
        Observed look(Condition... settled) {
            return observe(false, settled);
        }

        private Observed observe(boolean stops, Condition... settled) {
            try (PintleContainer container = PintleContainer.ofImage(name)) {
                container.start();
                for (Condition each : settled) {
                    container.eventually(name + " has settled", () -> each.holds(container));
                }
                String processes = container.sh(PROCESSES).output();
                String ports = container.sh(PORTS).output();
                if (stops) {
                    container.dockerStop();
                }
                return new Observed(processes, ports, container.getLogs(), stops ? container.exitCode() : -1);
            }
        }

        /** What {@code docker run IMAGE sh -c …} prints. */
        String shell() {
            return Command.run(
                    "docker",
                    "run",
                    "--rm",
                    "--label",
                    "dev.pintle.test=container",
                    name,
                    "sh",
                    "-c",
                    "id -un; pwd; echo $0");
        }
    }

    private interface Condition {
        boolean holds(PintleContainer container) throws IOException, InterruptedException;
    }

    /** What was seen of a container. */
    private record Observed(String processes, String ports, String log, long exitCode) {

        /** The lines that the image's own programs have written, but for their last: who is killed writes none. */
        TreeSet<String> said() {
            TreeSet<String> lines = new TreeSet<>();
            log.lines()
                    .filter(line -> line.startsWith("worker ") || line.contains(" has done"))
                    .filter(line -> !line.endsWith(" stops"))
                    .forEach(lines::add);
            return lines;
        }

        /** How many programs were told to stop, and had the time to say so. */
        long stopped() {
            return log.lines().filter(line -> line.endsWith(" stops")).count();
        }
    }

    private record Pair(Image before, Image after, String dockerfile) {}

    private static Condition runs(String... words) {
        return container -> {
            String processes = container.sh(PROCESSES).output();
            return Stream.of(words).allMatch(processes::contains);
        };
    }

    private static void compare(Observed before, Observed after) {
        assertEquals(before.processes(), after.processes(), after::log);
        assertEquals(before.ports(), after.ports());
        assertEquals(before.said(), after.said());
        assertFalse(before.said().isEmpty(), () -> "nothing was said: " + before.log());
    }

    private static Pair move(String kind, String supervisor) {
        try {
            Path context = WORK.resolve(kind);
            Command.run("rm", "-rf", context.toString());
            Command.run("mkdir", "-p", WORK.toString());
            Command.run("cp", "-a", CONTEXTS.resolve(kind).toString(), context.toString());
            String supervised = Command.run(
                            Repository.path("scripts/test-base-image").toString(), "supervised")
                    .lines()
                    .findFirst()
                    .orElseThrow();
            Image before = build(kind + "-before", context, supervised);
            for (Path archive : Repository.archives()) {
                Files.copy(
                        archive,
                        context.resolve(String.valueOf(archive.getFileName())),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Command.run(
                    Images.converter().toString(),
                    supervisor,
                    "--dockerfile",
                    context.resolve("Dockerfile").toString(),
                    "-o",
                    context.resolve("out").toString(),
                    "--write");
            String dockerfile = Files.readString(context.resolve("Dockerfile"));
            assertFalse(dockerfile.contains("install -y --no-install-recommends " + supervisor), dockerfile);
            // The plain base has no supervisor that could help.
            Image after = build(
                    kind + "-after", context, BaseImage.of(Distribution.DEBIAN).reference());
            return new Pair(before, after, dockerfile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Image build(String name, Path context, String base) {
        return new Image(new ImageFromDockerfile("pintle-test/moves-" + name, true)
                .withFileFromPath(".", context)
                .withBuildArg("BASE", base)
                .get());
    }

    @Kind
    void programsThatAreControlledWhileTheContainerRuns(Distribution distribution) {
        Pair pair = move("controlled", "supervisord");
        Condition settled = runs("server|8080", "worker|late", "worker|job0", "worker|job1", "worker|daemon");
        Condition booted = container -> container.getLogs().contains("boot has done its work");
        Observed before = pair.before().observe(settled, booted);
        Observed after = pair.after().observe(settled, booted);
        compare(before, after);
        assertTrue(after.ports().contains(":1F90"), after::ports);
        assertTrue(after.said().contains("worker late|--one|two words|three"), after::log);
        // Four at the end, and one when it was started again.
        assertEquals(5, after.stopped(), after::log);
        assertEquals(before.exitCode(), after.exitCode());
        assertEquals(pair.before().shell(), pair.after().shell());
    }

    @Kind
    void aScriptThatDecidesWhatTheContainerIs(Distribution distribution) {
        Pair pair = move("roles", "supervisord");
        Condition settled = runs("worker|queue", "worker|clock");
        // The shell that stays process 1 there passes no signal on.
        Observed before = pair.before().look(settled);
        Observed after = pair.after().observe(settled);
        compare(before, after);
        assertEquals(0, after.exitCode(), after::log);
        assertEquals(2, after.stopped(), after::log);
        assertTrue(after.said().contains("worker queue|mail|print"), after::log);
        assertEquals(pair.before().shell(), pair.after().shell());
    }

    @Kind
    void aSupervisorBesideTheMainProgram(Distribution distribution) {
        Pair pair = move("beside", "supervisord");
        Condition settled = runs("worker|main", "worker|helper");
        Observed before = pair.before().observe(settled);
        Observed after = pair.after().observe(settled);
        compare(before, after);
        assertEquals(before.exitCode(), after.exitCode());
        assertEquals(pair.before().shell(), pair.after().shell());
    }

    @Kind
    void aListenerThatEndsTheContainer(Distribution distribution) {
        Pair pair = move("quits", "supervisord");
        for (Image image : List.of(pair.before(), pair.after())) {
            try (PintleContainer container = PintleContainer.ofImage(image.name())) {
                container.runToEnd();
                assertTrue(container.getLogs().contains("the job is done"), container.getLogs());
                assertEquals(0, container.exitCode(), container.getLogs());
            }
        }
    }

    @Kind
    void servicesOfRunit(Distribution distribution) {
        Pair pair = move("runit", "runit");
        Condition settled = runs("worker|web", "worker|plain");
        Condition logged =
                container -> container.sh("cat /var/log/web/current").output().contains("worker web|two words");
        Observed before = pair.before().look(settled, logged);
        Observed after = pair.after().observe(settled, logged);
        compare(before, after);
        assertFalse(after.processes().contains("worker|off"), after::processes);
        assertEquals(0, after.exitCode(), after::log);
    }
}
