package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;

/**
 * Names the class of an object by its address, where TeaVM takes the distance to the first class. The collector walks only classes
 * that have a class object, so the start makes no list of all.
 */
public final class ClassAddresses implements Rewrite {
    @Override
    public String name() {
        return "addresses of classes";
    }

    @Override
    public void apply(Editor editor) {
        editor.replaceLine(
                "core.h",
                "#define TEAVM_PACK_CLASS(cls)",
                "#define TEAVM_PACK_CLASS(cls) ((int32_t) ((uintptr_t) (cls) >> 3))");
        editor.replaceLine(
                "core.h",
                "#define TEAVM_UNPACK_CLASS(cls)",
                "#define TEAVM_UNPACK_CLASS(cls) ((TeaVM_Class*) (uintptr_t) ((uint32_t) (cls) << 3))");
        editor.replaceLine("main.c", "teavm_initClasses();", "");
        editor.replaceLine(
                "core.c",
                "cls->classObject = result;",
                "cls->classObject = result; cls->next = teavm_firstClass; teavm_firstClass = cls;");
        editor.replaceLine("arrayclass.c", "classPtr->next = teavm_firstClass;", "");
        editor.replaceLine("arrayclass.c", "teavm_firstClass = classPtr;", "");
    }
}
