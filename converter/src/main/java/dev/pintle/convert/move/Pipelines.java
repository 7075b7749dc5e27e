package dev.pintle.convert.move;

import dev.pintle.convert.shell.ShellCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Commands that one reads what the other prints. */
final class Pipelines {

    private static final Set<String> PIPES = Set.of("|", "|&");

    private Pipelines() {}

    /** The commands of a text by pipelines, most of which have one command. */
    static List<List<ShellCommand>> of(List<ShellCommand> commands) {
        List<List<ShellCommand>> lines = new ArrayList<>();
        boolean piped = false;
        for (ShellCommand command : commands) {
            if (!piped) {
                lines.add(new ArrayList<>());
            }
            lines.get(lines.size() - 1).add(command);
            piped = PIPES.contains(command.after());
        }
        return lines;
    }
}
