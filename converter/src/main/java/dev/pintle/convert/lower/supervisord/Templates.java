package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.Text;
import dev.pintle.convert.parse.supervisord.Text.Variable;
import dev.pintle.convert.parse.supervisord.Value;
import dev.pintle.layout.text.LayoutText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes texts as templates of the layout: a variable becomes {@code ${X?}}, a literal dollar sign two. */
final class Templates {

    /** Of the numbers that all are ids. */
    private static final int MAX_ID_DIGITS = 9;

    /** The number of a process never has a blank in it. */
    private static final Set<String> ONE_WORD = Set.of(Text.INSTANCE);

    /** How variables are called that hold several words. */
    private static final Pattern SEVERAL = Pattern.compile(
            "(?i)(?:^|.*_)(?:[a-z]*ARGS?|[a-z]*OPTS?|[a-z]*FLAGS?|OPTIONS?|PARAMS?|PARAMETERS|ARGUMENTS|SWITCHES|QUEUES"
                    + "|CMD|COMMAND|COMMANDLINE|EXTRAS?)");

    private Templates() {}

    /** supervisord refuses to start where a variable is unset, and takes an empty one. So does this form. */
    static String of(Text text) {
        return text.map(LayoutText::escape, variable -> "${" + variable.name() + "?}");
    }

    /** A command's words. supervisord splits a command after it has put the variables in. */
    static String words(List<Text> words) {
        return LayoutText.words(words.stream()
                .map(word -> word.map(LayoutText::escape, variable -> inCommand(word, variable)))
                .toList());
    }

    private static String inCommand(Text word, Variable variable) {
        return (isSplit(word, variable) ? "${=" : "${") + variable.name() + "?}";
    }

    /** Whether a variable's value may be several words of a command, or none. */
    private static boolean isSplit(Text word, Variable variable) {
        if (variable.whole() || ONE_WORD.contains(variable.name())) {
            return false;
        }
        return word.length() == word.occurrences().size()
                || SEVERAL.matcher(variable.name()).matches();
    }

    /** Whether blanks in a variable's value stay in the word that it is a part of, and did not under supervisord. */
    static boolean keepsBlanks(Text word) {
        return word.occurrences().stream()
                .anyMatch(variable ->
                        !variable.whole() && !ONE_WORD.contains(variable.name()) && !isSplit(word, variable));
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
        return text.occurrences().stream()
                .map(variable -> variable.expansion() + " is ${" + variable.name() + "?}")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The same of a command's words. */
    static String variables(List<Text> words) {
        return words.stream()
                .flatMap(word -> word.occurrences().stream()
                        .map(variable -> variable.expansion() + " is " + inCommand(word, variable)
                                + (isSplit(word, variable) ? ", split into words" : "")))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** What is said of a text that the container cannot write as Python would: a value that is cut or padded, a number. */
    static Optional<Fate> lostFormat(Text text) {
        List<String> lost = text.occurrences().stream()
                .filter(variable -> !variable.format().isEmpty())
                .map(Variable::expansion)
                .distinct()
                .toList();
        boolean number = text.variables().contains(Text.INSTANCE);
        String hint = number
                ? "pass the number of processes with --env, and each gets a service of its own"
                : "pass the value with --env, or format it where it is set";
        if (!lost.isEmpty()) {
            return Optional.of(Fate.notCarried(
                    "the format of " + String.join(", ", lost) + ": the value stands there as it is", hint));
        }
        return number
                ? Optional.of(Fate.approximated("numbers of instances count from 1, not as numprocs_start says", hint))
                : Optional.empty();
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
