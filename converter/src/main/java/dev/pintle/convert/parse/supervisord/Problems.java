package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.read.Position;
import dev.pintle.layout.Diagnostic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a configuration. */
final class Problems {

    private final List<Diagnostic> found = new ArrayList<>();

    /** Something for which supervisord would refuse to start. */
    void error(Position at, String code, String message, @Nullable String hint) {
        add(Diagnostic.Severity.ERROR, at, code, message, hint);
    }

    /** Something that supervisord puts up with. */
    void warning(Position at, String code, String message, @Nullable String hint) {
        add(Diagnostic.Severity.WARNING, at, code, message, hint);
    }

    /** What a scanned file, or a file that cannot be read, came with. */
    void addAll(List<Diagnostic> diagnostics) {
        found.addAll(diagnostics);
    }

    private void add(Diagnostic.Severity severity, Position at, String code, String message, @Nullable String hint) {
        Diagnostic diagnostic = new Diagnostic(severity, code, at.file(), at.line(), at.column(), message, hint);
        // An option that several processes share is read once for each of them.
        if (!found.contains(diagnostic)) {
            found.add(diagnostic);
        }
    }

    boolean hasErrors() {
        return found.stream().anyMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }

    /** By file, line and column. */
    List<Diagnostic> sorted() {
        return found.stream()
                .sorted(Comparator.comparing(Diagnostic::file)
                        .thenComparingInt(Diagnostic::line)
                        .thenComparingInt(Diagnostic::column))
                .toList();
    }
}
