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
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A HEALTHCHECK that asks the supervisor asks init; any other stays. */
final class HealthRule {

    private static final String HEALTH = "CMD [\"pintle\", \"health\"]";

    private static final String LIVE = "CMD [\"pintle\", \"health\", \"--live\"]";

    private static final Fate ALL = Fate.changed("pintle health: true when all that should be up is ready and healthy");

    private static final String STRICTER = "pintle health is true only when all that should be up is ready and healthy";

    /** What people filter a status with, and what they end a check with. */
    private static final Set<String> FILTERS =
            Set.of("grep", "egrep", "fgrep", "awk", "wc", "test", "[", "exit", "true", "false", "tail", "head", "!");

    /** Where a word of a pattern ends. */
    private static final Pattern SEPARATOR = Pattern.compile("[^\\w:-]+");

    private final Build build;
    private final ServiceWords services;

    /** What a check becomes, and what is said of it. */
    private record Answer(String check, Fate fate) {}

    /** {@code services}: by the names that their programs had. */
    HealthRule(Build build, ServiceWords services) {
        this.build = build;
        this.services = services;
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
        Answer answer = build.supervisor() == Supervisor.SUPERVISORD ? answer(commands) : new Answer(HEALTH, ALL);
        build.edits().replace(arguments.offset(0), arguments.offsetAfter(arguments.length()), answer.check());
        build.say(instruction, answer.fate());
    }

    /** What asks the same, as far as what reads the status tells. */
    private Answer answer(List<ShellCommand> commands) {
        boolean status = commands.stream()
                .flatMap(command -> command.words().stream())
                .anyMatch(word -> word.value().equals("status"));
        if (!status) {
            return new Answer(
                    LIVE, Fate.changed("pintle health --live: true while init answers, whatever its services do"));
        }
        List<String> read = commands.stream()
                .filter(HealthRule::reads)
                .flatMap(command -> command.arguments().stream())
                .map(ShellWord::value)
                .toList();
        List<String> named = read.stream()
                .flatMap(SEPARATOR::splitAsStream)
                .filter(word -> !word.equals("all"))
                .flatMap(word -> services.of(word).stream())
                .distinct()
                .toList();
        boolean running = read.stream().anyMatch(word -> word.contains("RUNNING"));
        boolean inverted = read.stream().anyMatch(word -> word.matches("-\\w*v\\w*|--invert-match|!"))
                || commands.stream()
                        .anyMatch(command -> command.words().get(0).value().equals("!"));
        boolean counted = read.stream().anyMatch(word -> word.matches("-\\w*c\\w*|--count|wc|awk"));
        if (named.size() == 1 && running && !inverted && !counted) {
            String name = named.get(0);
            return new Answer(
                    "CMD [\"pintle\", \"wait\", \"--timeout\", \"1s\", \"" + name + "\"]",
                    Fate.changed("true when " + name + " is ready, which is what RUNNING meant"));
        }
        if (!named.isEmpty()) {
            String words = named.stream().map(name -> ", \"" + name + "\"").collect(Collectors.joining());
            return new Answer(
                    "CMD [\"pintle\", \"status\"" + words + "]",
                    Fate.approximated(
                            "pintle status " + String.join(" ", named)
                                    + ": true when none of them is down or has failed",
                            "see whether that is what the check asked"));
        }
        if (read.isEmpty() || (running && inverted && !counted)) {
            return new Answer(HEALTH, ALL);
        }
        return new Answer(
                HEALTH,
                Fate.approximated(
                        running && !counted
                                ? "the check was true when any program was RUNNING; " + STRICTER
                                : "the check asked for some of the status; " + STRICTER,
                        "pintle status NAME is true when one runs, and pintle health --live while init answers"));
    }

    /** Whether a command looks for something in what the one before it prints. */
    private static boolean reads(ShellCommand command) {
        return Set.of("grep", "egrep", "fgrep", "awk", "wc", "tail", "head")
                .contains(Invocation.of(command.arguments()).program().toLowerCase(Locale.ROOT));
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
            behind |= Set.of("status", "check", "pid").contains(word.value());
        }
        return names;
    }
}
