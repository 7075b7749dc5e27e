package dev.pintle.layout.parse;

import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.LayoutSource.UnreadableException;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.Budget;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A directory with a file for each variable, as chpst -e and s6-envdir read it: the first line is the value, blanks at its
 * end are dropped, a NUL stands for a newline, and an empty file takes the variable away. Nothing is interpolated.
 */
final class EnvDirectory {

    /** As long as one string of an environment may be for execve(2). */
    private static final int LIMIT = 131_072;

    /** Of all files of one directory: characters. More would take PID 1 longer than it may be away. */
    static final int MOST_TEXT = 1 << 18;

    private final LayoutSource source;
    private final Budget budget;
    private final Diagnostics diagnostics;

    EnvDirectory(LayoutSource source, Budget budget, Diagnostics diagnostics) {
        this.source = source;
        this.budget = budget;
        this.diagnostics = diagnostics;
    }

    /** Reads {@code path}, which need not exist, into {@code set} and {@code unset}. */
    void read(String path, Map<String, String> set, List<String> unset) {
        List<String> names = new ArrayList<>();
        try {
            names.addAll(source.files(path));
        } catch (UnreadableException e) {
            diagnostics.unreadable(path, e);
        }
        Collections.sort(names);
        budget.addEntries(names.size());
        if (names.size() > Budget.MOST_VARIABLES) {
            diagnostics.unreadable(
                    path, new UnreadableException("it has more than " + Budget.MOST_VARIABLES + " files"));
            return;
        }
        int length = 0;
        for (String name : names) {
            if (name.startsWith(".")) {
                continue;
            }
            String file = path + "/" + name;
            if (name.indexOf('=') >= 0) {
                diagnostics.error(Position.of(file), "bad-variable", "set variable " + name, "'=' in its name", null);
                continue;
            }
            try {
                String text = source.read(file, LIMIT);
                budget.addText(text, file, diagnostics);
                length += text == null ? 0 : text.length();
                if (length > MOST_TEXT) {
                    throw new UnreadableException(
                            "the files of " + path + " are longer than " + MOST_TEXT + " characters");
                }
                budget.addValue(name.length() + (text == null ? 0 : text.length()), Position.of(file), diagnostics);
                if (text == null || text.isEmpty()) {
                    unset.add(name);
                } else {
                    set.put(name, value(text));
                }
            } catch (UnreadableException e) {
                diagnostics.unreadable(file, e);
                // Of what is too much, the rest is not read either.
                if (length > MOST_TEXT) {
                    return;
                }
            }
        }
    }

    private static String value(String text) {
        int newline = text.indexOf('\n');
        int end = newline < 0 ? text.length() : newline;
        while (end > 0 && Ascii.isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end).replace('\0', '\n');
    }
}
