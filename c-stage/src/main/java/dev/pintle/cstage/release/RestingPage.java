package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.AddedC;
import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts what runs at rest into one page: a kernel maps code in windows of 64 kB. The linker puts what is unlikely to run before all
 * other code, so that it is in the first page of the file, whatever that is aligned by. It calls no function outside of it ({@code
 * rest.h}).
 */
public final class RestingPage implements Rewrite {
    private static final String AT_REST = "__attribute__((section(\".text.unlikely.rest\"))) ";
    private static final String CLASSES = "classes/dev/pintle/init/sys/teavm/";

    @Override
    public String name() {
        return "the page at rest";
    }

    @Override
    public void apply(Editor editor) {
        for (String method : List.of("TeaVmSys_poll", "TeaVmSys_wait", "ErrnoH_result")) {
            String header = CLASSES + method.replaceFirst("_.*", ".h");
            String declaration = "int32_t meth_dpist_" + method + "(";
            editor.replace(header, 1, "extern " + declaration, "extern " + AT_REST + declaration);
        }
        String initializer = "void initclass_dpist_TeaVmSys(";
        editor.replace(CLASSES + "TeaVmSys.h", 1, "extern " + initializer, "extern " + AT_REST + initializer);
        redirect("poll", "teavm_restPoll", editor);
        redirect("madvise", "teavm_restAdvise", editor);
        editor.tree().put("rest.h", AddedC.read("rest.h"));
        editor.append("runtime.h", "#include \"rest.h\"\n");
    }

    /** Has the one file call another function. Where TeaVM inlines a method, it has more calls than the source. */
    private static void redirect(String function, String ours, Editor editor) {
        Pattern call = Pattern.compile("(?<=[( ])" + function + "\\(");
        int found = editor.edit(CLASSES + "TeaVmSys.c", call, match -> ours + "(");
        editor.expectAtLeast(1, found, "calls in " + CLASSES + "TeaVmSys.c: " + call);
    }
}
