package dev.pintle.convert.read;

import dev.pintle.layout.Diagnostic;

/** A file that cannot be read at all; the diagnostic says which and why. */
public final class ReadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    /** Carries what to tell the user. */
    public ReadException(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    /** What to tell the user. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
