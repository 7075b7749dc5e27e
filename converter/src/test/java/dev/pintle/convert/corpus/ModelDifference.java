package dev.pintle.convert.corpus;

import dev.pintle.convert.parse.supervisord.SupervisordConfig;
import dev.pintle.layout.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares two models of a configuration field by field, as the golden data has them. */
final class ModelDifference {

    private ModelDifference() {}

    /** What differs, by the place where it does. */
    static Map<String, String> between(Map<String, Object> expected, SupervisordConfig config) {
        Map<String, @Nullable Object> ours = ParsedJson.of(config);
        Map<String, String> differences = new LinkedHashMap<>();
        for (String part : List.of("supervisord", "groups", "servers")) {
            difference(part, expected.get(part), ours.get(part), differences);
        }
        return differences;
    }

    /** Those of our warnings that supervisord gives too. */
    static List<Diagnostic> supervisordsWarnings(List<Diagnostic> diagnostics) {
        Set<String> codes = Set.of("nothing-included", "syslog-file", "auto-log-unbounded", "ignored-stderr-file");
        return diagnostics.stream().filter(d -> codes.contains(d.code())).toList();
    }

    private static void difference(
            String at, @Nullable Object expected, @Nullable Object ours, Map<String, String> found) {
        if (expected instanceof Map<?, ?> a && ours instanceof Map<?, ?> b) {
            Map<String, Object> keys = new TreeMap<>();
            a.forEach((key, value) -> keys.put(String.valueOf(key), ""));
            b.forEach((key, value) -> keys.put(String.valueOf(key), ""));
            keys.keySet().forEach(key -> difference(at + "." + key, a.get(key), b.get(key), found));
        } else if (expected instanceof List<?> a && ours instanceof List<?> b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) {
                difference(at + "[" + i + "]", a.get(i), b.get(i), found);
            }
        } else if (!Objects.equals(expected, ours)) {
            found.put(at, expected + " but ours is " + ours);
        }
    }
}
