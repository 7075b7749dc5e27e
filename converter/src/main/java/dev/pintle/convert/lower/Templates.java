package dev.pintle.convert.lower;

import dev.pintle.convert.parse.Text;
import dev.pintle.convert.parse.Value;
import dev.pintle.layout.text.LayoutText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes texts as templates of the layout: a variable becomes {@code ${X?}}, a literal dollar sign two. */
final class Templates {

    private Templates() {}

    /** supervisord refuses to start where a variable is unset, and takes an empty one. So does this form. */
    static String of(Text text) {
        return text.map(LayoutText::escape, name -> "${" + name + "?}");
    }

    /** A command's words. */
    static String words(List<Text> words) {
        return LayoutText.words(words.stream().map(Templates::of).toList());
    }

    /** A value that a key can take as one line of text, or nothing. */
    static Optional<String> plain(Text text) {
        String template = of(text);
        return LayoutText.isPlain(template) ? Optional.of(template) : Optional.empty();
    }

    /** A typed value, as {@code known} writes it, or by its variables. */
    static <T> String value(Value<T> value, Function<T, String> known) {
        return value instanceof Value.Deferred<T> later
                ? of(later.text())
                : value.known().map(known).orElse("");
    }

    /** What a report says of a key that got its value from variables; nothing where it got none. */
    static String variables(Text text) {
        StringBuilder out = new StringBuilder();
        for (String name : text.variables().stream().distinct().toList()) {
            out.append(out.isEmpty() ? "" : ", ")
                    .append("%(ENV_")
                    .append(name)
                    .append(")s is ${")
                    .append(name)
                    .append("?}");
        }
        return out.toString();
    }

    /** What is said of variables that are emitted; never a value, which may be a secret. */
    static Fate environmentFate(String emitted, Map<String, Text> environment) {
        Text.Builder all = new Text.Builder();
        environment.values().forEach(all::add);
        String variables = variables(all.build());
        return variables.isEmpty() ? Fate.kept(emitted) : Fate.changed(emitted + ", where " + variables);
    }
}
