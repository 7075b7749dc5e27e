package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.regex.Pattern;

/**
 * Fills the table that javac makes for a switch over an enum without null and bounds checks. Nothing is allocated while an array is
 * filled, so its references need no frame.
 */
public final class SwitchTables implements Rewrite {
    private static final Pattern TABLE = Lines.pattern("^TeaVM_Array\\* sfld_[A-Za-z0-9_]*__SwitchMap_");
    private static final Pattern FRAME = Lines.pattern(
            "^.*(?:TEAVM_(?:ALLOC_STACK|RELEASE_STACK|GC_ROOT)|, virt_clone\\)\\(teavm_tmp_ptr_[0-9]*\\)\\)\\);$).*\n");
    private static final Pattern NULL_CHECK =
            Pattern.compile("TEAVM_UNGUARDED\\(teavm_nullCheck\\((teavm_local_[0-9]*)\\)\\)");
    private static final Pattern BOUNDS_CHECK =
            Pattern.compile("TEAVM_UNGUARDED\\(teavm_checkBounds\\((teavm_local_[0-9]*), teavm_local_[0-9]*\\)\\)");
    private static final Pattern ENTRY = Pattern.compile("TEAVM_ARRAY_AT\\(");
    private static final Pattern CHECK = Pattern.compile("teavm_nullCheck|teavm_check\\w*Bound");

    @Override
    public String name() {
        return "tables of switches";
    }

    @Override
    public void apply(Editor editor) {
        int tables = 0;
        for (String file : editor.tree().sources()) {
            if (TABLE.matcher(editor.tree().text(file)).find()) {
                thin(file, editor);
                tables++;
            }
        }
        editor.expectAtLeast(1, tables, "sources with a table for a switch: " + TABLE);
    }

    private static void thin(String file, Editor editor) {
        editor.edit(file, FRAME, line -> "");
        editor.edit(file, NULL_CHECK, check -> check.group(1));
        int checks = editor.edit(file, BOUNDS_CHECK, check -> check.group(1));
        String text = editor.tree().text(file);
        editor.expectAtLeast(1, checks, "entries of tables for switches in " + file + ": " + BOUNDS_CHECK);
        editor.expect(Editor.count(text, ENTRY), checks, "checks of bounds in " + file + ", one for each " + ENTRY);
        editor.expect(0, Editor.count(text, CHECK), "checks of another form left in " + file);
    }
}
