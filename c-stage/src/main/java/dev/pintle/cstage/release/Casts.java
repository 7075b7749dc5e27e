package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;

/**
 * Leaves casts unchecked. Those that javac writes for generics cannot fail in a build that has no unchecked warning (-Werror),
 * and ours follow an instanceof.
 */
public final class Casts implements Rewrite {
    @Override
    public String name() {
        return "casts";
    }

    @Override
    public void apply(Editor editor) {
        editor.replaceLine("core.h", "static inline void* teavm_checkcast(", """
                #define teavm_checkcast(object, class, test) (object)
                static inline void* teavm_checkedCast(void* obj, void* cls, int32_t (*fn)(TeaVM_Class*,TeaVM_Class*)) {""");
    }
}
