package dev.pintle.cstage.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a rewrite made of small pieces of generated C. */
public final class Applied {
    private final Tree tree;
    private final List<String> misses = new ArrayList<>();

    private Applied(Map<String, String> files) {
        tree = new Tree(files);
    }

    /** Applies rewrites to these files. */
    public static Applied to(Map<String, String> files, Rewrite... rewrites) {
        Applied applied = new Applied(files);
        for (Rewrite rewrite : rewrites) {
            rewrite.apply(new Editor(applied.tree, rewrite.name(), applied.misses));
        }
        return applied;
    }

    /** Applies a rewrite to one file. */
    public static Applied to(String file, String text, Rewrite rewrite) {
        return to(Map.of(file, text), rewrite);
    }

    /** Applies rewrites to a source, which an {@code all.c} includes. */
    public static Applied toSource(String file, String text, Rewrite... rewrites) {
        return to(Map.of("all.c", "#include \"" + file + "\"\n", file, text), rewrites);
    }

    /** Applies a rewrite to nothing: what has no file to match in must say so. */
    public static List<String> missesWithout(Rewrite rewrite) {
        return to(Map.of(), rewrite).misses;
    }

    /** Asserts that all matched, and what a file is now. */
    public Applied gives(String file, String text) {
        assertEquals(List.of(), misses);
        assertEquals(text, tree.text(file));
        return this;
    }

    /** The text of a file. */
    public String text(String file) {
        return tree.text(file);
    }

    /** What did not match. */
    public List<String> misses() {
        return misses;
    }

    /** Asserts that one thing did not match, and that its message has these words. */
    public void missesOnly(String words) {
        assertEquals(1, misses.size(), misses::toString);
        assertTrue(misses.get(0).contains(words), misses::toString);
    }

    /** Asserts that a message has these words; others may say what followed. */
    public void misses(String words) {
        assertTrue(misses.stream().anyMatch(miss -> miss.contains(words)), misses::toString);
    }
}
