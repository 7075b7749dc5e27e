package dev.pintle.equivalence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the probe wrote of one run.
 *
 * @param fields in the order in which they were written; some keys come more than once
 */
record ProbeRecord(Map<String, List<String>> fields) {

    static ProbeRecord parse(String text) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.computeIfAbsent(line.substring(0, equals), k -> new ArrayList<>())
                        .add(line.substring(equals + 1));
            }
        });
        return new ProbeRecord(fields);
    }

    boolean isReady() {
        return fields.containsKey("ready");
    }

    List<String> all(String key) {
        return fields.getOrDefault(key, List.of());
    }

    String get(String key) {
        return String.join(" ", all(key));
    }

    long number(String key) {
        return Long.parseLong(all(key).get(0));
    }

    /** Variables by name. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (String entry : all("env")) {
            int equals = entry.indexOf('=');
            environment.put(entry.substring(0, equals), entry.substring(equals + 1));
        }
        return environment;
    }

    /** The signals that it got, each once: the order in which two at a time come is the kernel's. */
    String signals() {
        return String.join(" ", new TreeSet<>(all("signal")));
    }

    /** What can be compared as it is: all but what differs from run to run. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new TreeMap<>();
        fields.keySet().stream()
                .filter(key -> !List.of("start", "pid", "env", "ready", "signal", "signal.at", "ended.at")
                        .contains(key))
                .forEach(key -> attributes.put(key, String.join(" | ", all(key))));
        return attributes;
    }
}
