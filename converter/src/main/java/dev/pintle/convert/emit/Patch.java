package dev.pintle.convert.emit;

import com.github.difflib.UnifiedDiffUtils;
import dev.pintle.convert.lower.OutputFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Patches as {@code git apply} takes them: with modes, so that applying one gives what writing would give. */
public final class Patch {

    private static final int CONTEXT = 3;

    private Patch() {}

    /**
     * A file as a patch sees it.
     *
     * @param text its content
     * @param mode its permissions, such as {@code 755}
     */
    public record Version(String text, String mode) {}

    /** The patch of a file whose mode stays; empty where its text stays too. */
    public static String of(String name, String before, String after) {
        return before.equals(after) ? "" : header(name) + hunks(name, before, after);
    }

    /**
     * The patch that makes a file.
     *
     * @param before what is there already, or null
     */
    public static String of(String name, @Nullable Version before, OutputFile after) {
        String mode = after.mode();
        if (before == null) {
            return header(name) + "new file mode 100" + mode + "\n" + content(name, after);
        }
        String modes = isExecutable(before.mode()) == isExecutable(mode)
                ? ""
                : "old mode 100" + before.mode() + "\nnew mode 100" + mode + "\n";
        boolean same = before.text().equals(after.text());
        return same && modes.isEmpty()
                ? ""
                : header(name) + modes + (same ? "" : hunks(name, before.text(), after.text()));
    }

    /** The patch that removes a file. */
    public static String removing(String name, Version before) {
        return header(name) + "deleted file mode 100" + before.mode() + "\n" + hunks(name, before.text(), null);
    }

    private static boolean isExecutable(String mode) {
        return mode.startsWith("7");
    }

    private static String header(String name) {
        return "diff --git " + quoted("a/" + name) + " " + quoted("b/" + name) + "\n";
    }

    private static String content(String name, OutputFile file) {
        boolean text =
                file.charset().equals(StandardCharsets.UTF_8) && file.text().indexOf('\0') < 0;
        return text ? hunks(name, null, file.text()) : BinaryPatch.of(file.bytes());
    }

    private static String hunks(String name, @Nullable String before, @Nullable String after) {
        List<String> old = before == null ? List.of() : lines(before);
        List<String> fresh = after == null ? List.of() : lines(after);
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(
                before == null ? "/dev/null" : label("a/" + name),
                after == null ? "/dev/null" : label("b/" + name),
                old,
                LineDiff.of(old, fresh),
                CONTEXT);
        StringBuilder out = new StringBuilder();
        diff.forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }

    /** A name with a blank in it ends with a tab, or what follows the blank could be a date. */
    private static String label(String name) {
        String quoted = quoted(name);
        return quoted.equals(name) && name.indexOf(' ') >= 0 ? name + "\t" : quoted;
    }

    /** As git writes a name that could be misread. */
    private static String quoted(String name) {
        StringBuilder out = new StringBuilder();
        boolean special = false;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xff;
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
                special = true;
            } else if (c < ' ' || c > '~') {
                out.append('\\').append((char) ('0' + (c >> 6)));
                out.append((char) ('0' + ((c >> 3) & 7))).append((char) ('0' + (c & 7)));
                special = true;
            } else {
                out.append((char) c);
            }
        }
        return special ? "\"" + out + "\"" : name;
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
