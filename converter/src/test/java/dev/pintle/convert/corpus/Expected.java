package dev.pintle.convert.corpus;

import dev.pintle.convert.parse.supervisord.Environment;
import dev.pintle.convert.parse.supervisord.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What supervisord's own parser made of a file.
 *
 * @param json as recorded
 */
public record Expected(Map<String, Object> json) {

    /** Whether it refused the file. */
    public boolean rejected() {
        return json.containsKey("error");
    }

    /** Its message, where it did. */
    public String error() {
        return String.valueOf(json.get("error"));
    }

    /** Whether a {@code [supervisord]} line was put before the file. */
    public boolean wrapped() {
        return Boolean.TRUE.equals(oracle().get("wrapped_with_supervisord_section"));
    }

    /** What it warned of. */
    @SuppressWarnings("unchecked")
    public List<String> warnings() {
        return (List<String>) json.getOrDefault("warnings", List.of());
    }

    /** The environment that it ran in. */
    public Environment environment() {
        Map<String, String> known = new HashMap<>();
        for (String name : List.of("ambient_env", "env")) {
            ((Map<?, ?>) oracle().getOrDefault(name, Map.of()))
                    .forEach((key, value) -> known.put(String.valueOf(key), String.valueOf(value)));
        }
        return new Environment(known, Map.of(), true, Text.of(String.valueOf(oracle().get("host_node_name"))));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> oracle() {
        return (Map<String, Object>) json.getOrDefault("_oracle", Map.of());
    }
}
