package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;

/** Calls the initializer of a class without a look at whether it has run: it looks itself. */
public final class Initializers implements Rewrite {
    @Override
    public String name() {
        return "initializers of classes";
    }

    @Override
    public void apply(Editor editor) {
        editor.replaceLine("core.h", "static inline void teavm_initializeClass(", """
                #define teavm_initializeClass(class, initializer) (initializer)()
                static inline void teavm_callInitializer(TeaVM_Class* cls, void (*initializer)()) {""");
    }
}
