package dev.pintle.init;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.ElfFile.Segment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The binary as it is shipped; {@link FootprintIT} holds what it takes. */
final class NativeBinaryIT {
    private static final Path BINARY = Path.of(System.getProperty("pintle.binary", ""));
    private static final Path DEBUG_BINARY = Path.of(System.getProperty("pintle.debugBinary", ""));
    private static final Path SOURCES = Path.of(System.getProperty("pintle.releaseSources", ""));
    private static final String COMPILE = System.getProperty("pintle.compile", "");

    @TempDir
    private Path scratch = Path.of("/nonexistent");

    private static ElfFile elf() throws IOException {
        return new ElfFile(Files.readAllBytes(BINARY));
    }

    @Test
    void isForTheArchitectureThatItsTarballNames() throws IOException {
        int machine = System.getProperty("pintle.architecture", "").equals("arm64") ? ElfFile.AARCH64 : ElfFile.X86_64;
        assertEquals(machine, elf().machine());
    }

    @Test
    void isStaticallyLinked() throws IOException {
        assertEquals(List.of(), elf().segments(ElfFile.INTERPRETER));
        assertEquals(List.of(), elf().segments(ElfFile.DYNAMIC));
    }

    @Test
    void hasNothingBothWritableAndExecutable() throws IOException {
        List<Segment> stacks = elf().segments(ElfFile.GNU_STACK);
        assertEquals(1, stacks.size(), "without this header the stack would be executable");
        assertEquals(0, stacks.get(0).flags() & ElfFile.EXECUTABLE);
        int both = ElfFile.WRITABLE | ElfFile.EXECUTABLE;
        assertFalse(elf().segments(ElfFile.LOAD).isEmpty());
        assertTrue(elf().segments(ElfFile.LOAD).stream().allMatch(segment -> (segment.flags() & both) != both));
    }

    @Test
    @DisabledIfSystemProperty(
            named = "pintle.emulated",
            matches = "true",
            disabledReason = "scripts/reproducible compiles for both architectures; once is enough here")
    void isTheSameWhereverItIsBuilt() throws IOException, InterruptedException {
        Path copy = scratch.resolve("elsewhere/c");
        Files.createDirectories(copy.getParent());
        run("cp", "-R", SOURCES.toString(), copy.toString());
        Path built = scratch.resolve("built");
        run(COMPILE, "release", copy.toString(), built.toString());
        assertArrayEquals(Files.readAllBytes(BINARY), Files.readAllBytes(built));
    }

    @Test
    void namesNoPlaceOfItsBuild() throws IOException {
        String text = Files.readString(BINARY, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains(SOURCES.toString()));
    }

    @Test
    @DisabledIfSystemProperty(
            named = "pintle.emulated",
            matches = "true",
            disabledReason = "the debug build is for the machine that builds")
    void hasADebugBuildWithNamesAndLines() throws IOException {
        String text = Files.readString(DEBUG_BINARY, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("NativeMain.java"), "a debugger finds the source");
        String name = new String(
                "dev.pintle.init.NativeMain".getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        assertTrue(text.contains(name), "a stack trace names the class");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> Stream.of(command).toList() + ": " + said);
    }
}
