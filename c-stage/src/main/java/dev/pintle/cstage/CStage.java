package dev.pintle.cstage;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;
import dev.pintle.cstage.edit.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rewrites the C that TeaVM generated, in its place. It edits text, so it counts: each rewrite says how often it expects to match,
 * and if one does not, nothing is written, and all that did not match is printed.
 *
 * <p>Exit codes: 0 if all rewrites matched, 1 if one did not or a file could not be read or written, 2 for a wrong call.
 */
public final class CStage {
    private CStage() {}

    /** {@code BUILD DIRECTORY}. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        Optional<Build> build = Arrays.stream(Build.values())
                .filter(known -> arguments.length == 2 && word(known).equals(arguments[0]))
                .findFirst();
        if (build.isEmpty()) {
            System.err.println("usage: CStage " + String.join("|", words()) + " DIRECTORY");
            return 2;
        }
        try {
            return rewrite(build.get(), Path.of(arguments[1]));
        } catch (IOException e) {
            System.err.println("cannot rewrite the generated C: " + e);
            return 1;
        }
    }

    private static int rewrite(Build build, Path directory) throws IOException {
        Tree tree = Tree.read(directory);
        List<String> misses = misses(build.rewrites(), tree);
        if (misses.isEmpty()) {
            tree.write(directory);
            return 0;
        }
        misses.forEach(System.err::println);
        System.err.println(
                "hint: another version of TeaVM, or another program, gave C of another form; look at what each"
                        + " rewrite is for (c-stage), and change it or what it expects");
        return 1;
    }

    /** Applies rewrites to a tree, and returns what did not match. */
    static List<String> misses(List<Rewrite> rewrites, Tree tree) {
        List<String> misses = new ArrayList<>();
        for (Rewrite rewrite : rewrites) {
            rewrite.apply(new Editor(tree, rewrite.name(), misses));
        }
        if (tree.sources().isEmpty()) {
            misses.add(0, "cannot rewrite the generated C: its all.c includes no source");
        }
        return misses;
    }

    private static List<String> words() {
        return Arrays.stream(Build.values()).map(CStage::word).toList();
    }

    private static String word(Build build) {
        return build.name().toLowerCase(Locale.ROOT);
    }
}
