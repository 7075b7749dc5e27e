package dev.pintle.cstage.every;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.regex.Pattern;

/**
 * Keeps the constructor of an error from allocating a stack trace. An error that C itself makes (the heap is full, an index is out
 * of bounds) is in no frame until it is thrown, so its constructor must not collect. Nobody reads the trace.
 */
public final class ErrorsWithoutTrace implements Rewrite {
    private static final String FILE = "classes/java/lang/Throwable.c";
    private static final Pattern FILL =
            Lines.pattern("teavm_local_1 = .*meth_otr_ExceptionHandling_fillStackTrace\\(\\)\\);");

    @Override
    public String name() {
        return "stack traces of errors";
    }

    @Override
    public void apply(Editor editor) {
        int found = editor.edit(FILE, FILL, call -> "teavm_local_1 = NULL;");
        editor.expect(1, found, "a call in " + FILE + ": " + FILL);
    }
}
