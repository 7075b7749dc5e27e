package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.Start.Script;
import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Excerpt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script may ask whether its arguments are the supervisor: {@code [ "$1" = supervisord ]}, {@code case "$*" in}. What
 * was true of the old CMD has to be true of the new one; what was false stays as it is. Which of the two it was is found
 * by working out what the shell would have compared.
 */
final class ArgumentQuestions {

    private static final Set<String> TESTS = Set.of("[", "[[", "test");

    private static final Pattern REFERENCE = Pattern.compile(
            "\\$\\(basename\\s+(?:--\\s+)?\"?\\$\\{?([0-9])\\}?\"?\\)|`basename\\s+(?:--\\s+)?\"?\\$\\{?([0-9])\\}?\"?`"
                    + "|\\$\\{([0-9])##\\*/\\}|\\$\\{?([0-9@*])(?::-[^}]*)?\\}?");

    /** The arguments that the script gets now. */
    private static final List<String> NOW = List.of("/init");

    private final Build build;
    private final Script script;
    private final Excerpt excerpt;
    private final List<ShellCommand> commands;
    private final List<String> before;

    /** {@code before}: the arguments that the script has got so far. */
    ArgumentQuestions(Build build, Script script, List<String> before) {
        this.build = build;
        this.script = script;
        this.excerpt = script.launch().excerpt();
        this.commands = script.launch().commands();
        this.before = before;
    }

    void apply() {
        Optional<String> subject = Optional.empty();
        for (int i = 0; i < commands.size(); i++) {
            List<ShellWord> words = commands.get(i).arguments();
            int keyword = indexOf(words, "case");
            if (keyword >= 0 && keyword + 2 < words.size()) {
                subject = Optional.of(words.get(keyword + 1).value());
            }
            if (isPattern(i)) {
                int first = keyword >= 0 ? keyword + 3 : 0;
                for (ShellWord word : words.subList(Math.min(first, words.size()), words.size())) {
                    subject.ifPresent(asked -> compare(asked, word, true));
                }
            } else if (words.stream().anyMatch(word -> TESTS.contains(word.value()))) {
                test(words);
            }
        }
    }

