package dev.pintle.layout.text;

import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Diagnostic.Severity;
import dev.pintle.layout.LayoutSource.UnreadableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong. The same finding made twice, as by each of a service's instances, counts once. */
public final class Diagnostics {

    /** A file that is no layout at all must not fill the memory with its errors. */
    static final int MAX = 1000;

    private static final int MANY = 50;

    private static final Comparator<Diagnostic> BY_POSITION = Comparator.comparing(Diagnostic::file)
            .thenComparingInt(Diagnostic::line)
            .thenComparingInt(Diagnostic::column);

    /** What is kept of a message: it may quote a line that is a file long. */
    private static final int LONGEST = 2_000;

    /** By their text: two with the same text are the same. */
    private final Map<String, Diagnostic> found = new LinkedHashMap<>();

    private boolean errors;

    /** Adds an error that reads {@code cannot WHAT: CAUSE}. */
    public void error(Position at, String code, String what, String cause, @Nullable String hint) {
        errors = true;
        add(Severity.ERROR, at, code, what, cause, hint);
    }

    /** Adds a warning that reads {@code cannot WHAT: CAUSE}. */
    public void warning(Position at, String code, String what, String cause, @Nullable String hint) {
        add(Severity.WARNING, at, code, what, cause, hint);
    }

    /** Something is there that cannot be read: an error in no line of it. */
    public void unreadable(String path, UnreadableException e) {
        error(Position.of(path), "unreadable", "read " + path, e.cause(), null);
    }

    /** Adds all that {@code other} has collected. */
    public void addAll(Diagnostics other) {
        errors |= other.errors;
        for (Diagnostic diagnostic : other.found.values()) {
            add(diagnostic);
        }
    }

    /** Whether no more are taken: it is of no use to look for any. */
    public boolean isFull() {
        return found.size() > MAX;
    }

    /** Whether there are so many that to guess what each was meant to be takes long and helps nobody. */
    public boolean areMany() {
        return found.size() > MANY;
    }

    /** Whether any of them is an error. */
    public boolean hasErrors() {
        return errors;
    }

    /** All of them, by file, line and column. */
    public List<Diagnostic> sorted() {
        List<Diagnostic> sorted = new ArrayList<>(found.values());
        sorted.sort(BY_POSITION);
        return List.copyOf(sorted);
    }

    /** What interpolation and word splitting tell about {@code source}, to be collected here. */
    public Interpolation.Listener of(SourceText source) {
        return listener(source::at);
    }

    /** As {@link #of}, of a text whose characters stand nowhere themselves. */
    public Interpolation.Listener at(Position position) {
        return listener(offset -> position);
    }

    private interface Locator {
        Position locate(int offset);
    }

    private Interpolation.Listener listener(Locator locator) {
        return new Interpolation.Listener() {
            @Override
            public void error(int offset, String code, String what, String cause, @Nullable String hint) {
                Diagnostics.this.error(locator.locate(offset), code, what, cause, hint);
            }

            @Override
            public void warning(int offset, String code, String what, String cause, @Nullable String hint) {
                Diagnostics.this.warning(locator.locate(offset), code, what, cause, hint);
            }
        };
    }

    private void add(Severity severity, Position at, String code, String what, String cause, @Nullable String hint) {
        if (isFull()) {
            return;
        }
        String message = "cannot " + what + ": " + cause;
        if (message.length() > LONGEST) {
            message = message.substring(0, LONGEST) + "…";
        }
        add(new Diagnostic(severity, code, at.file(), at.line(), at.column(), message, hint));
    }

    /** Adds one as it is. */
    public void add(Diagnostic diagnostic) {
        errors |= diagnostic.severity() == Severity.ERROR;
        if (found.size() < MAX) {
            found.put(diagnostic.text(), diagnostic);
        } else if (found.size() == MAX) {
            found.put(
                    "",
                    new Diagnostic(
                            Severity.ERROR,
                            "too-many-errors",
                            diagnostic.file(),
                            0,
                            0,
                            "cannot list all errors: there are more than " + MAX,
                            null));
        }
    }
}
