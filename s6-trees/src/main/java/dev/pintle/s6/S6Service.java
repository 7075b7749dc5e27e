package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A service of the layout to be. */
public final class S6Service {

    private final String name;
    private final String origin;
    private final Map<Key, String> keys = new LinkedHashMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> scripts = new TreeMap<>();
    private @Nullable S6Service log;

    S6Service(String name, String origin) {
        this.name = name;
        this.origin = origin;
    }

    /** In the layout. */
    public String name() {
        return name;
    }

    /** What it is made from. */
    public String origin() {
        return origin;
    }

    /** Its keys with their values as they are written, in order. */
    public Map<Key, String> keys() {
        return keys;
    }

    /** The variables that it sets, as templates. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Executable files of its directory, by their names. */
    public Map<String, String> scripts() {
        return scripts;
    }

    /** The service that reads what it writes, or null. */
    public @Nullable S6Service log() {
        return log;
    }

    void set(Key key, String value) {
        keys.put(key, value);
    }

    void setVariable(String variable, String template) {
        environment.put(variable, template);
    }

    void addScript(String file, String text) {
        scripts.put(file, text);
    }

    void setLog(S6Service service) {
        log = service;
    }

    /** Adds to a key that takes a list. */
    void addTo(Key key, String item) {
        String value = keys.get(key);
        if (value == null) {
            keys.put(key, item);
            return;
        }
        List<String> items = new ArrayList<>();
        for (String each : Text.split(value, ',')) {
            String trimmed = Text.trim(each);
            if (trimmed.equals(item)) {
                return;
            }
            items.add(trimmed);
        }
        items.add(item);
        keys.put(key, LayoutText.list(items));
    }

    boolean has(Key key) {
        return keys.containsKey(key);
    }
}
