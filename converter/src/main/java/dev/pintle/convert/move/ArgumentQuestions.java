package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.Start.Script;
import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Excerpt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A script may ask whether its arguments are the supervisor: {@code [ "$1" = supervisord ]}, {@code case "$*" in}. What
 * was true of the old CMD has to be true of the new one; what was false stays as it is. Which of the two it was is found
 * by working out what the shell would have compared.
 */
final class ArgumentQuestions {

    private static final Set<String> TESTS = Set.of("[", "[[", "test");

    private static final Set<String> GREPS = Set.of("grep", "egrep", "fgrep");

    private static final Set<String> MESSAGES = Set.of("echo", "printf");

    private static final Set<String> COMPARISONS = Set.of("=", "==", "!=");

    /** The arguments that the script gets now. */
    private static final List<String> NOW = List.of("/init");

    private final Build build;
    private final Script script;
    private final Excerpt excerpt;
    private final List<ShellCommand> commands;
    private final ArgumentWords before;
    private final ArgumentWords now;

    /** {@code before}: the arguments that the script has got so far. */
    ArgumentQuestions(Build build, Script script, List<String> before) {
        this.build = build;
        this.script = script;
        this.excerpt = script.launch().excerpt();
        this.commands = Functions.outside(script.launch().commands());
        Map<String, String> names = names();
        this.before = new ArgumentWords(before, names);
        this.now = new ArgumentWords(NOW, names);
    }

