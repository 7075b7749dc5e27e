package dev.pintle.convert.move;

import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Goes through the commands of a shell of the build in order, those of a loop once for each of its values, and puts into their
 * words what is known of the variables that the shell sets.
 */
final class ShellWalk {

    /** Of one loop; of one with more, the commands are looked at once, with a variable that is not known. */
    private static final int MAX_VALUES = 200;

    /** Of loops in loops. */
    private static final int MAX_DEPTH = 4;

    private static final Set<String> LOOPS = Set.of("for", "while", "until", "select");
    private static final Set<String> OPENS = Set.of("if", "case", "while", "until");
    private static final Set<String> CLOSES = Set.of("fi", "esac", "done");
    private static final Set<String> QUESTIONS = Set.of("[", "[[", "test", "grep");
    private static final Set<String> DECLARATIONS = Set.of("export", "local", "declare", "readonly");
    private static final Pattern ASSIGNMENT = Pattern.compile("(\\w+)=(.*)", Pattern.DOTALL);
    private static final Pattern BRACES = Pattern.compile("([^{}]*)\\{([^{}$]*,[^{}$]*)\\}(.*)", Pattern.DOTALL);

    private final Variables variables;
    private final Function<String, List<String>> names;
    private final WorkingDirectory directory;
    private final Step taker;
    /** Of the commands that decide which others are run. */
    private int conditions;

    private boolean asked;

    /** Gets a command, with whether it is run whatever happens, as far as conditions around it tell. */
    interface Step {
        void take(ShellCommand command, boolean always);
    }

    /**
     * @param variables     that the shell begins with
     * @param names         what a directory of the image has, by the name
     * @param workDirectory that the shell begins in
     * @param taker         gets each command, with the places of its words as they stand in the text
     */
    ShellWalk(Variables variables, Function<String, List<String>> names, String workDirectory, Step taker) {
        this.variables = new Variables(variables);
        this.names = names;
        this.directory = new WorkingDirectory(workDirectory);
        this.taker = taker;
    }

    void walk(List<ShellCommand> commands) {
        walk(commands, 0);
    }

    private void walk(List<ShellCommand> commands, int depth) {
        int at = 0;
        while (at < commands.size()) {
            int end = end(commands, at);
            if (end > at && depth < MAX_DEPTH) {
                loop(commands.get(at), commands.subList(at + 1, end), depth);
                at = end;
            } else {
                step(commands.get(at));
            }
            at++;
        }
    }

    /** Where the loop over words ends that begins with a command; that command where it is none. */
    static int end(List<ShellCommand> commands, int at) {
        List<String> head = head(commands.get(at));
        if (head.size() < 3 || !head.get(0).equals("for") || !head.get(2).equals("in")) {
            return at;
        }
        int open = 1;
        for (int i = at + 1; i < commands.size(); i++) {
            List<String> words = plain(commands.get(i));
            open += words.stream().limit(3).anyMatch(LOOPS::contains)
                            && !head(commands.get(i)).isEmpty()
                    ? 1
                    : 0;
            open -= words.get(0).equals("done") ? 1 : 0;
            if (open == 0) {
                return i;
            }
        }
        return at;
    }

    private static List<String> plain(ShellCommand command) {
        return command.words().stream().map(ShellWord::value).toList();
    }

    /** The words from the one that opens a loop on; none where a command opens none. */
    private static List<String> head(ShellCommand command) {
        return plain(command).stream()
                .dropWhile(word -> Invocation.isReserved(word) && !LOOPS.contains(word))
                .toList();
    }

    private void loop(ShellCommand head, List<ShellCommand> body, int depth) {
        List<String> words = head(head);
        String variable = words.get(1);
        Optional<List<String>> values = values(words.subList(3, words.size()));
        if (values.isEmpty()) {
            variables.forget(variable);
            walk(body, depth + 1);
            return;
        }
        for (String value : values.get()) {
            variables.set(variable, value);
            walk(body, depth + 1);
        }
    }

