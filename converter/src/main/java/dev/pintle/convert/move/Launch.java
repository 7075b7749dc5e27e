package dev.pintle.convert.move;

import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.LastAct;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Excerpt;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that starts the supervisor, or hands its arguments to something that may.
 *
 * @param excerpt  the text
 * @param commands all of its commands
 * @param starts   those that start the supervisor
 */
record Launch(Excerpt excerpt, List<ShellCommand> commands, List<ShellCommand> starts) {

    private static final Set<String> ARGUMENTS = Set.of("$@", "$*", "${@}", "${*}", "${@:1}");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{?(\\w+)\\}?");

    private static final Pattern DEFAULT = Pattern.compile("^\\$\\{\\w+:?[-=]([^}$]*)\\}$");

    private static final Set<String> ASK_ONLY = Set.of("-v", "--version", "-h", "--help");

    /** Of a shell text. */
    static Launch of(Excerpt excerpt, Build build) {
        List<ShellCommand> commands = ShellScript.commands(excerpt);
        return new Launch(
                excerpt,
                commands,
                commands.stream().filter(command -> starts(command, build)).toList());
    }

    private static boolean starts(ShellCommand command, Build build) {
        Invocation invocation = Invocation.of(command.arguments());
        return !command.isPattern()
                && isStart(invocation, build)
                && invocation.arguments().stream().map(ShellWord::value).noneMatch(ASK_ONLY::contains);
    }

    /**
     * Whether a command starts the supervisor. A shell script of the image's own that has the name of one of the supervisor's
     * programs, such as {@code runsvdir-start}, is a script like any other.
     */
    static boolean isStart(Invocation invocation, Build build) {
        return build.supervisor().starts(invocation)
                && !(build.supervisor().starts(invocation.program()) && isShellScript(invocation, build));
    }

    private static boolean isShellScript(Invocation invocation, Build build) {
        return build.script(invocation)
                .flatMap(build::other)
                .filter(edits -> Start.isShellScript(edits.file().text()))
                .isPresent();
    }

    /** The commands that make the supervisor's words the arguments: {@code set -- supervisord -n}. */
    List<ShellCommand> defaults(Supervisor supervisor) {
        return commands.stream()
                .filter(command -> defaultWords(command, supervisor).isPresent())
                .toList();
    }

    /** The supervisor and its arguments behind {@code set --}. */
    static Optional<List<ShellWord>> defaultWords(ShellCommand command, Supervisor supervisor) {
        Invocation invocation = Invocation.of(command.arguments());
        List<ShellWord> words = invocation.arguments();
        if (!invocation.program().equals("set") || words.isEmpty()) {
            return Optional.empty();
        }
        List<ShellWord> behind = words.get(0).value().equals("--") ? words.subList(1, words.size()) : words;
        return behind.isEmpty() || !supervisor.starts(Invocation.of(behind)) ? Optional.empty() : Optional.of(behind);
    }

    /** Whether the supervisor is started here, or made what is started. */
    boolean startsIt(Supervisor supervisor) {
        return !starts.isEmpty() || (!defaults(supervisor).isEmpty() && passesArguments());
    }

    /** Whether some command runs the arguments: {@code exec "$@"}. */
    boolean passesArguments() {
        return commands.stream().anyMatch(Launch::runsArguments);
    }

    /** Whether a command runs the arguments. */
    static boolean runsArguments(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        return ARGUMENTS.contains(invocation.program())
                || (invocation.program().equals("eval")
                        && invocation.arguments().stream().map(ShellWord::value).anyMatch(ARGUMENTS::contains));
    }

    /**
     * A word with the variables that the text itself gives a value, once and without others in it; of {@code ${NAME:-value}}
     * that is the default.
     */
    String resolved(String word) {
        Matcher reference = REFERENCE.matcher(word);
        if (!reference.matches()) {
            return word;
        }
        List<String> values = commands.stream()
                .filter(command -> Invocation.of(command.arguments()).word().isEmpty())
                .flatMap(command -> command.arguments().stream())
                .map(ShellWord::value)
                .filter(value -> value.startsWith(reference.group(1) + "="))
                .map(value -> value.substring(value.indexOf('=') + 1))
                .map(value -> DEFAULT.matcher(value).replaceFirst("$1"))
                .distinct()
                .toList();
        return values.size() == 1 && values.get(0).indexOf('$') < 0 ? values.get(0) : word;
    }

    /** Whether a command is the last one that is carried out. */
    boolean isLast(ShellCommand command) {
        return LastAct.is(command, commands);
    }
}
