package dev.pintle.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.convert.lower.s6.S6Lowering;
import dev.pintle.convert.read.Position;
import dev.pintle.convert.read.image.LayeredImage;
import dev.pintle.s6.LayoutFiles;
import dev.pintle.s6.Programs;
import dev.pintle.s6.Translation;
import dev.pintle.s6.Translator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The native program makes of a tree what the converter makes of it, byte for byte. */
class TreesIT {
    private static final Path CORPUS = Path.of(System.getProperty("corpus.dir", "../../shared/corpus"), "s6");

    @TempDir
    private Path scratch = Path.of("");

    /** The worked examples, and the trees that were recorded under s6-overlay. */
    @TestFactory
    Stream<DynamicTest> makesTheSameLayout() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), () -> "NOT RUN: there is no corpus in " + CORPUS);
        Assumptions.assumeTrue(isRoot(), "NOT RUN: chroot needs root");
        List<Path> roots = new ArrayList<>();
        for (String directory : List.of("examples", "oracle/cases")) {
            try (Stream<Path> cases = Files.list(CORPUS.resolve(directory))) {
                for (Path each : cases.filter(Files::isDirectory).sorted().toList()) {
                    Path root = each.resolve("in/root");
                    roots.add(Files.isDirectory(root) ? root : each.resolve("in"));
                }
            }
        }
        assertTrue(roots.size() > 20, roots::toString);
        return roots.stream()
                .map(root -> DynamicTest.dynamicTest(CORPUS.relativize(root).toString(), () -> compare(root)));
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void compare(Path root) throws IOException, InterruptedException {
        Translation translation = translate(root, Programs.ARCHIVE);
        boolean wrong = translation.problems().stream().anyMatch(problem -> problem.error());
        Path copy = Files.createTempDirectory(scratch, "root");
        assertEquals(
                0,
                Native.run(scratch, List.of("cp", "-a", root + "/.", copy.toString()))
                        .code());
        Files.copy(Native.PROGRAM, copy.resolve("pintle-s6"));
        List<String> words = List.of("chroot", copy.toString(), "/pintle-s6", "boot", "--dry-run");
        Native.Said said = Native.run(scratch, words);
        assertEquals(wrong ? 1 : 0, said.code(), said::errors);
        assertEquals(wrong ? "" : printed(LayoutFiles.of(translation)), said.output());
    }

    private static Translation translate(Path root, Programs programs) {
        try (LayeredImage image = LayeredImage.open(List.of(root)).image().orElseThrow()) {
            return Translator.translate(image, new Translator.Options(Map.of(), List.of(), List.of(), programs));
        }
    }

    private static String printed(List<LayoutFiles.File> files) {
        StringBuilder text = new StringBuilder();
        for (LayoutFiles.File file : files) {
            text.append("==> ").append(file.path()).append(file.executable() ? " (executable)\n" : "\n");
            text.append(file.text()).append('\n');
        }
        return text.toString();
    }

    /** The converter writes a translation by its templates. */
    @TestFactory
    Stream<DynamicTest> writesWhatTheConverterWrites() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), () -> "NOT RUN: there is no corpus in " + CORPUS);
        try (Stream<Path> cases = Files.list(CORPUS.resolve("oracle/cases"))) {
            return cases.sorted().toList().stream()
                    .map(each -> DynamicTest.dynamicTest(
                            each.getFileName().toString(), () -> compareWithConverter(each.resolve("in/root"))));
        }
    }

    private static void compareWithConverter(Path root) {
        Translation translation = translate(root, Programs.COMPAT);
        Map<String, String> theirs = new LinkedHashMap<>();
        dev.pintle.convert.emit.LayoutFiles.render(
                        S6Lowering.lower(translation, path -> path, name -> new Position(name, 1, 1)), "s6")
                .forEach((path, file) -> theirs.put(path, new String(file.bytes(), StandardCharsets.UTF_8)));
        Map<String, String> ours = new LinkedHashMap<>();
        for (LayoutFiles.File file : LayoutFiles.of(translation)) {
            ours.put("etc/pintle/" + file.path(), file.text());
        }
        assertEquals(theirs, ours);
    }

    /** All that is wrong is said at once, and nothing is written. */
    @Test
    void saysEveryErrorOfATree() throws IOException, InterruptedException {
        Assumptions.assumeTrue(isRoot(), "NOT RUN: chroot needs root");
        Path root = Files.createDirectories(scratch.resolve("wrong"));
        Path trees = root.resolve("etc/s6-overlay/s6-rc.d");
        write(trees.resolve("user/contents.d/a"), "");
        write(trees.resolve("a/type"), "longrn\n");
        write(trees.resolve("b/type"), "longrun\n");
        write(trees.resolve("c/type"), "oneshot\n");
        write(trees.resolve("c/up"), "true\n");
        write(trees.resolve("c/dependencies.d/nobody"), "");
        Files.copy(Native.PROGRAM, root.resolve("pintle-s6"));
        Native.Said said = Native.run(scratch, List.of("chroot", root.toString(), "/pintle-s6", "boot"));
        assertEquals(100, said.code(), said::errors);
        for (String needed : List.of(
                "cannot read the type of a: 'longrn' is none",
                "cannot convert b: there is no run",
                "cannot let c wait for nobody: there is no such service",
                "cannot start the container: its trees have errors")) {
            assertTrue(said.errors().contains(needed), said::errors);
        }
        assertTrue(Files.notExists(root.resolve("run/pintle-s6")), "nothing is written");
    }

    /** The programs of s6-rc that need no supervisor read the trees. */
    @Test
    void answersForTheTrees() throws IOException, InterruptedException {
        Assumptions.assumeTrue(isRoot(), "NOT RUN: chroot needs root");
        Path root = Files.createDirectories(scratch.resolve("asked"));
        Path trees = root.resolve("etc/s6-overlay/s6-rc.d");
        write(trees.resolve("a/type"), "longrun\n");
        write(trees.resolve("a/dependencies.d/b"), "");
        write(trees.resolve("b/type"), "oneshot\n");
        write(trees.resolve("set/type"), "bundle\n");
        write(trees.resolve("set/contents.d/a"), "");
        write(trees.resolve("user/contents.d/set"), "");
        for (String name : List.of("s6-rc", "s6-rc-db")) {
            Files.copy(Native.PROGRAM, root.resolve(name));
        }
        assertEquals(new Native.Said(0, "a\nb\nset\nuser\nuser2\n", ""), ask(root, "s6-rc-db list all"));
        assertEquals(new Native.Said(0, "bundle\n", ""), ask(root, "s6-rc-db type set"));
        assertEquals(new Native.Said(0, "a\n", ""), ask(root, "s6-rc-db contents user"));
        assertEquals(new Native.Said(0, "b\n", ""), ask(root, "s6-rc-db dependencies set"));
        assertEquals(new Native.Said(0, "a\nb\n", ""), ask(root, "s6-rc-db all-dependencies a"));
        assertEquals(new Native.Said(0, "a\n", ""), ask(root, "s6-rc-db -d dependencies b"));
        assertEquals(new Native.Said(0, "0\n", ""), ask(root, "s6-rc-db timeout b"));
        assertEquals(
                new Native.Said(3, "", "s6-rc-db: fatal: c is not a valid identifier in /run/s6-rc/compiled\n"),
                ask(root, "s6-rc-db type c"));
        assertEquals(
                new Native.Said(
                        5,
                        "",
                        "s6-rc-db: fatal: in database /run/s6-rc/compiled: identifier set represents a bundle\n"),
                ask(root, "s6-rc-db timeout set"));
        assertEquals(new Native.Said(0, "a\nb\n", ""), ask(root, "s6-rc listall set"));
        assertEquals(new Native.Said(0, "b\n", ""), ask(root, "s6-rc -d list set"));
        assertEquals(
                new Native.Said(3, "", "s6-rc: fatal: c is not a recognized identifier\n"), ask(root, "s6-rc list c"));
    }

    private Native.Said ask(Path root, String call) throws IOException, InterruptedException {
        return Native.run(scratch, List.of("sh", "-c", "exec chroot " + root + " /" + call));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** What was left behind in /run by another is not used. */
    @Test
    void refusesADirectoryThatOthersCanWriteTo() throws IOException, InterruptedException {
        Assumptions.assumeTrue(isRoot(), "NOT RUN: chroot needs root");
        Path root = Files.createDirectories(scratch.resolve("planted"));
        write(root.resolve("etc/cont-init.d/10-a"), "#!/bin/sh\n");
        Path planted = Files.createDirectories(root.resolve("run/pintle-s6"));
        assertTrue(planted.toFile().setWritable(true, false));
        Files.copy(Native.PROGRAM, root.resolve("pintle-s6"));
        Native.Said said = Native.run(scratch, List.of("chroot", root.toString(), "/pintle-s6", "boot"));
        assertEquals(111, said.code(), said::errors);
        assertTrue(said.errors().contains("cannot use /run/pintle-s6: others can write to it"), said::errors);
    }
}
