package dev.pintle.convert.move;

import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Excerpt;
import java.util.List;
import java.util.Set;

/**
 * A text that starts the supervisor, or hands its arguments to something that may.
 *
 * @param excerpt  the text
 * @param commands all of its commands
 * @param starts   those that start the supervisor
 */
record Launch(Excerpt excerpt, List<ShellCommand> commands, List<ShellCommand> starts) {

    private static final Set<String> ASK_ONLY = Set.of("-v", "--version", "-h", "--help");

    /** Of a shell text. */
    static Launch of(Excerpt excerpt, Supervisor supervisor) {
        List<ShellCommand> commands = ShellScript.commands(excerpt);
        return new Launch(
                excerpt,
                commands,
                commands.stream().filter(command -> starts(command, supervisor)).toList());
    }

    private static boolean starts(ShellCommand command, Supervisor supervisor) {
        Invocation invocation = Invocation.of(command.arguments());
        return !command.isPattern()
                && supervisor.starts(invocation.program())
                && invocation.arguments().stream().map(ShellWord::value).noneMatch(ASK_ONLY::contains);
    }

    /** Whether some command runs the arguments: {@code exec "$@"}. */
    boolean passesArguments() {
        return commands.stream().anyMatch(command -> {
            Invocation invocation = Invocation.of(command.arguments());
            return invocation.program().equals("$@") || invocation.program().equals("$*");
        });
    }

    /** Whether a command is the last one that is carried out. */
    boolean isLast(ShellCommand command) {
        int index = commands.indexOf(command);
        return !command.after().equals("&") && !command.after().equals("|") && index == commands.size() - 1;
    }
}
