package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.PercentFormat.LaterNumber;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that {@code %(name)s} may use in one place: ordinary ones, and {@code ENV_*} of the environment. */
final class Names {

    private static final String ENV = "ENV_";

    private final Environment environment;
    private final Map<String, Text> defined;
    private final Map<String, Object> names = new HashMap<>();

    /**
     * Without ordinary names.
     *
     * @param environment supervisord's own
     * @param defined     variables that {@code [supervisord] environment} adds to it; seen as they are when asked for
     */
    Names(Environment environment, Map<String, Text> defined) {
        this.environment = environment;
        this.defined = defined;
    }

    Names with(String name, Text value) {
        names.put(name, value);
        return this;
    }

    Names with(String name, Value<Long> value) {
        if (value instanceof Value.Deferred<Long> later) {
            names.put(name, new LaterNumber(later.text()));
        } else {
            names.put(name, value.or(0L));
        }
        return this;
    }

    /** Adds the variables of a program; one that supervisord's environment has keeps that value for the next process. */
    void setVariables(Map<String, Text> variables) {
        variables.forEach((name, value) -> names.put(ENV + name, value));
    }

    /** Before the next process of a program: what the environment defines goes before what the last process defined. */
    void resetVariables() {
        names.keySet().removeIf(name -> name.startsWith(ENV) && definedOutside(name.substring(ENV.length())));
    }

    private boolean definedOutside(String variable) {
        return defined.containsKey(variable) || environment.get(variable) != null;
    }

    /** The value of a name, or null where there is none. */
    @Nullable
    Object get(String name) {
        Object value = names.get(name);
        if (value != null || !name.startsWith(ENV)) {
            return value;
        }
        String variable = name.substring(ENV.length());
        Text text = defined.get(variable);
        return text != null ? text : environment.get(variable);
    }
}
