package dev.pintle.convert.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Replacements to be made in a text. */
public final class Edits {

    private final SourceFile file;
    /** Two images that share a script say the same of it: each is there once. */
    private final Set<Edit> edits = new LinkedHashSet<>();

    /** The characters that are removed or replaced. */
    private final BitSet replaced = new BitSet();

    /** Where something is put in. */
    private final TreeSet<Integer> inserted = new TreeSet<>();

    private record Edit(int start, int end, String text) {}

    /** None yet. */
    public Edits(SourceFile file) {
        this.file = file;
    }

    /** The text that they are made in. */
    public SourceFile file() {
        return file;
    }

    /** Puts {@code text} in the place of what stands from {@code start} to before {@code end}; twice is once. */
    public void replace(int start, int end, String text) {
        edits.add(new Edit(start, end, text));
        if (start == end) {
            inserted.add(start);
        } else {
            replaced.set(start, end);
        }
    }

    /** Removes what stands from {@code start} to before {@code end}. */
    public void delete(int start, int end) {
        replace(start, end, "");
    }

    /** Puts {@code text} before what stands at {@code offset}. */
    public void insert(int offset, String text) {
        replace(offset, offset, text);
    }

    /** Whether something is removed or replaced from {@code start} to before {@code end}. */
    public boolean touches(int start, int end) {
        int next = replaced.nextSetBit(start);
        Integer insertion = inserted.higher(start);
        return (next >= 0 && next < end) || (insertion != null && insertion < end);
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return edits.isEmpty();
    }

    /**
     * The text with all of them made. Of two that overlap, the one that begins first, or else the longer one, is made;
     * the other was about something that is gone.
     */
    public String apply() {
        List<Edit> sorted = new ArrayList<>(edits);
        // What is inserted goes before what is removed at the same place.
        sorted.sort(Comparator.comparingInt(Edit::start)
                .thenComparing(edit -> edit.end() > edit.start())
                .thenComparing(Edit::end, Comparator.reverseOrder()));
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (Edit edit : sorted) {
            if (edit.start() >= done) {
                out.append(file.text(), done, edit.start()).append(edit.text());
                done = edit.end();
            } else if (edit.end() > done) {
                done = edit.end();
            }
        }
        return out.append(file.text(), done, file.text().length()).toString();
    }
}
