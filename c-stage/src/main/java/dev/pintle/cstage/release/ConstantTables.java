package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.regex.Pattern;

/**
 * Makes constants of two kinds of tables that nobody writes to: where the references of an object are, and what the values of an
 * enum are. Constants lie with the code, which all containers share and which is given back at rest.
 */
public final class ConstantTables implements Rewrite {
    private static final Pattern LAYOUT = Lines.pattern("^static int16_t (teavm_classLayouts_\\w+\\[)");
    private static final Pattern LAYOUT_USE = Lines.pattern("^ *\\.layout = teavm_classLayouts_\\w+,?$");
    private static final Pattern VALUES = Lines.pattern("^static void\\* (\\w+_enumConstants\\[)");
    private static final Pattern VALUES_USE = Lines.pattern("^ *\\.enumValues = \\w+_enumConstants,?$");

    @Override
    public String name() {
        return "tables of classes";
    }

    @Override
    public void apply(Editor editor) {
        int layouts = 0;
        int layoutUses = 0;
        int values = 0;
        int valuesUses = 0;
        for (String file : editor.tree().sources()) {
            layouts += editor.edit(file, LAYOUT, table -> "static const int16_t " + table.group(1));
            values += editor.edit(file, VALUES, table -> "static void* const " + table.group(1));
            layoutUses += Editor.count(editor.tree().text(file), LAYOUT_USE);
            valuesUses += Editor.count(editor.tree().text(file), VALUES_USE);
        }
        editor.expectAtLeast(1, layoutUses, "classes with references: " + LAYOUT_USE);
        editor.expect(2 * layoutUses, layouts, "tables of them, each declared and defined: " + LAYOUT);
        editor.expectAtLeast(1, valuesUses, "enums: " + VALUES_USE);
        editor.expect(valuesUses, values, "tables of their values, one each: " + VALUES);
    }
}
