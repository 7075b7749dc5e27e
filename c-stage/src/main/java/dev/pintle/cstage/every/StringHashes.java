package dev.pintle.cstage.every;

import dev.pintle.cstage.edit.AddedC;
import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;

/**
 * Has maps find strings by a hash that nobody can know beforehand: see {@code hash.c}. TeaVM's maps have lists where a JVM's have
 * trees, so names of the same hash would keep PID 1 busy. Maps call the method by the class's table, and a switch by its name.
 */
public final class StringHashes implements Rewrite {
    private static final String FILE = "classes/java/lang/String.c";
    private static final String METHOD = "meth_jl_String_hashCode";
    private static final String DEFINITION = "int32_t " + METHOD + "(void* teavm_this_) {";

    @Override
    public String name() {
        return "hashes of strings";
    }

    @Override
    public void apply(Editor editor) {
        String text = editor.tree().text(FILE);
        if (!text.isEmpty() && !text.contains(METHOD)) {
            // A program that looks for no string.
            return;
        }
        editor.replace(FILE, 1, DEFINITION, AddedC.read("hash.c") + DEFINITION);
        editor.replace(FILE, 1, ".virt_hashCode = &" + METHOD + ",", ".virt_hashCode = &teavm_hashOfString,");
    }
}
