package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes the null checks of programs that are not PID 1: with a check or without, a null ends them. The init has some among its
 * classes; of another program it is all.
 */
public final class NullChecks implements Rewrite {
    private static final Pattern CHECK = Pattern.compile("teavm_nullCheck\\(");
    private static final String INIT = "classes/dev/pintle/init/";
    private static final List<String> HELPERS = List.of("compat", "helper", "log", "program", "tool");

    private final List<String> beginnings;

    private NullChecks(List<String> beginnings) {
        this.beginnings = beginnings;
    }

    /** For the init's binary: those of the programs that it has besides. */
    public static NullChecks ofHelpers() {
        return new NullChecks(HELPERS.stream().map(name -> INIT + name + "/").toList());
    }

    /** For the binary of another program. */
    public static NullChecks ofAll() {
        return new NullChecks(List.of("classes/"));
    }

    @Override
    public String name() {
        return "null checks of programs";
    }

    @Override
    public void apply(Editor editor) {
        for (String beginning : beginnings) {
            int found = 0;
            for (String file : editor.tree().sources()) {
                found += file.startsWith(beginning) ? editor.edit(file, CHECK, check -> "(") : 0;
            }
            editor.expectAtLeast(1, found, CHECK + " in the sources below " + beginning);
        }
    }
}