    /** Variables that are given a value once: {@code cmd=$1}. */
    private Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (ShellCommand command : commands) {
            String word = command.arguments().isEmpty()
                    ? ""
                    : command.arguments().get(0).value();
            int equals = word.indexOf('=');
            if (equals > 0
                    && word.substring(0, equals).matches("[A-Za-z_]\\w*")
                    && command.arguments().size() == 1) {
                String name = word.substring(0, equals);
                String old = names.put(name, word.substring(equals + 1));
                if (old != null) {
                    twice.add(name);
                }
            }
        }
        names.keySet().removeAll(twice);
        names.values().removeIf(value -> !value.contains("$"));
        names.values().removeIf(value -> !new ArgumentWords(NOW, Map.of()).refersToThem(value));
        return names;
    }

    /** A {@code case} that is open, with the patterns of its branches so far. */
    private record Choice(String subject, List<List<ShellWord>> branches) {}

    void apply() {
        Deque<Choice> open = new ArrayDeque<>();
        boolean inPattern = false;
        for (int i = 0; i < commands.size(); i++) {
            List<ShellWord> words = commands.get(i).arguments();
            int keyword = indexOf(words, "case");
            if (keyword >= 0 && keyword + 2 < words.size()) {
                open.push(new Choice(words.get(keyword + 1).value(), new ArrayList<>()));
            }
            if (isPattern(i) && !open.isEmpty()) {
                int first = keyword >= 0 ? Math.min(keyword + 3, words.size()) : 0;
                List<List<ShellWord>> branches = open.peek().branches();
                if (!inPattern) {
                    branches.add(new ArrayList<>());
                }
                branches.get(branches.size() - 1).addAll(words.subList(first, words.size()));
                inPattern = !commands.get(i).isPattern();
            } else if (!words.isEmpty() && words.get(0).value().equals("esac") && !open.isEmpty()) {
                choice(open.pop());
            } else if (words.stream().anyMatch(word -> TESTS.contains(word.value()))) {
                test(words);
            } else {
                search(i);
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

    /** The first branch with a pattern that is true is taken: it has to be the same one. */
    private void choice(Choice choice) {
        if (!before.refersToThem(choice.subject())) {
            return;
        }
        Optional<String> was = before.of(choice.subject());
        Optional<String> is = now.of(choice.subject());
        if (was.isEmpty() || is.isEmpty()) {
            choice.branches().stream().limit(1).forEach(branch -> unknown(branch.get(0)));
            return;
        }
        Optional<ShellWord> taken = taken(choice, was.get());
        boolean ours = taken.filter(this::isOurs).isPresent();
        for (ShellWord word : choice.branches().stream().flatMap(List::stream).toList()) {
            boolean asks = isOurs(word);
            if (asks && GlobPattern.matches(word.value(), was.get())) {
                ask(word, is.get());
                ours |= branch(choice, word).equals(taken.flatMap(first -> branch(choice, first)));
            } else if (asks) {
                stays(word);
            }
        }
        Optional<ShellWord> later = taken(choice, is.get());
        Optional<List<ShellWord>> old = taken.flatMap(word -> branch(choice, word));
        Optional<List<ShellWord>> fresh = later.flatMap(word -> branch(choice, word));
        boolean earlier = fresh.isPresent()
                && old.isPresent()
                && choice.branches().indexOf(fresh.get()) < choice.branches().indexOf(old.get());
        if (!old.equals(fresh) && (!ours || earlier)) {
            taken.or(() -> later).ifPresent(word -> differs(word, taken.isPresent()));
        }
    }

    private static Optional<ShellWord> taken(Choice choice, String text) {
        return choice.branches().stream()
                .flatMap(List::stream)
                .filter(word -> GlobPattern.matches(word.value(), text))
                .findFirst();
    }

    private static Optional<List<ShellWord>> branch(Choice choice, ShellWord word) {
        return choice.branches().stream()
                .filter(branch -> branch.contains(word))
                .findFirst();
    }

    private boolean isOurs(ShellWord word) {
        return build.supervisor().isNamedIn(word.value()) && word.value().indexOf('$') < 0;
    }

    private void test(List<ShellWord> words) {
        boolean pattern = indexOf(words, "[[") >= 0;
        for (int i = 0; i + 1 < words.size(); i++) {
            String operator = words.get(i).value();
            ShellWord next = words.get(i + 1);
            if (i > 0 && COMPARISONS.contains(operator)) {
                compare(words.get(i - 1), next, pattern);
            } else if (i > 0 && operator.equals("=~")) {
                expression(words.get(i - 1).value(), next);
            } else if (operator.equals("-n") || operator.equals("-z")) {
                boolean empty = operator.equals("-z");
                other(
                        words.get(i),
                        next.value(),
                        before.of(next.value()).map(text -> text.isEmpty() == empty),
                        now.of(next.value()).map(text -> text.isEmpty() == empty));
            } else if (Set.of("-x", "-f", "-e", "-s").contains(operator)) {
                other(
                        words.get(i),
                        next.value(),
                        before.of(next.value()).map(text -> text.startsWith("/")),
                        now.of(next.value()).map(text -> text.startsWith("/")));
            } else if (i > 0 && operator.startsWith("-") && next.value().matches("\\d{1,4}")) {
                number(words.get(i - 1).value(), operator, next);
            }
        }
    }

    private void compare(ShellWord left, ShellWord right, boolean pattern) {
        boolean asksRight = before.refersToThem(left.value());
        if (!asksRight && !before.refersToThem(right.value())) {
            return;
        }
        ShellWord literal = asksRight ? right : left;
        String asked = asksRight ? left.value() : right.value();
        boolean glob = pattern && asksRight;
        Optional<Boolean> was = equal(before, asked, literal, glob);
        Optional<Boolean> is = equal(now, asked, literal, glob);
        if (!isOurs(literal)) {
            other(literal, asked, was, is);
        } else if (was.isPresent() && is.isPresent()) {
            if (was.get()) {
                ask(literal, now.of(asked).orElseThrow());
            } else {
                stays(literal);
            }
        }
    }

    private static Optional<Boolean> equal(ArgumentWords words, String asked, ShellWord literal, boolean pattern) {
        return words.of(asked)
                .flatMap(text -> words.text(literal.value())
                        .map(value -> pattern ? GlobPattern.matches(value, text) : value.equals(text)));
    }

    /** A question that does not speak of the supervisor, but of the words that the CMD had. */
    private void other(ShellWord word, String asked, Optional<Boolean> was, Optional<Boolean> is) {
        if (was.isPresent() && is.isPresent() && !was.equals(is)) {
            differs(word, was.get());
        } else if (was.isEmpty() && before.refersToThem(asked)) {
            unknown(word);
        }
    }

    private void differs(ShellWord word, boolean was) {
        add(
                word,
                Fate.notCarried(
                        "it was " + was + " of the words of the old CMD, and is " + !was
                                + " of /init, which is the only one now",
                        "ask for /init instead, or do it in any case"));
    }

    private void unknown(ShellWord word) {
        add(
                word,
                Fate.approximated(
                        "it asks about the words of CMD in a way that is not understood; they are /init now",
                        "see that it is as true of /init as it was of the old words"));
    }

    /** How many words there are, or how long one is. */
    private void number(String asked, String operator, ShellWord than) {
        int number = Integer.parseInt(than.value());
        Optional<Integer> was = before.of(asked).flatMap(ArgumentQuestions::integer);
        Optional<Integer> is = now.of(asked).flatMap(ArgumentQuestions::integer);
        other(
                than,
                asked,
                was.flatMap(count -> holds(count, operator, number)),
                is.flatMap(count -> holds(count, operator, number)));
    }

    private static Optional<Integer> integer(String text) {
        return text.matches("\\d{1,4}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }

    private static Optional<Boolean> holds(int count, String operator, int than) {
        return switch (operator) {
            case "-eq" -> Optional.of(count == than);
            case "-ne" -> Optional.of(count != than);
            case "-gt" -> Optional.of(count > than);
            case "-ge" -> Optional.of(count >= than);
            case "-lt" -> Optional.of(count < than);
            case "-le" -> Optional.of(count <= than);
            default -> Optional.empty();
        };
    }

    /** A regular expression: one that speaks of the supervisor is replaced where it is plain text. */
    private void expression(String asked, ShellWord literal) {
        Optional<Boolean> was = before.of(asked).flatMap(text -> finds(literal.value(), text));
        Optional<Boolean> is = now.of(asked).flatMap(text -> finds(literal.value(), text));
        String text = literal.value().replaceFirst("^\\^", "").replaceFirst("\\$$", "");
        boolean plain = text.matches("[\\w/ .-]+") && build.supervisor().isMentionedIn(text);
        if (plain && was.isPresent() && is.isPresent()) {
            if (was.get()) {
                ask(literal, "/init");
            } else {
                stays(literal);
            }
            return;
        }
        if (was.isPresent() && is.isPresent()) {
            build.findings()
                    .understand(
                            script.edits().file(), excerpt.offset(literal.start()), excerpt.offsetAfter(literal.end()));
        }
        other(literal, asked, was, is);
    }

    private static Optional<Boolean> finds(String expression, String text) {
        try {
            return expression.contains("[:") || expression.contains("$(")
                    ? Optional.empty()
                    : Optional.of(Pattern.compile(expression).matcher(text).find());
        } catch (PatternSyntaxException e) {
            // A dialect of its own.
            return Optional.empty();
        }
    }

    /** {@code grep -q WORD <<<"$*"}, {@code echo "$1" | grep -q WORD}, {@code expr "$1" : WORD}. */
    private void search(int index) {
        ShellCommand command = commands.get(index);
        Invocation invocation = Invocation.of(command.arguments());
        if (invocation.program().equals("expr")) {
            invocation.arguments().stream()
                    .filter(word -> before.refersToThem(word.value()))
                    .findFirst()
                    .ifPresent(this::unknown);
            return;
        }
        if (!GREPS.contains(invocation.program())) {
            return;
        }
        Optional<String> text = command.words().stream()
                .filter(word -> word.redirect() && word.value().startsWith("<<<"))
                .map(word -> word.value().substring(3).strip().replaceAll("^[\"']|[\"']$", ""))
                .findFirst()
                .or(() ->
                        index > 0 && command.before().equals("|") ? shown(commands.get(index - 1)) : Optional.empty());
        Optional<ShellWord> pattern = invocation.arguments().stream()
                .filter(word -> !word.value().startsWith("-"))
                .findFirst();
        if (text.filter(before::refersToThem).isPresent() && pattern.isPresent()) {
            expression(text.get(), pattern.get());
        }
    }

    private static Optional<String> shown(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        List<ShellWord> words = invocation.arguments();
        return MESSAGES.contains(invocation.program()) && !words.isEmpty()
                ? Optional.of(words.get(words.size() - 1).value())
                : Optional.empty();
    }

    private void ask(ShellWord literal, String now) {
        int offset = excerpt.offset(literal.start());
        script.edits().replace(offset, excerpt.offsetAfter(literal.end()), now);
        add(literal, Fate.changed("it asks for " + now + " now"));
    }

    private void stays(ShellWord literal) {
        int offset = excerpt.offset(literal.start());
        build.findings().understand(script.edits().file(), offset, excerpt.offsetAfter(literal.end()));
        add(literal, Fate.kept("it was not true of the old CMD, and is not of the new one"));
    }

    private void add(ShellWord word, Fate fate) {
        build.findings().add(script.edits().file(), excerpt.offset(word.start()), "comparison", fate);
    }
}
