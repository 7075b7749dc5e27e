package dev.pintle.layout.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.ParseResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A step of reading a layout takes no more than a part of it, whatever the layout is: PID 1 takes one in a turn of its loop. */
final class SlicesTest {
    /** Characters of small files that are read in one step. */
    private static final int SLICE = 64 * 1024;

    private final MapSource source = new MapSource();
    private final Counted counted = new Counted();

    /** Counts what is read and listed. */
    private final class Counted implements LayoutSource {
        private int characters;
        private int files;
        private int entries;

        @Override
        public List<String> directories(String path) throws UnreadableException {
            return count(source.directories(path));
        }

        @Override
        public List<String> files(String path) throws UnreadableException {
            return count(source.files(path));
        }

        private List<String> count(List<String> names) {
            entries += names.size();
            return names;
        }

        @Override
        public @Nullable String read(String path, int limit) throws UnreadableException {
            String text = source.read(path, limit);
            if (text != null) {
                files++;
                characters += text.length();
            }
            return text;
        }

        @Override
        public boolean isExecutable(String path) {
            return source.isExecutable(path);
        }
    }

    /** Reads all in steps, of which none may read more than so much. */
    private ParseResult read(int mostCharacters, int mostFiles, int mostEntries) {
        LayoutReading reading = LayoutReading.of(counted, "/etc/pintle", Map.of());
        ParseResult result = null;
        while (result == null) {
            counted.characters = 0;
            counted.files = 0;
            counted.entries = 0;
            result = reading.step();
            assertTrue(counted.characters <= mostCharacters, () -> "a step read " + counted.characters);
            assertTrue(counted.files <= mostFiles, () -> "a step read " + counted.files + " files");
            assertTrue(counted.entries <= mostEntries, () -> "a step listed " + counted.entries);
        }
        assertNotNull(result.layout(), result.diagnostics()::toString);
        return result;
    }

    @Test
    void largeFilesAreReadOneByOne() {
        String large = "command = x\n#" + "x".repeat(ConfFiles.LIMIT - 100);
        for (int i = 0; i < 10; i++) {
            source.service("s" + i, large).service("s" + i + "/log", large);
        }
        assertEquals(20, read(ConfFiles.LIMIT, 1, 100).draft().services().size());
    }

    @Test
    void mediumFilesAreReadUntilTheyAreEnough() {
        for (int i = 0; i < 100; i++) {
            source.service("s" + i, "command = x\n#" + "x".repeat(20_000));
        }
        read(SLICE + 21_000, 4, 1_000);
    }

    @Test
    void manySmallFilesAreReadAFewAtATime() {
        for (int i = 0; i < 300; i++) {
            source.service("s" + i, "command = x");
        }
        read(SLICE, 20, 1_000);
    }

    @Test
    void largeDirectoriesAreListedOneByOne() {
        for (int i = 0; i < 5; i++) {
            source.service("s" + i, "command = x");
            for (int k = 0; k < 300; k++) {
                source.file("services/s" + i + "/f" + k, "");
                source.file("services/s" + i + "/env/V" + k, "v");
            }
        }
        // The files of one service's env, beside what the steps before it have read.
        read(SLICE, 310, 1_000);
    }

    @Test
    void instancesOfLargeValuesAreReadAFewAtATime() {
        source.service("s", "command = x\ninstances = 40\n[environment]\nA = ${BIG}");
        LayoutReading reading = LayoutReading.of(counted, "/etc/pintle", Map.of("BIG", "x".repeat(20_000)));
        int steps = 0;
        for (ParseResult result = reading.step(); result == null; result = reading.step()) {
            steps++;
        }
        // Each has the values of four or so.
        assertTrue(steps >= 10, () -> "they were read at once");
    }
}
