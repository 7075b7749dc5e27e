package dev.pintle.layout.text;

import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong. The same finding made twice, as by each of a service's instances, counts once. */
public final class Diagnostics {

    /** A file that is no layout at all must not fill the memory with its errors. */
    static final int MAX = 1000;

    private static final Comparator<Diagnostic> BY_POSITION = Comparator.comparing(Diagnostic::file)
            .thenComparingInt(Diagnostic::line)
            .thenComparingInt(Diagnostic::column);

    private final Set<Diagnostic> found = new LinkedHashSet<>();
    private boolean errors;

    /** Adds an error. */
    public void error(Position at, String code, String message, @Nullable String hint) {
        errors = true;
        add(new Diagnostic(Severity.ERROR, code, at.file(), at.line(), at.column(), message, hint));
    }

    /** Adds a warning. */
    public void warning(Position at, String code, String message, @Nullable String hint) {
        add(new Diagnostic(Severity.WARNING, code, at.file(), at.line(), at.column(), message, hint));
    }

    /** Adds all that {@code other} has collected. */
    public void addAll(Diagnostics other) {
        errors |= other.errors;
        for (Diagnostic diagnostic : other.found) {
            add(diagnostic);
        }
    }

    /** Whether any of them is an error. */
    public boolean hasErrors() {
        return errors;
    }

    /** All of them, by file, line and column. */
    public List<Diagnostic> sorted() {
        List<Diagnostic> sorted = new ArrayList<>(found);
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
            public void error(int offset, String code, String message, @Nullable String hint) {
                Diagnostics.this.error(locator.locate(offset), code, message, hint);
            }

            @Override
            public void warning(int offset, String code, String message, @Nullable String hint) {
                Diagnostics.this.warning(locator.locate(offset), code, message, hint);
            }
        };
    }

    private void add(Diagnostic diagnostic) {
        if (found.size() < MAX) {
            found.add(diagnostic);
        } else if (found.size() == MAX) {
            found.add(new Diagnostic(
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
