package dev.pintle.cstage.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreeTest {
    @TempDir
    private Path directory = Path.of("/nonexistent");

    @Test
    void hasTheSourcesThatTheProgramIsMadeOf() {
        Tree tree = new Tree(Map.of("all.c", "#define X\n#include \"a.c\"\n#include \"b/c.c\"\n#include \"d.h\"\n"));
        assertEquals(List.of("a.c", "b/c.c"), tree.sources());
    }

    @Test
    void writesWhatChangedAndNothingElse() throws IOException {
        FileTime before = FileTime.fromMillis(0);
        Path kept = Files.writeString(directory.resolve("kept.c"), "kept");
        Path changed = Files.createDirectory(directory.resolve("classes")).resolve("changed.h");
        Files.writeString(changed, "old");
        Files.setLastModifiedTime(kept, before);
        Tree tree = Tree.read(directory);
        tree.put("kept.c", "kept");
        tree.put("classes/changed.h", "new");
        tree.put("added.c", "added");
        tree.write(directory);
        assertEquals(before, Files.getLastModifiedTime(kept));
        assertEquals("new", Files.readString(changed));
        assertEquals("added", Files.readString(directory.resolve("added.c")));
    }

    @Test
    void keepsEveryByteThatItDoesNotEdit() throws IOException {
        byte[] bytes = new byte[258];
        for (int i = 0; i < 256; i++) {
            bytes[i] = (byte) i;
        }
        bytes[256] = 'x';
        bytes[257] = '\n';
        Path file = Files.write(directory.resolve("bytes.c"), bytes);
        Tree tree = Tree.read(directory);
        tree.put("bytes.c", Lines.join(Lines.of(tree.text("bytes.c"))).replace("x\n", "y\n"));
        tree.write(directory);
        bytes[256] = 'y';
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }

    @Test
    void readsNothingButC() throws IOException {
        Files.writeString(directory.resolve("callsites.json"), "{}");
        assertFalse(Tree.read(directory).files(path -> true).contains("callsites.json"));
    }
}
