package dev.pintle.convert.emit;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;

/** Unified diffs, as {@code patch -p1} and {@code git apply} take them. */
public final class Patch {

    private static final int CONTEXT = 3;

    private Patch() {}

    /**
     * The difference between two texts; empty where there is none.
     *
     * @param name   of the file, relative
     * @param before the old text, or null where the file is new
     */
    public static String of(String name, @org.jspecify.annotations.Nullable String before, String after) {
        List<String> old = before == null ? List.of() : lines(before);
        List<String> fresh = lines(after);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                before == null ? "/dev/null" : "a/" + name, "b/" + name, old, DiffUtils.diff(old, fresh), CONTEXT);
        StringBuilder out = new StringBuilder();
        diff.forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    /** Lines without their line feeds; a last line that has none is told apart from one that has. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start) + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
