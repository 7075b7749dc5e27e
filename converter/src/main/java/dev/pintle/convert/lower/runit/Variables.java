package dev.pintle.convert.lower.runit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The variables of a shell, as far as the script itself tells. */
final class Variables {

    /** What the shell sets by itself, differently in each run or in each shell. */
    private static final Set<String> SHELLS_OWN = Set.of(
            "PWD",
            "OLDPWD",
            "PPID",
            "IFS",
            "OPTIND",
            "OPTARG",
            "LINENO",
            "RANDOM",
            "SECONDS",
            "UID",
            "EUID",
            "GROUPS",
            "SHLVL",
            "_",
            "PS1",
            "PS2",
            "PS4",
            "ENV",
            "HOSTTYPE",
            "OSTYPE",
            "MACHTYPE");

    /** What every container has in its environment, so that a script that sets it changes what its program sees. */
    private static final Set<String> ALWAYS_EXPORTED = Set.of("PATH", "HOME");

    private final Map<String, Value> values = new LinkedHashMap<>();
    private final Map<String, Boolean> exported = new LinkedHashMap<>();
    private final boolean wiped;
    private boolean exportAll;
    private boolean unsetIsFatal;

    /**
     * The variables at a script's start.
     *
     * @param container variables of the container that are known to be there, with their values
     * @param wiped     whether runsvdir was started with an environment of PATH alone
     */
    Variables(Map<String, Value> container, boolean wiped) {
        this.wiped = wiped;
        values.putAll(container);
    }

    void exportAll(boolean on) {
        exportAll = on;
    }

    void unsetIsFatal(boolean on) {
        unsetIsFatal = on;
    }

    boolean unsetIsFatal() {
        return unsetIsFatal;
    }

    void set(String name, Value value, int offset) throws Refusal {
        if (SHELLS_OWN.contains(name)) {
            throw new Refusal("it sets " + name + ", which means something to the shell itself", offset);
        }
        boolean inherited = values.containsKey(name) && !exported.containsKey(name);
        values.put(name, value);
        exported.merge(name, exportAll || inherited || ALWAYS_EXPORTED.contains(name), Boolean::logicalOr);
    }

    /** Exports a variable; one that has no value yet is the container's, which is exported anyway. */
    void export(String name) {
        if (values.containsKey(name)) {
            exported.put(name, true);
        }
    }

    /** The value that the script gave it, or that is known from the container; null where neither is so. */
    @Nullable
    Value get(String name) {
        return values.get(name);
    }

    /** Whether a variable without value is certainly unset, and not the container's. */
    boolean isUnset(String name) {
        return wiped && !name.equals("PATH");
    }

    /** Whether a script cannot be followed where it uses this variable. */
    boolean isShellsOwn(String name) {
        return SHELLS_OWN.contains(name);
    }

    /** What the script exports, sorted by name. */
    Map<String, Value> exported() {
        Map<String, Value> environment = new TreeMap<>();
        exported.forEach((name, is) -> {
            Value value = values.get(name);
            if (is && value != null) {
                environment.put(name, value);
            }
        });
        return environment;
    }
}
