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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --diff} prints, applied by {@code git apply}, is what {@code --write} writes: over all golden cases, and the corpus. */
class PatchAppliesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    private Path root = Path.of("");

    private final List<String> differences = new ArrayList<>();
    private int applied;

    @Test
    void overAllGoldenCases() throws Exception {
        for (Path folder : folders(GOLDEN.resolve("dockerfile"))) {
            String command = Trees.text(folder.resolve("command")).strip();
            List<String> arguments = new ArrayList<>(List.of(command.isEmpty() ? "supervisord" : command));
            String args = Trees.text(folder.resolve("args")).strip().replace("CONTEXT", ".");
            arguments.addAll(args.isEmpty() ? List.of() : List.of(args.split("\\s+")));
            if (!args.contains("--dockerfile")) {
                arguments.addAll(List.of("--dockerfile", "Dockerfile"));
            }
            compare(folder.getFileName().toString(), folder.resolve("input"), arguments, true);
        }
        for (Path folder : folders(GOLDEN.resolve("supervisord"))) {
            if (Files.isRegularFile(folder.resolve("input/supervisord.conf"))) {
                compare(
                        folder.getFileName().toString(),
                        folder.resolve("input"),
                        List.of("supervisord", "supervisord.conf"),
                        false);
            }
        }
        for (Path folder : folders(GOLDEN.resolve("runit"))) {
            compare(folder.getFileName().toString(), folder.resolve("input"), List.of("runit", "."), false);
        }
        assertEquals(List.of(), differences);
        assertTrue(applied > 45, "only " + applied + " were compared");
    }

    @Test
    void overTheCorpus() throws Exception {
        Path corpus =
                Path.of(System.getProperty("corpus.dir", "../../shared/corpus")).resolve("supervisord");
        if (!Files.isDirectory(corpus)) {
            System.out.println("PatchAppliesTest: there is no corpus at " + corpus);
            return;
        }
        List<Path> files;
        try (Stream<Path> list = Files.list(corpus)) {
            files = list.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            Path input = Files.createDirectories(root.resolve("in-" + file.getFileName()));
            Files.copy(file, input.resolve("supervisord.conf"));
            compare(file.getFileName().toString(), input, List.of("supervisord", "supervisord.conf"), false);
        }
        assertEquals(List.of(), differences);
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> list = Files.list(parent)) {
            return list.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Both in a directory of their own, with paths relative to it. */
    private void compare(String name, Path input, List<String> arguments, boolean build) throws Exception {
        Path written = copy(input, "written-" + name);
        Path patched = copy(input, "patched-" + name);
        String[] write = build ? new String[] {"--write", "--force"} : new String[] {"--force"};
        StringWriter diff = new StringWriter();
        run(written, arguments, diff, "--diff", "--force");
        if (run(written, arguments, new StringWriter(), write) != 0) {
            return;
        }
        String where = written.toAbsolutePath().toString().substring(1) + "/";
        Process git = new ProcessBuilder("git", "apply", "--whitespace=nowarn", "-p1", "-")
                .directory(patched.toFile())
                .redirectErrorStream(true)
                .start();
        git.getOutputStream()
                .write(diff.toString()
                        .replace("a/" + where, "a/")
                        .replace("b/" + where, "b/")
                        .getBytes(StandardCharsets.UTF_8));
        git.getOutputStream().close();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        applied++;
        if (git.waitFor() != 0 && !diff.toString().isEmpty()) {
            differences.add(name + ": " + said);
        } else if (!bytes(written).equals(bytes(patched))) {
            differences.add(name + ": " + bytes(written).keySet() + " but "
                    + bytes(patched).keySet());
        }
    }

    private Path copy(Path input, String name) throws IOException {
        Path directory = root.resolve(name);
        try (Stream<Path> tree = Files.walk(input)) {
            for (Path path : tree.sorted().toList()) {
                Path here = directory.resolve(input.relativize(path).toString());
                if (Files.isSymbolicLink(path)) {
                    Files.createSymbolicLink(here, Files.readSymbolicLink(path));
                } else {
                    Files.copy(path, here, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return directory;
    }

    /** Paths below the directory in the arguments, which are as a user in it would type them, made absolute. */
    private static int run(Path directory, List<String> arguments, StringWriter out, String... more) {
        List<String> all = new ArrayList<>();
        for (String argument : arguments) {
            boolean path =
                    !argument.startsWith("-") && (argument.equals(".") || Files.exists(directory.resolve(argument)));
            all.add(path ? directory.resolve(argument).normalize().toString() : argument);
        }
        all.addAll(List.of("-o", directory.resolve("out").toString()));
        all.addAll(List.of(more));
        return PintleConvert.run(
                new PrintWriter(out), new PrintWriter(new StringWriter()), false, all.toArray(String[]::new));
    }

    /** Every file's bytes, and whether it can be executed. */
    private static Map<String, String> bytes(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList()) {
                String mode = Files.isExecutable(path) ? " x " : " - ";
                files.put(
                        directory.relativize(path) + mode,
                        new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    @Test
    void thePasswordIsItsOwnersAlone() throws Exception {
        Files.writeString(
                root.resolve("supervisord.conf"),
                "[supervisord]\n[inet_http_server]\nport=9001\nusername=u\npassword=p\n[program:a]\ncommand=a\n");
        run(root, List.of("supervisord", "supervisord.conf"), new StringWriter(), "--force");
        Path password = root.resolve("out/etc/pintle/web-password");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(password)));
        StringWriter diff = new StringWriter();
        Files.delete(password);
        run(root, List.of("supervisord", "supervisord.conf"), diff, "--diff", "--force");
        assertTrue(diff.toString().contains("web-password\nnew file mode 100600\n"), diff.toString());
    }
}
