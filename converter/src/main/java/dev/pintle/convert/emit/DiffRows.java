package dev.pintle.convert.emit;

import com.github.difflib.patch.AbstractDelta;
import dev.pintle.convert.emit.Account.FilePatch;
import java.util.ArrayList;
import java.util.List;

/** A changed file side by side: the lines round its changes, before on the left and after on the right. */
public final class DiffRows {

    private static final int CONTEXT = 3;

    private DiffRows() {}

    /**
     * A line of both sides; the number of a side that has no such line is 0.
     *
     * @param kind   {@code same}, {@code changed}, or {@code gap} where lines are left out
     * @param number of the line before
     * @param before with what may be a secret hidden
     * @param later  the number of the line after
     * @param after  with what may be a secret hidden
     */
    public record Row(String kind, int number, String before, int later, String after) {}

    /** The rows of a file. */
    static List<Row> of(FilePatch file) {
        List<String> old = file.before().lines().toList();
        List<String> fresh = file.after().lines().toList();
        List<Row> rows = new ArrayList<>();
        int at = 0;
        int later = 0;
        for (AbstractDelta<String> delta : LineDiff.of(old, fresh).getDeltas()) {
            int start = delta.getSource().getPosition();
            same(rows, old, at, start, later, at > 0);
            later += start - at;
            List<String> gone = delta.getSource().getLines();
            List<String> come = delta.getTarget().getLines();
            for (int i = 0; i < Math.max(gone.size(), come.size()); i++) {
                rows.add(new Row(
                        "changed",
                        i < gone.size() ? start + i + 1 : 0,
                        i < gone.size() ? Secrets.mask(gone.get(i)) : "",
                        i < come.size() ? later + i + 1 : 0,
                        i < come.size() ? Secrets.mask(come.get(i)) : ""));
            }
            at = start + gone.size();
            later += come.size();
        }
        int end = Math.min(old.size(), at + CONTEXT);
        for (int i = at; i < end; i++, later++) {
            rows.add(line(old, i, later));
        }
        if (end < old.size()) {
            rows.add(gap(old.size() - end));
        }
        return rows;
    }

    /** The unchanged lines between two changes, but for those that are far from both. */
    private static void same(List<Row> rows, List<String> old, int from, int to, int later, boolean behindChange) {
        int head = behindChange ? CONTEXT : 0;
        boolean whole = to - from <= head + CONTEXT + 1;
        for (int i = from; i < to; i++) {
            if (whole || i < from + head || i >= to - CONTEXT) {
                rows.add(line(old, i, later + i - from));
            } else if (i == from + head) {
                rows.add(gap(to - from - head - CONTEXT));
            }
        }
    }

    private static Row line(List<String> old, int index, int later) {
        String text = Secrets.mask(old.get(index));
        return new Row("same", index + 1, text, later + 1, text);
    }

    private static Row gap(int lines) {
        String text = lines + (lines == 1 ? " line" : " lines");
        return new Row("gap", 0, text, 0, text);
    }
}
