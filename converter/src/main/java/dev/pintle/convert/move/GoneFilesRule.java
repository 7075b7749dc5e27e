package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.ConvertedChanges.Change;
import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

    private static final Set<String> COPIES = Set.of("cp", "mv", "ln", "install", "rsync");

    /** Of a pipeline, what passes on what the command before it has found. */
    private static final Set<String> FILTERS = Set.of("xargs", "grep", "egrep", "awk", "head", "tail", "sort");

    private final Build build;
    private final Set<String> gone;
    private final Set<String> there;
    private final boolean whole;
    private final ConvertedPlaces converted;
    private Map<ShellCommand, Change> changes = Map.of();
    /** In which the commands of an instruction begin. */
    private String start = "/";

    /** In which commands are run. */
    private WorkingDirectory directory = new WorkingDirectory("/");

    /**
     * Knows what is gone.
     *
     * @param gone      files and directories of the image that are not there any more
     * @param there     files that the image still gets from the context
     * @param whole     whether nothing else was in these directories: the base may have brought services of its own
     * @param converted where the converted files were
     */
    GoneFilesRule(Build build, Set<String> gone, Set<String> there, boolean whole, ConvertedPlaces converted) {
        this.converted = converted;
        this.there = there;
        this.whole = whole;
        this.build = build;
        this.gone = gone;
    }

    void apply() {
        String workDirectory = "/";
        for (Instruction instruction : build.instructions()) {
            if (instruction.keyword().equals("WORKDIR")) {
                workDirectory = build.context().workDirectory(instruction, workDirectory);
            }
            boolean shell =
                    instruction.keyword().equals("RUN") && instruction.exec().isEmpty();
            if (shell
                    && (instruction.heredocs().isEmpty()
                            || !build.written().removed(instruction).isEmpty())) {
                apply(instruction, workDirectory);
            }
        }
    }

    private void apply(Instruction instruction, String workDirectory) {
        List<ShellCommand> commands = ShellScript.commands(instruction.arguments());
        CommandEdits edits = new CommandEdits(instruction.arguments(), commands, build.edits());
        List<ShellCommand> removed = new ArrayList<>(build.written().removed(instruction));
        directory = new WorkingDirectory(workDirectory, build.context()::expand);
        start = workDirectory;
        changes = new HashMap<>();
        if (build.supervisor() != Supervisor.S6) {
            ConvertedChanges.of(converted, commands, workDirectory, instruction.arguments()::offset)
                    .forEach(change -> changes.putIfAbsent(change.command(), change));
        }
        loops(instruction, commands, removed);
        List<ShellCommand> entered = new ArrayList<>();
        for (List<ShellCommand> line : Pipelines.of(commands)) {
            ShellCommand command = line.get(0);
            directory.follow(command);
            if (Invocation.of(command.arguments()).program().equals("cd") && isGone(directory.path())) {
                entered.add(command);
            }
            if (removed.containsAll(line)) {
                line.forEach(directory::leave);
                continue;
            }
            if (line.size() > 1) {
                pipeline(instruction, line, removed);
            } else {
                command(instruction, command, edits, removed);
            }
            searched(instruction, line);
            line.forEach(directory::leave);
        }
        for (ShellCommand cd : entered) {
            // Where nothing is left to be done in a directory, nobody has to go there.
            boolean pointless = commands.subList(commands.indexOf(cd) + 1, commands.size()).stream()
                    .takeWhile(
                            next -> !Invocation.of(next.arguments()).program().equals("cd"))
                    .allMatch(removed::contains);
            if (pointless) {
                removed.add(cd);
            } else {
                relative(instruction, Invocation.of(cd.arguments()).arguments(), start);
            }
        }
        if (!removed.isEmpty() && removed.containsAll(commands)) {
            build.remove(instruction);
        } else if (!removed.isEmpty()) {
            edits.removeCommands(removed);
        }
    }

    /** A loop that does nothing but put the old configuration where it was goes as a whole. */
    private void loops(Instruction instruction, List<ShellCommand> commands, List<ShellCommand> removed) {
        for (int at = 0; at < commands.size(); at++) {
            int end = ShellWalk.end(commands, at);
            List<ShellCommand> loop = commands.subList(at, end + 1);
            if (end > at
                    && isOnOurs(loop)
                    && !isTouched(instruction, loop.get(1).words())) {
                removed.addAll(loop);
                build.say(
                        instruction,
                        lost(loop).orElse(Fate.changed("the loop is removed: what it put there is converted")));
                at = end;
            }
        }
    }

    private boolean isOnOurs(List<ShellCommand> loop) {
        List<Boolean> found = new ArrayList<>();
        build.context().commands().walk(loop, directory.path(), command -> found.add(isOnOurs(command)));
        return found.size() > 1 && found.stream().allMatch(each -> each);
    }

    private boolean isOnOurs(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        String program = invocation.program();
        if (command.words().stream().anyMatch(ShellWord::redirect)) {
            return false;
        }
        if (program.isEmpty() || program.equals("echo") || program.equals("done")) {
            return true;
        }
        List<ShellWord> paths = paths(invocation);
        List<ShellWord> ours = paths.stream().filter(this::isGone).toList();
        boolean only = !ours.isEmpty() && ours.size() == paths.size();
        boolean known = program.equals("mkdir") || ON_FILES.contains(program);
        return known && (only || copies(invocation, paths, ours));
    }

    /** Whether a command puts the old configuration into its place, or files of it elsewhere. */
    private boolean copies(Invocation invocation, List<ShellWord> paths, List<ShellWord> ours) {
        return COPIES.contains(invocation.program())
                && !CopyCommands.makesDirectories(invocation)
                && (putsOnlyOurs(invocation)
                        || (!ours.isEmpty()
                                && (ours.contains(paths.get(paths.size() - 1))
                                        || ours.containsAll(sources(invocation)))));
    }

    private void command(
            Instruction instruction, ShellCommand command, CommandEdits edits, List<ShellCommand> removed) {
        Invocation invocation = Invocation.of(command.arguments());
        List<ShellWord> paths = paths(invocation);
        List<ShellWord> ours = paths.stream().filter(this::isGone).toList();
        boolean makes = CopyCommands.makesDirectories(invocation);
        boolean copies = copies(invocation, paths, ours);
        if ((ours.isEmpty() && !copies) || isTouched(instruction, ours)) {
            return;
        }
        if (!ON_FILES.contains(invocation.program())) {
            if (!Set.of("cd", "mkdir").contains(invocation.program())) {
                relative(instruction, ours, directory.path());
            }
            return;
        }
        boolean redirected = command.words().stream().anyMatch(ShellWord::redirect);
        if (copies && !redirected) {
            removed.add(command);
            build.say(
                    instruction,
                    lost(List.of(command))
                            .orElse(Fate.changed(
                                    invocation.program() + " is removed: what it put there is converted")));
        } else if (ours.size() == paths.size() && !redirected) {
            removed.add(command);
            build.say(instruction, fate(List.of(command)));
        } else if (makes || EACH.contains(invocation.program())) {
            ours.forEach(word -> edits.removeWord(command, word, ours));
            build.say(instruction, fate(List.of(command)));
        }
    }

    /** What a command is told by a path from where it is; the account of mentions sees whole paths. */
    private void relative(Instruction instruction, List<ShellWord> ours, String from) {
        ours.stream()
                .filter(word -> !word.value().startsWith("/"))
                .findFirst()
                .ifPresent(word -> build.say(
                        instruction,
                        Fate.notCarried(
                                "the build would need " + WorkingDirectory.behind(from, word.value())
                                        + " here, which is not in the image any more",
                                new Advice(build.supervisor()).of(WorkingDirectory.behind(from, word.value())))));
    }

    /** {@code find DIR | xargs sed -i}: the commands of a pipeline go together, or stay. */
    private void pipeline(Instruction instruction, List<ShellCommand> line, List<ShellCommand> removed) {
        List<Invocation> invocations =
                line.stream().map(command -> Invocation.of(command.arguments())).toList();
        List<ShellWord> paths = invocations.stream()
                .flatMap(invocation -> paths(invocation).stream())
                .toList();
        boolean onOurs = !paths.isEmpty()
                && paths.stream().allMatch(this::isGone)
                && !isTouched(instruction, paths)
                && invocations.stream()
                        .map(Invocation::program)
                        .allMatch(program -> ON_FILES.contains(program) || FILTERS.contains(program))
                && line.stream().flatMap(command -> command.words().stream()).noneMatch(ShellWord::redirect);
        if (onOurs) {
            removed.addAll(line);
            build.say(instruction, fate(line));
        }
    }

    /** {@code find / -name '*.conf' -exec sed -i}: what is edited in a larger directory may be the configuration. */
    private void searched(Instruction instruction, List<ShellCommand> line) {
        Invocation find = Invocation.of(line.get(0).arguments());
        boolean editing = line.stream()
                .flatMap(command -> command.arguments().stream())
                .anyMatch(word -> EditWords.EDITORS.contains(Invocation.baseName(word.value())));
        if (!find.program().equals("find") || !editing) {
            return;
        }
        List<String> words = find.arguments().stream().map(ShellWord::value).toList();
        int name = Math.max(words.indexOf("-name"), words.indexOf("-iname"));
        String pattern = name >= 0 && name + 1 < words.size() ? words.get(name + 1) : "*";
        gone.stream()
                .filter(path -> GlobPattern.matches(pattern, Invocation.baseName(path)))
                .filter(path -> words.stream()
                        .takeWhile(word -> !word.startsWith("-"))
                        .map(directory::of)
                        .anyMatch(top -> !isGone(top) && path.startsWith(top.equals("/") ? top : top + "/")))
                .findFirst()
                .ifPresent(path -> build.say(
                        instruction,
                        Fate.notCarried(
                                "it edited " + path
                                        + " too, and what it changed when the image was built is not in what was"
                                        + " converted",
                                "make the change in the files of the build context, and convert again")));
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
                && words.subList(0, words.size() - 1).stream()
                        .map(Invocation::baseName)
                        .allMatch(name ->
                                !name.isEmpty() && !name.equals(".") && isGone(directory.of(target + "/" + name)));
    }

    private boolean isTouched(Instruction instruction, List<ShellWord> words) {
        return words.stream()
                .anyMatch(word -> build.edits()
                        .touches(
                                instruction.arguments().offset(word.start()),
                                instruction.arguments().offsetAfter(word.end())));
    }

    /** The words that are paths: a pattern of sed that begins with a slash is none, nor is what names nothing from here. */
    private List<ShellWord> paths(Invocation invocation) {
        boolean here = Set.of("touch", "rm").contains(invocation.program())
                && !directory.path().equals(start)
                && isGone(directory.path());
        return invocation.arguments().stream()
                .filter(word -> word.value().startsWith("/")
                        ? !word.value().startsWith("/s/")
                        : isGoneFromHere(word.value()) || (here && !word.value().startsWith("-")))
                .toList();
    }

    /** A word that is a path only where it, or the directory that it names, is gone; others may be anything. */
    private boolean isGoneFromHere(String word) {
        if (!word.matches("[\\w.*?][\\w./*?-]*")) {
            return false;
        }
        String path = directory.of(word);
        String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        return isGone(path) && (isGoneItself(path) || (word.contains("/") && isGoneItself(parent)));
    }

    private boolean isGoneItself(String path) {
        return gone.stream()
                .anyMatch(
                        each -> each.equals(path) || GlobPattern.matchesPath(path.split("/", -1), each.split("/", -1)));
    }

    private boolean isGone(ShellWord word) {
        return isGone(directory.of(word.value()));
    }

    /** What commands did to converted files is not in what was converted. */
    private Optional<Fate> lost(List<ShellCommand> line) {
        return line.stream()
                .flatMap(command -> Stream.ofNullable(changes.get(command)))
                .findFirst()
                .map(Change::atBuild);
    }

    /** Of the commands of a pipeline. */
    private Fate fate(List<ShellCommand> line) {
        String program = Invocation.of(line.get(0).arguments()).program();
        String removed = program + " on the old configuration is removed";
        List<EditWords> edits = line.stream()
                .map(command ->
                        command.arguments().stream().map(ShellWord::value).toList())
                .filter(words -> words.stream().map(Invocation::baseName).anyMatch(EditWords.EDITORS::contains))
                .map(EditWords::of)
                .toList();
        if (!edits.stream().allMatch(EditWords::changeNothing)) {
            return Fate.notCarried(
                    removed + ", and what it changed when the image was built is not in what was converted",
                    "make the change in the files of the build context, and convert again");
        }
        return lost(line)
                .orElse(
                        program.equals("cp") || program.equals("mv") || program.equals("ln")
                                ? Fate.approximated(
                                        removed + ": what it made of it is not there", "see whether anything reads it")
                                : Fate.changed(removed));
    }

    private boolean isGone(String word) {
        String path = word.replaceFirst("(?<=.)/\\.?$", "");
        boolean stays = there.stream()
                .anyMatch(file -> file.equals(path)
                        || file.startsWith(path + "/")
                        || (GlobPattern.isPattern(path)
                                && GlobPattern.matchesPath(path.split("/", -1), file.split("/", -1))));
        return !stays
                && gone.stream()
                        .anyMatch(g -> path.equals(g)
                                || (whole && path.startsWith(g + "/"))
                                || (GlobPattern.isPattern(path)
                                        && GlobPattern.matchesPath(path.split("/", -1), g.split("/", -1))));
    }
}
