package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes the room for methods of interfaces from a class that nothing extends and that adds no methods to those of Object or
 * Record. This room follows the methods of Object.
 */
public final class LeafClasses implements Rewrite {
    private static final String OBJECT = "classes/java/lang/Object.h";
    private static final String RECORD = "classes/java/lang/Record.h";
    private static final Pattern OBJECT_METHODS = Lines.pattern("^typedef struct jl_Object_VT \\{\n(?:    .*;.*\n)*?"
            + "((?:    void \\(\\*pad[0-9]*\\)\\(\\); // [0-9]+\n)+)} jl_Object_VT;$");
    private static final Pattern PARENT = Lines.pattern("^    ([A-Za-z0-9_]+_VT) parent;");
    private static final Pattern METHODLESS =
            Lines.pattern("^typedef struct ([A-Za-z0-9_]+_VT) \\{\n    jl_(Object|Record)_VT parent;\n} \\1;$");

    private int leaves;

    @Override
    public String name() {
        return "classes without room for methods";
    }

    @Override
    public void apply(Editor editor) {
        int objects = editor.edit(OBJECT, OBJECT_METHODS, LeafClasses::withLeaf);
        editor.expect(1, objects, "a structure of " + OBJECT + " that ends with room for methods: " + OBJECT_METHODS);
        int records = Editor.count(editor.tree().text(RECORD), METHODLESS);
        editor.expect(1, records, "a structure of " + RECORD + " without methods: " + METHODLESS);
        List<String> headers = editor.tree().files(path -> path.startsWith("classes/") && path.endsWith(".h"));
        Set<String> extended = extended(headers, editor);
        for (String file : headers) {
            editor.edit(file, METHODLESS, structure -> edited(structure, extended));
        }
        editor.expectAtLeast(1, leaves, "classes without methods of their own that nothing extends: " + METHODLESS);
    }

    /** The structure of Object, and the same without room. */
    private static String withLeaf(MatchResult object) {
        String leaf = object.group().replace(object.group(1), "").replace("jl_Object_VT", "TeaVM_LeafVT");
        return object.group() + "\n" + leaf
                + "\ntypedef struct TeaVM_LeafRecordVT { TeaVM_LeafVT parent; } TeaVM_LeafRecordVT;";
    }

    /** All that is the parent of something. */
    private static Set<String> extended(List<String> headers, Editor editor) {
        Set<String> extended = new TreeSet<>();
        for (String file : headers) {
            Matcher parent = PARENT.matcher(editor.tree().text(file));
            while (parent.find()) {
                extended.add(parent.group(1));
            }
        }
        return extended;
    }

    private String edited(MatchResult structure, Set<String> extended) {
        if (extended.contains(structure.group(1))) {
            return structure.group();
        }
        leaves++;
        String parent = structure.group(2).equals("Object") ? "TeaVM_LeafVT" : "TeaVM_LeafRecordVT";
        return structure.group().replace("jl_" + structure.group(2) + "_VT parent", parent + " parent");
    }
}