    private static int indexOf(List<ShellWord> words, String value) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).value().equals(value)) {
                return i;
            }
        }
        return -1;
    }

    /** Patterns of one branch are joined by bars. */
    private boolean isPattern(int index) {
        int at = index;
        while (at < commands.size() && commands.get(at).after().equals("|")) {
            at++;
        }
        return at < commands.size() && commands.get(at).isPattern();
    }

    private void test(List<ShellWord> words) {
        boolean pattern = indexOf(words, "[[") >= 0;
        counts(words);
        for (int i = 1; i + 1 < words.size(); i++) {
            String operator = words.get(i).value();
            if (Set.of("=", "==", "!=").contains(operator)) {
                ShellWord left = words.get(i - 1);
                ShellWord right = words.get(i + 1);
                compare(left.value(), right, pattern);
                compare(right.value(), left, false);
            } else if (operator.equals("=~")) {
                expression(words.get(i - 1).value(), words.get(i + 1));
            }
        }
    }

    private void compare(String asked, ShellWord literal, boolean pattern) {
        if (!build.supervisor().isMentionedIn(literal.value())) {
            other(
                    literal,
                    value(asked, before).map(text -> matches(literal.value(), text, pattern)),
                    value(asked, NOW).map(text -> matches(literal.value(), text, pattern)));
            return;
        }
        Optional<String> was = value(asked, before);
        Optional<String> is = value(asked, NOW);
        if (was.isEmpty() || is.isEmpty() || literal.value().contains("$")) {
            return;
        }
        if (matches(literal.value(), was.get(), pattern)) {
            ask(literal, is.get());
        } else {
            stays(literal);
        }
    }

    private static boolean matches(String literal, String text, boolean pattern) {
        return pattern ? GlobPattern.matches(literal, text) : literal.equals(text);
    }

    /** A question that does not speak of the supervisor, but of the words that the CMD had. */
    private void other(ShellWord word, Optional<Boolean> was, Optional<Boolean> is) {
        if (was.isPresent() && is.isPresent() && !was.equals(is) && word.value().indexOf('$') < 0) {
            int offset = excerpt.offset(word.start());
            build.findings()
                    .add(
                            script.edits().file(),
                            offset,
                            "comparison",
                            Fate.notCarried(
                                    "it was " + (was.get() ? "true" : "false") + " of the words of the old CMD, and is "
                                            + (is.get() ? "true" : "false") + " of /init, which is the only one now",
                                    "ask for /init instead, or do it in any case"));
        }
    }

    /** Whether there is such a word, and how many there are. */
    private void counts(List<ShellWord> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            String operator = words.get(i).value();
            ShellWord next = words.get(i + 1);
            if (operator.equals("-n") || operator.equals("-z")) {
                boolean empty = operator.equals("-z");
                other(
                        words.get(i),
                        value(next.value(), before).map(text -> text.isEmpty() == empty),
                        value(next.value(), NOW).map(text -> text.isEmpty() == empty));
            }
            boolean number = i > 0
                    && words.get(i - 1).value().matches("\\$\\{?#\\}?")
                    && next.value().matches("\\d{1,4}");
            if (number) {
                int than = Integer.parseInt(next.value());
                other(next, holds(before.size(), operator, than), holds(NOW.size(), operator, than));
            }
        }
    }

    private static Optional<Boolean> holds(int count, String operator, int than) {
        return switch (operator) {
            case "-eq", "=", "==" -> Optional.of(count == than);
            case "-ne", "!=" -> Optional.of(count != than);
            case "-gt" -> Optional.of(count > than);
            case "-ge" -> Optional.of(count >= than);
            case "-lt" -> Optional.of(count < than);
            case "-le" -> Optional.of(count <= than);
            default -> Optional.empty();
        };
    }

    /** A regular expression, as far as it is plain text. */
    private void expression(String asked, ShellWord literal) {
        Optional<String> was = value(asked, before);
        String text = literal.value().replaceFirst("^\\^", "").replaceFirst("\\$$", "");
        boolean plain = text.matches("[\\w/ .-]+");
        if (plain && build.supervisor().isMentionedIn(text) && was.isPresent()) {
            if (was.get().contains(text)) {
                ask(literal, "/init");
            } else {
                stays(literal);
            }
        }
    }

    private void ask(ShellWord literal, String now) {
        int offset = excerpt.offset(literal.start());
        script.edits().replace(offset, excerpt.offsetAfter(literal.end()), now);
        build.findings().add(script.edits().file(), offset, "comparison", Fate.changed("it asks for " + now + " now"));
    }

    private void stays(ShellWord literal) {
        int offset = excerpt.offset(literal.start());
        build.findings().understand(script.edits().file(), offset, excerpt.offsetAfter(literal.end()));
        build.findings()
                .add(
                        script.edits().file(),
                        offset,
                        "comparison",
                        Fate.kept("it was not true of the old CMD, and is not of the new one"));
    }

    /** What a word is once its references to the arguments are replaced; absent where it has others. */
    private static Optional<String> value(String word, List<String> arguments) {
        Matcher matcher = REFERENCE.matcher(word);
        StringBuilder out = new StringBuilder();
        int done = 0;
        boolean some = false;
        while (matcher.find()) {
            some = true;
            out.append(word, done, matcher.start()).append(reference(matcher, arguments));
            done = matcher.end();
        }
        out.append(word.substring(done));
        return some && out.indexOf("$") < 0 && out.indexOf("`") < 0 ? Optional.of(out.toString()) : Optional.empty();
    }

    private static String reference(Matcher matcher, List<String> arguments) {
        for (int group = 1; group <= 3; group++) {
            if (matcher.group(group) != null) {
                return Invocation.baseName(argument(matcher.group(group), arguments));
            }
        }
        return argument(matcher.group(4), arguments);
    }

    private static String argument(String name, List<String> arguments) {
        if (name.equals("@") || name.equals("*")) {
            return String.join(" ", arguments);
        }
        int number = Integer.parseInt(name);
        return number >= 1 && number <= arguments.size() ? arguments.get(number - 1) : "";
    }
}
