package dev.pintle.cstage.every;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;
import java.util.regex.Pattern;

/**
 * Makes a local variable that is read in a catch volatile: without that, its value after a longjmp is undefined. TeaVM declares
 * volatile what the variable points to.
 */
public final class VariablesOfCatches implements Rewrite {
    private static final Pattern VARIABLE = Pattern.compile("volatile (\\w+\\*) teavm_spill_");

    private static final Pattern LEFT = Pattern.compile("volatile [^;]*\\* *teavm_spill_");

    private final int least;

    /** A rewrite that expects so many variables at least: a small program may have none. */
    public VariablesOfCatches(int least) {
        this.least = least;
    }

    @Override
    public String name() {
        return "variables of catches";
    }

    @Override
    public void apply(Editor editor) {
        int found = 0;
        for (String file : editor.tree().files(path -> path.startsWith("classes/"))) {
            found += editor.edit(file, VARIABLE, variable -> variable.group(1) + " volatile teavm_spill_");
        }
        editor.expectAtLeast(least, found, "variables that are read in a catch: " + VARIABLE);
        editor.expectNoneLeft(LEFT, "a variable that points to what is volatile");
    }
}
