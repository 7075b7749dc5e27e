package dev.pintle.equivalence;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares what was seen of a program under two supervisors. A difference is announced where the report of this very
 * conversion speaks of its subject: in a note for all services, or in what became of a key or a line of this service.
 * What is said to be kept announces nothing.
 */
final class Comparison {

    /** How reports call what a record's field holds. A variable is called by its name. */
    private static final Map<String, List<String>> SUBJECTS = subjects();

    private final Report report;
    private final List<String> unannounced = new ArrayList<>();
    private int compared;
    private int announced;

    Comparison(Report report) {
        this.report = report;
    }

    private static Map<String, List<String>> subjects() {
        Map<String, List<String>> subjects = new LinkedHashMap<>();
        subjects.put("session.leader", List.of("session"));
        subjects.put("group.leader", List.of("session", "process group"));
        subjects.put("signals.ignored", List.of("signal dispositions"));
        // Variables of env/ stand in the words of a script that init runs with them.
        subjects.put("finish.argv", List.of("first argument is 256"));
        subjects.put("argv", List.of("for the script too"));
        subjects.put("signals", List.of("SIGCONT"));
        subjects.put("cwd", List.of("starts in that directory", "working directory"));
        subjects.put("limit.", List.of("hard limit", "container's limit is higher"));
        subjects.put("stdout", List.of("container's output", "container's standard output"));
        subjects.put("stderr", List.of("container's output", "container's standard error"));
        subjects.put("starts", List.of("at most once a second"));
        return subjects;
    }

    /** What differs and was not announced, one line each. */
    List<String> unannounced() {
        return unannounced;
    }

    int compared() {
        return compared;
    }

    int announced() {
        return announced;
    }

    /** Compares two records of the program that became a service. */
    void records(String service, ProbeRecord before, ProbeRecord after) {
        Map<String, String> old = before.attributes();
        Map<String, String> fresh = after.attributes();
        Set<String> fields = new TreeSet<>(old.keySet());
        fields.addAll(fresh.keySet());
        for (String field : fields) {
            field(service, field, old.getOrDefault(field, "none"), fresh.getOrDefault(field, "none"));
        }
        Map<String, String> variables = new TreeMap<>(before.environment());
        after.environment().forEach(variables::putIfAbsent);
        // Every service of ours has some of these; pintle-init(8) lists them.
        variables.keySet().removeIf(variable -> variable.startsWith("PINTLE_"));
        for (String variable : variables.keySet()) {
            difference(
                    service,
                    "variable " + variable,
                    List.of(variable),
                    before.environment().getOrDefault(variable, "unset"),
                    after.environment().getOrDefault(variable, "unset"));
        }
        // SIGCONT goes with every stop signal, so that a stopped process gets it.
        field(service, "signals", before.signals(), after.signals());
    }

    /** Compares one thing, by the field that it is told in. */
    void field(String service, String field, String before, String after) {
        List<String> words = SUBJECTS.entrySet().stream()
                .filter(subject -> field.startsWith(subject.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(List.of());
        difference(service, field, words, before, after);
    }

    private void difference(String service, String field, List<String> words, String before, String after) {
        compared++;
        if (before.equals(after)) {
            return;
        }
        if (words.stream().anyMatch(word -> speaksOf(service, word))) {
            announced++;
        } else {
            unannounced.add(service + ": " + field + " was " + before + " and is " + after);
        }
    }

    private boolean speaksOf(String service, String word) {
        boolean noted = report.notes().stream().anyMatch(note -> note.text().contains(word));
        return noted
                || report.sections().stream()
                        .filter(section -> section.services().contains(service)
                                || section.services().isEmpty())
                        .anyMatch(section -> speaksOf(section, word));
    }

    private static boolean speaksOf(Report.Section section, String word) {
        return speaksOf(section.fate(), word) || section.keys().stream().anyMatch(key -> speaksOf(key.fate(), word));
    }

    private static boolean speaksOf(Fate fate, String word) {
        return fate.kind() != Fate.Kind.KEPT && fate.text().contains(word);
    }
}
