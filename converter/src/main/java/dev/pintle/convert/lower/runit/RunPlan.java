package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.layout.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a run script becomes: keys, and what is to be said of each of its lines. Nothing of it is in a draft yet. */
final class RunPlan {

    private final Map<Key, String> keys = new LinkedHashMap<>();
    private final Map<String, Value> environment = new TreeMap<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Set<String> inlined = new LinkedHashSet<>();
    private boolean usesEnvDirectory;
    private boolean pauses;

    /**
     * What is said of a statement.
     *
     * @param file   that it stands in
     * @param offset in the file's text
     * @param label  by which a reader finds it; never a value, which may be a secret
     * @param fate   of the statement
     */
    record Line(ServiceFile file, int offset, String label, Fate fate) {}

    /**
     * Another service that a script waits for.
     *
     * @param target its name
     * @param hard   whether the script goes no further without it
     * @param starts whether the script starts it
     * @param line   where, with the fate that it has if the other service is there
     */
    record Dependency(String target, boolean hard, boolean starts, Line line) {}

    void set(Key key, String value) {
        keys.put(key, value);
    }

    boolean isSet(Key key) {
        return keys.containsKey(key);
    }

    Map<Key, String> keys() {
        return keys;
    }

    Map<String, Value> environment() {
        return environment;
    }

    List<Dependency> dependencies() {
        return dependencies;
    }

    List<Line> lines() {
        return lines;
    }

    void line(ServiceFile file, int offset, String label, Fate fate) {
        lines.add(new Line(file, offset, label, fate));
    }

    /** A file of the service whose variables are in the keys. */
    void inline(String path) {
        inlined.add(path);
    }

    Set<String> inlined() {
        return inlined;
    }

    void useEnvDirectory() {
        usesEnvDirectory = true;
    }

    boolean usesEnvDirectory() {
        return usesEnvDirectory;
    }

    void pause() {
        pauses = true;
    }

    /** Whether the script's work is done before its last line, which only keeps runsv from running it again. */
    boolean pauses() {
        return pauses;
    }
}
