package dev.pintle.s6;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The account of every file, and of those lines that have a fate of their own. */
final class Account {

    private static final Fate FORGOTTEN = Fate.notCarried("this converter has no rule for it", "please report this");

    private final Map<String, Entry> entries = new TreeMap<>();
    private final List<Problem> problems = new ArrayList<>();

    /** What is known of a file. */
    private static final class Entry {
        private Fate fate = FORGOTTEN;
        private final Set<String> services = new LinkedHashSet<>();
        private final List<Translation.Line> lines = new ArrayList<>();
    }

    /** Opens the account of a file: from here on it is reported. */
    void open(String path) {
        entries.computeIfAbsent(path, unused -> new Entry());
    }

    private Entry entry(String path) {
        return entries.computeIfAbsent(path, unused -> new Entry());
    }

    /** Gives a file a fate; where it has one, the worse counts, and what both say. */
    void fate(String path, Fate fate) {
        Entry entry = entry(path);
        entry.fate = entry.fate.equals(FORGOTTEN) ? fate : entry.fate.and(fate);
    }

    /** Gives a file a fate unless it has one. */
    void fateIfNone(String path, Fate fate) {
        Entry entry = entry(path);
        if (entry.fate.equals(FORGOTTEN)) {
            entry.fate = fate;
        }
    }

    /** Whether a file has no fate yet. */
    boolean isOpen(String path) {
        Entry entry = entries.get(path);
        return entry == null || entry.fate.equals(FORGOTTEN);
    }

    /** Whether nothing is reported of a file. */
    boolean isUnknown(String path) {
        return !entries.containsKey(path);
    }

    /** Notes which service a file has become, or is a part of. */
    void service(String path, String service) {
        entry(path).services.add(service);
    }

    void line(String path, int line, String label, Fate fate) {
        Entry entry = entry(path);
        for (Translation.Line each : entry.lines) {
            if (each.line() == line && each.label().equals(label)) {
                return;
            }
        }
        entry.lines.add(new Translation.Line(line, label, fate));
    }

    void error(String path, String what, String cause, String hint) {
        problems.add(new Problem(true, path, "cannot " + what + ": " + cause, hint.isEmpty() ? null : hint));
    }

    void warning(String path, String what, String cause, String hint) {
        problems.add(new Problem(false, path, "cannot " + what + ": " + cause, hint.isEmpty() ? null : hint));
    }

    List<Problem> problems() {
        return problems;
    }

    /** One entry for each file, sorted by path. */
    List<Translation.File> close() {
        List<Translation.File> files = new ArrayList<>();
        for (Map.Entry<String, Entry> each : entries.entrySet()) {
            Entry entry = each.getValue();
            entry.lines.sort((a, b) -> Integer.compare(a.line(), b.line()));
            files.add(new Translation.File(
                    each.getKey(), entry.fate, List.copyOf(entry.services), List.copyOf(entry.lines)));
        }
        return files;
    }
}
