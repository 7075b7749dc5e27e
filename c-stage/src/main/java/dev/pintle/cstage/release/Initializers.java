package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.regex.Pattern;

/**
 * Keeps whether a class is initialized in a byte of its initializer, where TeaVM sets a flag in the structure of the class: a page
 * of structures that nobody writes to is shared by all containers. The initializer looks at it itself, so its callers do not.
 */
public final class Initializers implements Rewrite {
    private static final Pattern FUNCTION = Lines.pattern("^void initclass_.*\\(\\) \\{$");
    private static final Pattern FLAG = Lines.pattern("""
            ^(void initclass_.*\\(\\) \\{)
                TeaVM_Class\\* cls = \\(TeaVM_Class\\*\\) &\\w+_Cls;
                if \\(!\\(cls->flags & INT32_C\\(1\\)\\)\\) \\{
                    cls->flags \\|= INT32_C\\(1\\);
            """);

    @Override
    public String name() {
        return "initializers of classes";
    }

    @Override
    public void apply(Editor editor) {
        int functions = 0;
        int flags = 0;
        for (String file : editor.tree().sources()) {
            functions += Editor.count(editor.tree().text(file), FUNCTION);
            flags += editor.edit(file, FLAG, function -> function.group(1) + """

                        static char initialized;
                        if (!initialized) {
                            initialized = 1;
                    """);
        }
        editor.expectAtLeast(1, functions, "functions that initialize a class: " + FUNCTION);
        editor.expect(functions, flags, "flags in them, one in each: " + FLAG);
        editor.replaceLine("core.h", "static inline void teavm_initializeClass(", """
                #define teavm_initializeClass(class, initializer) (initializer)()
                static inline void teavm_callInitializer(TeaVM_Class* cls, void (*initializer)()) {""");
    }
}
