package dev.pintle.cstage.every;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;
import java.util.regex.Pattern;

/**
 * Changes nothing, and refuses a program with what our collector does not know of: weak references, direct buffers, arrays of
 * arrays that are made at once, and monitors.
 */
public final class RefusedFeatures implements Rewrite {
    private static final Pattern REFERENCES = Pattern.compile("java/lang/ref/|RuntimeReference|RuntimeBuffer");
    private static final Pattern CALLS = Pattern.compile("allocateMultiArray\\(|_monitorEnter[A-Za-z]*\\(");
    private static final Pattern DEFINED_IN = Pattern.compile("org/teavm/runtime/Allocator|java/lang/Object|Platform");

    @Override
    public String name() {
        return "a program with what the collector does not know of";
    }

    @Override
    public void apply(Editor editor) {
        for (String file : editor.tree().sources()) {
            if (REFERENCES.matcher(file).find()) {
                editor.miss(file + " has weak references or direct buffers");
            }
            if (!DEFINED_IN.matcher(file).find()
                    && CALLS.matcher(editor.tree().text(file)).find()) {
                editor.miss(file + " makes arrays of arrays at once, or uses monitors");
            }
        }
    }
}
