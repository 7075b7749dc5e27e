package dev.pintle.archive.boot;

import dev.pintle.init.program.Output;
import dev.pintle.init.sys.Sys;
import dev.pintle.s6.Fate;
import dev.pintle.s6.Problem;
import dev.pintle.s6.Programs;
import dev.pintle.s6.Translation;
import dev.pintle.s6.Translator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the trees of this container mean, and what is to be said of it. */
final class Reading {
    private static final String PREFIX = "S6_";

    private final Translation translation;
    private final Map<String, String> unreadable;

    private Reading(Translation translation, Map<String, String> unreadable) {
        this.translation = translation;
        this.unreadable = unreadable;
    }

    /** Reads the trees as they are now. */
    static Reading of(Sys sys, Map<String, String> environment) {
        KernelImage image = new KernelImage(sys);
        Translator.Options options = new Translator.Options(
                variables(environment), List.of(), List.of(), Programs.ARCHIVE, sys.userId() == 0);
        return new Reading(Translator.translate(image, options), image.unreadable());
    }

    /** Those that mean something to s6-overlay, or to what is built on it. */
    static Map<String, String> variables(Map<String, String> environment) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (variable.getKey().startsWith(PREFIX) || variable.getKey().equals("UMASK")) {
                variables.put(variable.getKey(), variable.getValue());
            }
        }
        return variables;
    }

    Translation translation() {
        return translation;
    }

    /** Whether the image has no trees at all. */
    boolean isEmpty() {
        return translation.services().isEmpty()
                && translation.problems().size() == 1
                && translation.problems().get(0).path().equals("/etc");
    }

    /** Says everything that is wrong; whether any of it is an error. */
    boolean sayProblems(Output output) {
        boolean wrong = false;
        for (Map.Entry<String, String> each : unreadable.entrySet()) {
            output.complain("error: cannot read " + each.getKey() + ": " + each.getValue());
            wrong = true;
        }
        for (Problem problem : translation.problems()) {
            output.complain((problem.error() ? "error: " : "warning: ") + problem.path() + ": " + problem.message()
                    + hint(problem.hint()));
            wrong |= problem.error();
        }
        return wrong;
    }

    /** Says what is left out, file by file; with {@code all}, what is only nearly the same, too. */
    void sayLosses(Output output, boolean all) {
        for (Translation.File file : translation.files()) {
            say(output, file.path(), file.fate(), all);
            for (Translation.Line line : file.lines()) {
                say(output, file.path() + ":" + line.line() + ": " + line.label(), line.fate(), all);
            }
        }
        for (Map.Entry<String, Fate> variable : translation.variables().entrySet()) {
            if (!Boot.obeys(variable.getKey())) {
                say(output, variable.getKey(), variable.getValue(), all);
            }
        }
    }

    private static void say(Output output, String what, Fate fate, boolean all) {
        if (fate.kind() == Fate.Kind.NOT_CARRIED) {
            output.complain("left out: " + what + ": " + fate.text() + hint(fate.hint()));
        } else if (all && fate.kind() == Fate.Kind.APPROXIMATED) {
            output.complain("nearly the same: " + what + ": " + fate.text() + hint(fate.hint()));
        }
    }

    private static String hint(@Nullable String hint) {
        return hint == null ? "" : "; " + hint;
    }
}
