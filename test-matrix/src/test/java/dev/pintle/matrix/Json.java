package dev.pintle.matrix;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** An object of JSON whose members are expected to be there. */
record Json(Map<?, ?> members) {

    /** YAML is a superset of JSON. */
    static Json parse(String text) {
        return new Json((Map<?, ?>) new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    }

    private Object member(String name) {
        return Objects.requireNonNull(members.get(name), () -> "there is no " + name + " in " + members);
    }

    String text(String name) {
        return member(name).toString();
    }

    Json object(String name) {
        return new Json((Map<?, ?>) member(name));
    }

    List<?> list(String name) {
        return (List<?>) member(name);
    }

    List<Json> objects(String name) {
        return list(name).stream().map(each -> new Json((Map<?, ?>) each)).toList();
    }
}
