package dev.pintle.convert.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Replacements to be made in a text. */
public final class Edits {

    private final SourceFile file;
    private final List<Edit> edits = new ArrayList<>();

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
        Edit edit = new Edit(start, end, text);
        // Two images that share a script say the same of it.
        if (!edits.contains(edit)) {
            edits.add(edit);
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
        return edits.stream().anyMatch(edit -> edit.start() < end && edit.end() > start);
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
