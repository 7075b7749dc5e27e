package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Commands on files that are not copied any more, and on nothing else, go with them. */
final class GoneFilesRule {

    /** What people do to a configuration file that they have copied. */
    private static final Set<String> ON_FILES = Set.of(
            "chmod",
            "chown",
            "chgrp",
            "dos2unix",
            "rm",
            "sed",
            "perl",
            "ln",
            "mv",
            "cp",
            "cat",
            "touch",
            "find",
            "ls",
            "install",
            "rsync");

    /** Whose words are files, each by itself. */
    private static final Set<String> EACH = Set.of("chmod", "chown", "chgrp", "dos2unix", "rm", "touch", "sed");

    private static final Set<String> EDITORS = Set.of("sed", "perl");

    private static final Set<String> COPIES = Set.of("cp", "mv", "ln", "install", "rsync");

    private final Build build;
    private final Set<String> gone;
    private final Set<String> there;
    private final boolean whole;

    /**
     * Knows what is gone.
     *
     * @param gone  files and directories of the image that are not there any more
     * @param there files that the image still gets from the context
     * @param whole whether nothing else was in these directories: the base may have brought services of its own
     */
    GoneFilesRule(Build build, Set<String> gone, Set<String> there, boolean whole) {
        this.there = there;
        this.whole = whole;
        this.build = build;
        this.gone = gone;
    }

    void apply() {
        for (Instruction instruction : build.instructions()) {
            boolean shell =
                    instruction.keyword().equals("RUN") && instruction.exec().isEmpty();
            if (shell
                    && (instruction.heredocs().isEmpty()
                            || !build.written().removed(instruction).isEmpty())) {
                apply(instruction);
            }
        }
    }

    private void apply(Instruction instruction) {
        List<ShellCommand> commands = ShellScript.commands(instruction.arguments());
        CommandEdits edits = new CommandEdits(instruction.arguments(), commands, build.edits());
        List<ShellCommand> removed = new ArrayList<>(build.written().removed(instruction));
        for (ShellCommand command : commands) {
            if (removed.contains(command)) {
                continue;
            }
            Invocation invocation = Invocation.of(command.arguments());
            List<ShellWord> paths = paths(invocation);
            List<ShellWord> ours =
                    paths.stream().filter(word -> isGone(word.value())).toList();
            boolean makes = makesDirectories(invocation);
            boolean copies = COPIES.contains(invocation.program())
                    && !makes
                    && (putsOnlyOurs(invocation)
                            || (!ours.isEmpty()
                                    && (ours.contains(paths.get(paths.size() - 1))
                                            || ours.containsAll(sources(invocation)))));
            if (!ON_FILES.contains(invocation.program())
                    || (ours.isEmpty() && !copies)
                    || isTouched(instruction, ours)) {
                continue;
            }
            if (copies && command.words().stream().noneMatch(ShellWord::redirect)) {
                removed.add(command);
                build.say(
                        instruction,
                        Fate.changed(invocation.program() + " is removed: what it put there is converted"));
                continue;
            }
            if (ours.size() == paths.size() && command.words().stream().noneMatch(ShellWord::redirect)) {
                removed.add(command);
                build.say(instruction, fate(invocation));
            } else if (makes || EACH.contains(invocation.program())) {
                ours.forEach(word -> edits.removeWord(command, word, ours));
                build.say(instruction, fate(invocation));
            }
        }
        if (!removed.isEmpty() && removed.size() == commands.size()) {
            build.remove(instruction);
        } else if (!removed.isEmpty()) {
            edits.removeCommands(removed);
        }
    }

    /** {@code install -d}, each of whose operands is a directory to be made. */
    private static boolean makesDirectories(Invocation invocation) {
        return invocation.program().equals("install")
                && invocation.arguments().stream()
                        .anyMatch(word -> word.value().equals("--directory")
                                || word.value().matches("-[bcCDpsTv]*d.*"));
    }

    /** The operands but for the last one, which is the target. */
    private static List<ShellWord> sources(Invocation invocation) {
        List<ShellWord> operands = new ArrayList<>();
        boolean value = false;
        for (ShellWord word : invocation.arguments()) {
            boolean option = word.value().startsWith("-");
            if (!option && !value) {
                operands.add(word);
            }
            value = Set.of("-o", "-g", "-m").contains(word.value());
        }
        return operands.subList(0, Math.max(0, operands.size() - 1));
    }

    /** Whether all that a command puts into a directory is gone from there. */
    private boolean putsOnlyOurs(Invocation invocation) {
        List<String> words = invocation.arguments().stream()
                .map(ShellWord::value)
                .filter(word -> !word.startsWith("-") && !word.matches("[0-7]{3,4}"))
                .toList();
        String target = words.isEmpty() ? "" : words.get(words.size() - 1).replaceFirst("(?<=.)/+$", "");
        return words.size() > 1
                && target.startsWith("/")
                && words.subList(0, words.size() - 1).stream()
                        .map(Invocation::baseName)
                        .allMatch(name -> !name.isEmpty() && !name.equals(".") && isGone(target + "/" + name));
    }

    private boolean isTouched(Instruction instruction, List<ShellWord> words) {
        return words.stream()
                .anyMatch(word -> build.edits()
                        .touches(
                                instruction.arguments().offset(word.start()),
                                instruction.arguments().offsetAfter(word.end())));
    }

    /** The words that are paths: a pattern of sed that begins with a slash is none. */
    private static List<ShellWord> paths(Invocation invocation) {
        return invocation.arguments().stream()
                .filter(word -> word.value().startsWith("/") && !word.value().startsWith("/s/"))
                .toList();
    }

    private static Fate fate(Invocation invocation) {
        String program = invocation.program();
        String removed = program + " on the old configuration is removed";
        boolean edits = EDITORS.contains(program)
                || (program.equals("find")
                        && invocation.arguments().stream()
                                .anyMatch(word -> EDITORS.contains(Invocation.baseName(word.value()))));
        if (edits && !invocation.arguments().stream().allMatch(word -> changesNothing(word.value()))) {
            return Fate.notCarried(
                    removed + ", and what it changed when the image was built is not in what was converted",
                    "make the change in the files of the build context, and convert again");
        }
        return program.equals("cp") || program.equals("mv") || program.equals("ln")
                ? Fate.approximated(removed + ": what it made of it is not there", "see whether anything reads it")
                : Fate.changed(removed);
    }

    /** A word of an editor's that makes nothing else of a configuration: line ends, the foreground, options, files. */
    private static boolean changesNothing(String word) {
        return word.startsWith("-")
                || word.startsWith("/")
                || word.contains("nodaemon")
                || word.matches("s(.)\\\\r\\$?\\1\\1g?");
    }

    private boolean isGone(String word) {
        String path = word.replaceFirst("(?<=.)/\\.?$", "");
        boolean stays = there.stream()
                .anyMatch(file -> file.equals(path)
                        || file.startsWith(path + "/")
                        || (GlobPattern.isPattern(path) && matches(path.split("/", -1), file.split("/", -1))));
        return !stays
                && gone.stream()
                        .anyMatch(g -> path.equals(g)
                                || (whole && path.startsWith(g + "/"))
                                || (GlobPattern.isPattern(path) && matches(path.split("/", -1), g.split("/", -1))));
    }

    private static boolean matches(String[] pattern, String[] path) {
        return pattern.length == path.length
                && IntStream.range(0, path.length).allMatch(i -> GlobPattern.matches(pattern[i], path[i]));
    }
}
