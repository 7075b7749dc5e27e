package dev.pintle.convert.emit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.difflib.patch.Patch;
import com.github.difflib.patch.PatchFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Long texts are compared in a time that does not grow with the square of what differs. */
class LineDiffTest {

    private static List<String> lines(int count, String text) {
        return IntStream.range(0, count).mapToObj(i -> text + i).toList();
    }

    private static Patch<String> checked(List<String> old, List<String> fresh) throws PatchFailedException {
        Patch<String> patch = LineDiff.of(old, fresh);
        assertEquals(fresh, patch.applyTo(old));
        return patch;
    }

    @Test
    void whatMakesOneOfTheOtherIsWhole() throws PatchFailedException {
        Random random = new Random(7);
        for (int round = 0; round < 60; round++) {
            List<String> old = new ArrayList<>();
            List<String> fresh = new ArrayList<>();
            int kinds = 1 + random.nextInt(4_000);
            for (int i = 0; i < 1_500; i++) {
                String line = "line " + random.nextInt(kinds);
                int what = random.nextInt(12);
                if (what != 0) {
                    old.add(line);
                }
                if (what > 1) {
                    fresh.add(what == 2 ? line + " changed" : line);
                }
                if (what == 3) {
                    fresh.add(random.nextInt(fresh.size()), line);
                }
            }
            checked(old, fresh);
        }
        checked(lines(2_000, "a"), List.of());
        checked(List.of(), lines(2_000, "a"));
        checked(lines(2_000, "a"), lines(2_000, "a"));
    }

    @Test
    void linesThatBothHaveAreNotChanged() {
        List<String> old = new ArrayList<>(lines(30_000, "echo "));
        List<String> fresh = new ArrayList<>(old);
        for (int i = 0; i < 30_000; i += 3) {
            old.set(i, "supervisorctl restart web");
            fresh.set(i, "pintle restart web");
        }
        assertTimeout(Duration.ofSeconds(20), () -> {
            Patch<String> patch = checked(old, fresh);
            assertEquals(10_000, patch.getDeltas().size());
            assertTrue(patch.getDeltas().stream()
                    .allMatch(delta -> delta.getSource().size() == 1));
        });
    }

    @Test
    void textsWithoutACommonLineAreOneChange() {
        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertEquals(
                        1,
                        checked(lines(60_000, "a"), lines(60_000, "b"))
                                .getDeltas()
                                .size()));
    }
}
