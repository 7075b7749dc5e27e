package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.Text;
import dev.pintle.convert.parse.supervisord.Value;
import dev.pintle.layout.text.LayoutText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes texts as templates of the layout: a variable becomes {@code ${X?}}, a literal dollar sign two. */
final class Templates {

    /** Of the numbers that all are ids. */
    private static final int MAX_ID_DIGITS = 9;

    /** Variables that do not come from {@code %(ENV_…)s}, and never have a blank in them. */
    static final Set<String> ONE_WORD = Set.of(Text.INSTANCE, "HOSTNAME");

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
        return text.variables().stream()
                .distinct()
                .map(name -> Text.expansion(name) + " is ${" + name + "?}")
                .collect(Collectors.joining(", "));
    }

    /** What is said of variables that are emitted; never a value, which may be a secret. */
    static Fate environmentFate(String emitted, Map<String, Text> environment) {
        Text.Builder all = new Text.Builder();
        environment.values().forEach(all::add);
        String variables = variables(all.build());
        return variables.isEmpty() ? Fate.kept(emitted) : Fate.changed(emitted + ", where " + variables);
    }

    /** Whether /etc/passwd can have such a user, which supervisord would have looked up there. */
    static boolean isUser(Text user) {
        boolean number = !user.isEmpty();
        for (int i = 0; i < user.length(); i++) {
            int c = user.at(i);
            if ((c >= 0 && c <= ' ') || c == ':' || c == ',' || c == '/' || (i == 0 && c == '-')) {
                return false;
            }
            number &= c >= '0' && c <= '9';
        }
        return !user.isEmpty() && !(number && user.length() > MAX_ID_DIGITS);
    }
}
