package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A HEALTHCHECK that asks the supervisor asks init; any other stays. */
final class HealthRule {

    private static final String HEALTH = "CMD [\"pintle\", \"health\"]";

    /** What people filter a status with, and what they end a check with. */
    private static final Set<String> FILTERS =
            Set.of("grep", "egrep", "fgrep", "awk", "wc", "test", "[", "exit", "true", "false", "tail", "head", "!");

    private final Build build;

    HealthRule(Build build) {
        this.build = build;
    }

    void apply() {
        for (Instruction instruction : build.instructions()) {
            if (instruction.keyword().equals("HEALTHCHECK")) {
                check(instruction);
            }
        }
    }

    private void check(Instruction instruction) {
        Excerpt arguments = instruction.arguments();
        String text = arguments.text();
        if (!text.regionMatches(true, 0, "CMD", 0, "CMD".length())) {
            return;
        }
        Excerpt rest = arguments.part("CMD".length(), text.length());
        if (!mentions(rest.text())) {
            return;
        }
        List<ShellCommand> commands = commands(rest);
        boolean onlyStatus = commands.stream().anyMatch(this::isStatus)
                && commands.stream().allMatch(c -> isStatus(c) || isFilter(c));
        boolean named = commands.stream().filter(this::isStatus).anyMatch(c -> names(Invocation.of(c.arguments())) > 0);
        if (!onlyStatus || named) {
            // Calls in it are translated one by one.
            return;
        }
        build.edits().replace(arguments.offset(0), arguments.offsetAfter(arguments.length()), HEALTH);
        build.say(instruction, Fate.changed("pintle health: true when all that should be up is ready and healthy"));
    }

    private boolean mentions(String text) {
        return text.contains(build.supervisor().control()) || text.contains("supervisord");
    }

    private static List<ShellCommand> commands(Excerpt rest) {
        Optional<List<Word>> exec = new Instruction("CMD", false, List.of(), rest, List.of(), 0, 0).exec();
        if (exec.isEmpty()) {
            return ShellScript.commands(rest);
        }
        List<ShellWord> words = exec.get().stream()
                .map(word -> new ShellWord(word.value(), word.start(), word.end(), false))
                .toList();
        Optional<ShellWord> string = Start.commandString(Invocation.of(words));
        return string.map(word -> ShellScript.commands(new SourceFile("", word.value()).whole()))
                .orElse(words.isEmpty() ? List.of() : List.of(new ShellCommand(words, "", "")));
    }

    /** {@code supervisorctl status}, or whether supervisord is there at all. */
    private boolean isStatus(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        List<String> arguments =
                invocation.arguments().stream().map(ShellWord::value).toList();
        boolean control = invocation.program().equals(build.supervisor().control())
                && (arguments.contains("status") || arguments.contains("pid") || arguments.contains("check"));
        boolean process = Set.of("pgrep", "pidof").contains(invocation.program())
                && arguments.stream().anyMatch(a -> build.supervisor().starts(Invocation.baseName(a)));
        return control || process;
    }

    private static boolean isFilter(ShellCommand command) {
        return FILTERS.contains(Invocation.of(command.arguments()).program().toLowerCase(Locale.ROOT));
    }

    private static long names(Invocation invocation) {
        boolean behind = false;
        long names = 0;
        for (ShellWord word : invocation.arguments()) {
            names += behind && !word.value().startsWith("-") && !word.value().equals("all") ? 1 : 0;
            behind |= word.value().equals("status") || word.value().equals("check");
        }
        return names;
    }
}
