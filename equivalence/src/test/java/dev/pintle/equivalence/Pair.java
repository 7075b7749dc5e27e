package dev.pintle.equivalence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.command.Conversion;
import dev.pintle.convert.command.Conversion.Result;
import dev.pintle.convert.parse.supervisord.Environment;
import dev.pintle.convert.read.FileTree;
import dev.pintle.layout.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One input under both supervisors, each in a sandbox of its own. */
final class Pair {

    /** The command that waits for a file: the supervisor itself would leave its services running. */
    static final String STOPPING_BY_FILE = "/driver";

    private static final long PATIENCE_SECONDS = 60;

    private final Path directory;
    private final Path root;

    /** Works in a directory of the test's; {@code root} has what is laid over the machine's root. */
    Pair(Path directory) throws IOException {
        this.directory = directory;
        this.root = Files.createDirectories(directory.resolve("root"));
        Path probe = root.resolve("probe");
        if (!Files.exists(probe)) {
            Files.copy(Machine.probe(), probe);
            Files.copy(Machine.INIT, root.resolve("init"));
            Path compat = Files.createDirectories(root.resolve("usr/lib/pintle/compat/runit"));
            for (String program : List.of("chpst", "svlogd", "sv")) {
                Files.createSymbolicLink(compat.resolve(program), Path.of("/init"));
            }
            Path programs = Files.createDirectories(root.resolve("usr/bin"));
            for (String program : List.of("pintle", "pintle-pidproxy")) {
                Files.createSymbolicLink(programs.resolve(program), Path.of("/init"));
            }
        }
    }

    Path root() {
        return root;
    }

    /** Both observations, and what the conversion said. */
    record Seen(Observation before, Observation after, Result conversion) {}

    /**
     * Writes a supervisord.conf of these sections, converts it, and runs both.
     *
     * @param programs their names
     * @param settling how long to look on once all have started, in milliseconds
     */
    Seen runSupervisord(List<String> sections, Set<String> programs, long settling)
            throws IOException, InterruptedException {
        return runSupervisord(sections, programs, Map.of(), settling);
    }

    /** The same, where the container has more variables than the sandbox gives it; the conversion does not know them. */
    Seen runSupervisord(List<String> sections, Set<String> programs, Map<String, String> environment, long settling)
            throws IOException, InterruptedException {
        String text = "[supervisord]\nuser=root\n\n" + String.join("\n", sections);
        Machine.write(root, "etc/supervisord.conf", text, false);
        Conversion conversion = Conversion.supervisord(
                new FileTree(root.resolve("etc/supervisord.conf"), root), Environment.ofContainer(Map.of()));
        List<String> original = List.of("supervisord", "-n", "-c", "/etc/supervisord.conf");
        return run(original, conversion, environment, programs, PATIENCE_SECONDS, settling);
    }

    /**
     * Converts, and runs both.
     *
     * @param original   the original's command line
     * @param programs   that start by themselves
     * @param patience   how long to wait for that, in seconds
     * @param settling   how long to look on once all have started, in milliseconds
     */
    Seen run(
            List<String> original,
            Conversion conversion,
            Map<String, String> environment,
            Set<String> programs,
            long patience,
            long settling)
            throws IOException, InterruptedException {
        assertTrue(conversion.result().isPresent(), () -> "not converted: " + errors(conversion));
        Result result = conversion.result().get();
        result.files().forEach((path, file) -> Machine.write(root, path, file.text(), file.executable()));
        Predicate<Map<String, List<ProbeRecord>>> settled = records -> programs.stream()
                .allMatch(name ->
                        records.containsKey(name) && records.get(name).get(0).isReady());
        Observation[] seen = new Observation[2];
        Thread after = new Thread(
                () -> seen[1] = observe("after", environment, List.of("/init"), settled, patience, settling));
        after.start();
        seen[0] = observe("before", environment, original, settled, patience, settling);
        after.join();
        return new Seen(seen[0], seen[1], result);
    }

    private static String errors(Conversion conversion) {
        return conversion.problems().stream()
                .filter(problem -> problem.severity() == Diagnostic.Severity.ERROR)
                .map(Diagnostic::toString)
                .collect(Collectors.joining("\n"));
    }

    private Observation observe(
            String name,
            Map<String, String> environment,
            List<String> command,
            Predicate<Map<String, List<ProbeRecord>>> settled,
            long patience,
            long settling) {
        try {
            Sandbox sandbox = new Sandbox(
                    Files.createDirectories(directory.resolve(name)),
                    command.contains(STOPPING_BY_FILE),
                    command.contains("supervisord") ? 3 : 1);
            return sandbox.run(root, environment, command, settled, patience, settling);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