    /** Absent where one of them is not known. */
    private Optional<List<String>> values(List<String> words) {
        List<String> values = new ArrayList<>();
        for (String word : words) {
            Optional<List<String>> several = several(word);
            if (several.isEmpty()) {
                return Optional.empty();
            }
            values.addAll(several.get());
        }
        return Optional.of(values).filter(all -> all.size() <= MAX_VALUES);
    }

    private Optional<List<String>> several(String word) {
        Optional<List<String>> listed = ShellSubstitution.listed(word).flatMap(path -> files(variables.expand(path)));
        if (listed.isPresent()) {
            return listed;
        }
        String known = variables.expand(word);
        if (!isKnown(known)) {
            return Optional.empty();
        }
        Stream<String> parts =
                known.equals(word) ? Stream.of(known) : Stream.of(known.strip().split("\\s+", -1));
        return Optional.of(parts.flatMap(part -> braces(part).stream())
                .flatMap(part -> matching(part).stream())
                .toList());
    }

    /** What {@code ls} prints: the names in a directory, or the paths that match. */
    private Optional<List<String>> files(String path) {
        if (!isKnown(path)) {
            return Optional.empty();
        }
        return Optional.of(GlobPattern.isPattern(path) ? matching(path) : names.apply(directory.of(path)));
    }

    private static boolean isKnown(String text) {
        return text.indexOf('$') < 0 && text.indexOf('`') < 0 && text.indexOf('\0') < 0;
    }

    /** {@code a{b,c}}. */
    private static List<String> braces(String word) {
        Matcher braces = BRACES.matcher(word);
        return braces.matches()
                ? Stream.of(braces.group(2).split(",", -1))
                        .map(part -> braces.group(1) + part + braces.group(3))
                        .toList()
                : List.of(word);
    }

    /** Of a pattern, in a name or in a directory's, the paths of the image that match. */
    private List<String> matching(String word) {
        if (!GlobPattern.isPattern(word)) {
            return List.of(word);
        }
        List<String> found = List.of(word.startsWith("/") ? "/" : "");
        for (String part : word.split("/", -1)) {
            if (!part.isEmpty()) {
                found = found.stream()
                        .flatMap(parent -> GlobPattern.isPattern(part)
                                ? names.apply(directory.of(parent)).stream()
                                        .filter(name -> GlobPattern.matches(part, name))
                                        .map(name -> parent + name + "/")
                                : Stream.of(parent + part + "/"))
                        .limit(MAX_VALUES + 1L)
                        .toList();
            }
        }
        return found.stream()
                .map(path -> path.substring(0, path.length() - (word.endsWith("/") ? 0 : 1)))
                .toList();
    }

    private void step(ShellCommand command) {
        ShellCommand known = new ShellCommand(
                command.words().stream()
                        .map(word -> new ShellWord(value(word.value()), word.start(), word.end(), word.redirect()))
                        .toList(),
                command.before(),
                command.after());
        assign(known);
        directory.follow(known);
        String first = plain(command).get(0);
        boolean joined = command.before().equals("&&");
        conditions -= CLOSES.contains(first) ? 1 : 0;
        taker.take(known, conditions <= 0 && !command.before().equals("||") && !(joined && asked));
        conditions += OPENS.contains(first) ? 1 : 0;
        asked = QUESTIONS.contains(Invocation.of(known.arguments()).program()) || (joined && asked);
        directory.leave(known);
    }

    private String value(String word) {
        return variables.expand(ShellSubstitution.evaluated(word, variables::expand));
    }

    private void assign(ShellCommand command) {
        List<String> words = plain(command).stream()
                .dropWhile(Invocation::isReserved)
                .dropWhile(DECLARATIONS::contains)
                .toList();
        if (words.stream().allMatch(word -> ASSIGNMENT.matcher(word).matches())) {
            for (String word : words) {
                String name = word.substring(0, word.indexOf('='));
                String value = word.substring(word.indexOf('=') + 1);
                if (isKnown(value)) {
                    variables.set(name, value);
                } else {
                    variables.forget(name);
                }
            }
        }
    }
}
