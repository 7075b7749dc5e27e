package dev.pintle.cstage.release;

import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Lines;
import dev.pintle.cstage.edit.Rewrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a method note its place only at calls in a try, where TeaVM notes it at every call. A method without a try gets no frame if
 * it has no references, or calls nothing that could collect garbage.
 */
public final class CallsAndFrames implements Rewrite {
    private static final Pattern CALL = Pattern.compile("TEAVM_WITH_CALL_SITE_ID\\(([0-9]+), ");
    private static final Pattern OTHER_CALL = Pattern.compile("TEAVM_WITH_CALL_SITE_ID\\((?![0-9]+, )");
    private static final Pattern CALLED = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)\\(");
    private static final Pattern FRAME =
            Pattern.compile(" *(?:TEAVM_(?:ALLOC_STACK|GC_ROOT|GC_ROOT_RELEASE)\\(.*\\)|TEAVM_RELEASE_STACK);");
    private static final String NO_REFERENCES = "TEAVM_ALLOC_STACK(INT32_C(0));";
    private static final String TRY = "TEAVM_TRY";
    private static final String CATCH = "TEAVM_CATCH";

    /** What collects nothing. What throws leaves the method, which then needs its references no more. */
    private static final Set<String> HARMLESS = Set.of(
            "TEAVM_ALLOC_STACK",
            "TEAVM_GC_ROOT",
            "TEAVM_GC_ROOT_RELEASE",
            "TEAVM_WITH_CALL_SITE_ID",
            "TEAVM_FIELD",
            "TEAVM_ARRAY_LENGTH",
            "TEAVM_ARRAY_AT",
            "INT32_C",
            "INT64_C",
            "teavm_nullCheck",
            "teavm_checkBounds",
            "teavm_checkLowerBound",
            "teavm_checkUpperBound");

    private final CallSiteTable table;
    private int outside;
    private int within;
    private int frameless;
    private int unknown;

    /** A rewrite that numbers calls as this table does, which has been applied before. */
    public CallsAndFrames(CallSiteTable table) {
        this.table = table;
    }

    @Override
    public String name() {
        return "calls and frames";
    }

    @Override
    public void apply(Editor editor) {
        for (String file : editor.tree().sources()) {
            String text = editor.tree().text(file);
            if (text.contains("CALL_SITE")) {
                editor.tree().put(file, thin(text));
            }
        }
        editor.expectAtLeast(1, outside, "calls outside a try: " + CALL);
        editor.expectAtLeast(1, within, "calls within a try: " + CALL + " between " + TRY + " and " + CATCH);
        editor.expectAtLeast(1, frameless, "frames without references: " + NO_REFERENCES);
        editor.expect(
                0,
                unknown,
                "calls in a try that the table of calls does not have, or a " + TRY + " without a " + CATCH);
        editor.expectNoneLeft(OTHER_CALL, "a call of another form");
    }

    private String thin(String text) {
        List<String> thinned = new ArrayList<>();
        List<String> method = new ArrayList<>();
        for (String line : Lines.of(text)) {
            method.add(line);
            if (line.startsWith("}")) {
                thinMethod(method, thinned);
                method.clear();
            }
        }
        thinMethod(method, thinned);
        return Lines.join(thinned);
    }

    private void thinMethod(List<String> method, List<String> thinned) {
        boolean hasTry = method.stream().anyMatch(line -> line.contains(TRY));
        boolean hasNoReferences = method.stream().anyMatch(line -> line.contains(NO_REFERENCES));
        boolean mayCollect = method.stream().anyMatch(line -> line.startsWith(" ") && mayCollect(line));
        boolean framed = hasTry || (mayCollect && !hasNoReferences);
        int depth = 0;
        for (String line : method) {
            depth += line.contains(TRY) ? 1 : 0;
            depth -= line.contains(CATCH) ? 1 : 0;
            if (framed || !FRAME.matcher(line).matches()) {
                thinned.add(renumber(line, depth > 0));
            }
        }
        frameless += hasNoReferences ? 1 : 0;
        unknown += depth == 0 ? 0 : 1;
    }

    private static boolean mayCollect(String line) {
        return CALLED.matcher(line).results().anyMatch(call -> !HARMLESS.contains(call.group(1)));
    }

    private String renumber(String line, boolean inTry) {
        if (!line.contains("TEAVM_WITH_CALL_SITE_ID(")) {
            return line;
        }
        Matcher calls = CALL.matcher(line);
        return calls.replaceAll(
                call -> inTry ? "TEAVM_WITH_CALL_SITE_ID(" + number(call.group(1)) + ", " : unguarded());
    }

    private int number(String call) {
        int old = Integer.parseInt(call);
        unknown += old < table.calls() ? 0 : 1;
        within++;
        return table.number(old);
    }

    private String unguarded() {
        outside++;
        return "TEAVM_UNGUARDED(";
    }
}
