package dev.pintle.convert.move;

import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Functions of a shell text: in them {@code $1} is what they are called with. */
final class Functions {

    private Functions() {}

    /** The commands that are in none, and those in functions that get the text's own arguments. */
    static List<ShellCommand> outside(List<ShellCommand> commands) {
        Set<String> passed = new HashSet<>();
        for (ShellCommand command : commands) {
            Invocation invocation = Invocation.of(command.arguments());
            if (invocation.arguments().stream()
                    .anyMatch(word -> Set.of("$@", "$*", "${@}").contains(word.value()))) {
                passed.add(invocation.program());
            }
        }
        List<ShellCommand> outside = new ArrayList<>();
        int depth = 0;
        String name = "";
        String before = "";
        for (ShellCommand command : commands) {
            for (ShellWord word : command.words()) {
                boolean opens = word.value().equals("{");
                if (opens && depth == 0) {
                    name = before;
                }
                depth += opens ? 1 : word.value().equals("}") && depth > 0 ? -1 : 0;
                before = word.value().replace("()", "");
            }
            boolean inside = depth > 0 || command.words().get(0).value().equals("}");
            if (!inside || name.isEmpty() || passed.contains(name)) {
                outside.add(command);
            }
        }
        return outside;
    }
}
