package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;

/** Tells the compiler that arrays lie at multiples of 8 bytes, so that it knows where their elements begin. */
public final class ArrayAlignment implements Rewrite {
    @Override
    public String name() {
        return "the alignment of arrays";
    }

    @Override
    public void apply(Editor editor) {
        editor.replaceLine(
                "core.h",
                "#define TEAVM_ARRAY_DATA(array, type)",
                "#define TEAVM_ARRAY_DATA(array, type) ((type*) TEAVM_ALIGN((((TeaVM_Array*)"
                        + " __builtin_assume_aligned((array), 8)) + 1), sizeof(type)))");
    }
}
