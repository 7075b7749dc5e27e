package dev.pintle.cstage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The allocator of memory.c, compiled by the machine's own compiler. */
class BlocksTest {
    private static final Path SOURCES = Path.of("src/main/c");

    @TempDir
    private Path directory = Path.of("/nonexistent");

    @Test
    void blocksKeepWhatIsWrittenToThem() throws IOException, InterruptedException {
        Path program = directory.resolve("blocks");
        says(
                "",
                "cc",
                "-std=gnu11",
                "-D_GNU_SOURCE",
                "-O1",
                "-fno-builtin",
                "-w",
                "src/test/c/blocks.c",
                SOURCES + "/memory.c",
                "-o",
                program.toString());
        for (int seed = 1; seed <= 10; seed++) {
            says("", program.toString(), Integer.toString(seed));
        }
    }

    private void says(String output, String... command) throws IOException, InterruptedException {
        File file = directory.resolve("output").toFile();
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file)
                .start()
                .waitFor();
        assertEquals(output, Files.readString(file.toPath(), StandardCharsets.UTF_8));
        assertEquals(0, code, String.join(" ", command));
    }
}
