package dev.pintle.convert.move;

import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Commands that speak of the old supervisor, and do what they did without it. */
final class Harmless {

    private static final Set<String> MAKES_PLACES =
            Set.of("mkdir", "touch", "useradd", "adduser", "groupadd", "addgroup", "usermod");

    private static final Set<String> MESSAGES = Set.of("echo", "printf", "logger", "echo_info", "log");

    /** One that supervisord sets, so that the words change. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?SUPERVISOR_");

    private static final Set<String> MODES = Set.of("chmod", "chown", "chgrp", "find", "ls", "dos2unix", "setfacl");

    private final Vocabulary vocabulary;
    private final Supervisor supervisor;
    private final Predicate<String> isThere;

    /**
     * Knows what is there.
     *
     * @param places the files that the image still gets from the context
     * @param makes  whether the build itself makes a directory
     */
    Harmless(Vocabulary vocabulary, Supervisor supervisor, Collection<String> places, Predicate<String> makes) {
        this.vocabulary = vocabulary;
        this.supervisor = supervisor;
        this.isThere = path ->
                isThere(places, path.replaceFirst("(?<=.)/+$", "")) || makes.test(path.replaceFirst("(?<=.)/+$", ""));
    }

    private static boolean isThere(Collection<String> places, String path) {
        return places.stream()
                .anyMatch(place -> place.equals(path)
                        || place.startsWith(path + "/")
                        || dev.pintle.convert.read.GlobPattern.matches(path, place));
    }

    /** Why a command does what it did; absent where that is not known. */
    Optional<String> why(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        String program = invocation.program();
        boolean substitutes =
                command.words().stream().anyMatch(word -> word.value().contains("$("));
        if (substitutes) {
            return Optional.empty();
        }
        if (isMessage(command)) {
            return Optional.of("a message");
        }
        boolean removes = program.equals("rm") && has(invocation, "-[a-zA-Z]*f[a-zA-Z]*");
        boolean directory = program.equals("install") && has(invocation, "-d");
        // The services that find and ls would have shown are elsewhere.
        boolean lists = supervisor == Supervisor.RUNIT && Set.of("find", "ls").contains(program);
        boolean modes = MODES.contains(program)
                && !lists
                && mentions(invocation).stream().allMatch(isThere);
        // Files in runit's directories are switches; a directory that is removed was a service of the base's.
        boolean switches = supervisor == Supervisor.RUNIT
                && (removes || program.equals("touch"))
                && !mentions(invocation).stream()
                        .allMatch(path -> isThere.test(path) || (removes && vocabulary.isOfTheBase(path)));
        if (supervisor == Supervisor.S6) {
            return ofTrees(command, invocation, program);
        }
        boolean places = removes || directory || MAKES_PLACES.contains(program);
        return modes || (places && !switches)
                ? Optional.of(program + " works without the supervisor")
                : Optional.empty();
    }

    /** The words of a command that changes modes which name files that are there, whatever the others name. */
    List<ShellWord> there(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        return !Set.of("chmod", "chown", "chgrp", "setfacl").contains(invocation.program())
                ? List.of()
                : invocation.arguments().stream()
                        .filter(word -> isThere.test(word.value()))
                        .toList();
    }

    /** What the build does to s6-overlay's trees is done to what was converted, where it names files by plain words. */
    private Optional<String> ofTrees(ShellCommand command, Invocation invocation, String program) {
        boolean plain = mentions(invocation).stream().allMatch(FileCommands::isPlain);
        boolean modes = MODES.contains(program) && plain;
        boolean replayed = Set.of("touch", "rm", "ln", "mkdir").contains(program)
                || (program.equals("install") && has(invocation, "-d"));
        if (plain && (modes || replayed)) {
            return Optional.of("what was converted has it done");
        }
        boolean assignment = program.isEmpty()
                && command.words().stream()
                        .allMatch(word -> word.value().contains("=")
                                || Set.of("then", "else", "do").contains(word.value()));
        return assignment ? Optional.of("a variable of the command's own") : Optional.empty();
    }

    /** Whether a command shows its words to people, and they are those that they were. */
    static boolean isMessage(ShellCommand command) {
        return MESSAGES.contains(Invocation.of(command.arguments()).program())
                && !isRead(command)
                && command.words().stream()
                        .noneMatch(word -> word.value().contains("$(")
                                || word.value().contains("`")
                                || VARIABLE.matcher(word.value()).find());
    }

    /** Whether a message goes to a file, or to another program. */
    private static boolean isRead(ShellCommand command) {
        boolean written = command.words().stream()
                .filter(ShellWord::redirect)
                .anyMatch(word -> !word.value().matches("\\d?>+&\\d|[\\d&]?>>?\\s*/dev/\\w+"));
        return written || (command.after().startsWith("|") && !command.after().equals("||"));
    }

    private static boolean has(Invocation invocation, String option) {
        return invocation.arguments().stream().anyMatch(word -> word.value().matches(option));
    }

    private List<String> mentions(Invocation invocation) {
        return invocation.arguments().stream()
                .map(ShellWord::value)
                .filter(word -> !vocabulary.mentions(word, true).isEmpty())
                .toList();
    }
}
