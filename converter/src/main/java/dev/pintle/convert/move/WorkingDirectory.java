package dev.pintle.convert.move;

import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The directory of the image that commands of a build are run in. */
final class WorkingDirectory {

    private static final Set<String> CHANGES = Set.of("cd", "pushd");

    private final UnaryOperator<String> variables;
    private String path;
    /** Those that commands behind a bracket go back to. */
    private final Deque<String> outer = new ArrayDeque<>();

    WorkingDirectory(String path) {
        this(path, UnaryOperator.identity());
    }

    /** {@code variables}: expands those of the build. */
    WorkingDirectory(String path, UnaryOperator<String> variables) {
        this.path = path;
        this.variables = variables;
    }

    /** Goes to where the next command is run, {@code cd} itself included. */
    void follow(ShellCommand command) {
        if (command.before().equals("(")) {
            outer.push(path);
        }
        Invocation invocation = Invocation.of(command.arguments());
        if (CHANGES.contains(invocation.program())) {
            List<String> words = invocation.arguments().stream()
                    .map(ShellWord::value)
                    .filter(word -> !word.startsWith("-"))
                    .toList();
            path = words.size() == 1 ? of(variables.apply(words.get(0))) : path;
        }
    }

    /** Goes back where a bracket closes behind a command. */
    void leave(ShellCommand command) {
        if (command.after().equals(")") && !outer.isEmpty()) {
            path = outer.pop();
        }
    }

    String path() {
        return path;
    }

    /** A path as it is from the root. */
    String of(String word) {
        return behind(path, word);
    }

    /** The directory, or the file, that a path names in a directory. */
    static String behind(String directory, String word) {
        return word.indexOf('\0') >= 0
                ? word
                : Path.of(directory).resolve(word).normalize().toString();
    }
}
