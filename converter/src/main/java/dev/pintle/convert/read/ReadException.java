package dev.pintle.convert.read;

import dev.pintle.layout.Diagnostic;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** A file that cannot be read at all; the diagnostic says which and why. */
public final class ReadException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    /** Carries what to tell the user. */
    public ReadException(Diagnostic diagnostic) {
        super(diagnostic.message());
        this.diagnostic = diagnostic;
    }

    /** A file, or a directory, that cannot be read for this cause. */
    static ReadException of(String file, String cause) {
        return new ReadException(new Diagnostic(
                Diagnostic.Severity.ERROR, "unreadable", file, 0, 0, "cannot read " + file + ": " + cause, null));
    }

    /** The same for an exception of the file system. */
    static ReadException of(String file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return of(file, "there is no such file");
        }
        return of(file, e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage()));
    }

    /** What to tell the user. */
    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
