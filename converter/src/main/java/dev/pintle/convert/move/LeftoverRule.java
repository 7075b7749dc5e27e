package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.read.GlobPattern;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What mentions the supervisor and no other rule has spoken of: commands on files that are gone, and all the rest. */
final class LeftoverRule {

    /** What only makes places, and goes on working without the supervisor. */
    private static final Set<String> HARMLESS = Set.of("mkdir", "install", "touch", "useradd", "adduser", "rm", "echo");

    /** What people do to a configuration file that they have copied. */
    private static final Set<String> ON_FILES =
            Set.of("chmod", "chown", "chgrp", "dos2unix", "rm", "sed", "perl", "ln", "mv", "cp", "cat", "touch");

    private static final Set<String> CONTENT = Set.of("sed", "perl", "cat", "cp", "mv", "ln");

    private final Build build;
    private final Set<String> gone;

    /** {@code gone}: places in the image where the configuration was. */
    LeftoverRule(Build build, Set<String> gone) {
        this.build = build;
        this.gone = gone;
    }

    void apply() {
        for (Instruction instruction : build.stages().instructions()) {
            if (instruction.keyword().equals("RUN") && instruction.exec().isEmpty()) {
                onGoneFiles(instruction);
            }
        }
        build.stages().chain().forEach(stage -> stage.instructions().forEach(this::mention));
        build.stages().others().forEach(stage -> stage.instructions().forEach(this::elsewhere));
    }

    /** Commands that do something to nothing but files that are not copied any more. */
    private void onGoneFiles(Instruction instruction) {
        if (instruction.heredocs().isEmpty()) {
            List<ShellCommand> commands = ShellScript.commands(instruction.arguments());
            List<ShellCommand> removed = new ArrayList<>();
            for (ShellCommand command : commands) {
                if (isOnGoneFiles(command)) {
                    removed.add(command);
                    build.say(
                            instruction, fate(Invocation.of(command.arguments()).program()));
                }
            }
            if (!removed.isEmpty() && removed.size() == commands.size()) {
                build.remove(instruction);
            } else if (!removed.isEmpty()) {
                new CommandEdits(instruction.arguments(), commands, build.edits()).removeCommands(removed);
            }
        }
    }

    private static Fate fate(String program) {
        return CONTENT.contains(program)
                ? Fate.approximated(
                        program + " on the old configuration is removed: what it changed at build time is not in what"
                                + " was converted",
                        "make the change in the source, and convert that")
                : Fate.changed(program + " on the old configuration is removed");
    }

    private boolean isOnGoneFiles(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        if (!ON_FILES.contains(invocation.program())) {
            return false;
        }
        List<String> paths = invocation.arguments().stream()
                .map(ShellWord::value)
                .filter(word -> word.startsWith("/") && !word.startsWith("/s/"))
                .toList();
        return !paths.isEmpty() && paths.stream().allMatch(this::isGone);
    }

    private boolean isGone(String path) {
        return gone.stream()
                .anyMatch(g -> path.equals(g)
                        || path.startsWith(g + "/")
                        || (GlobPattern.isPattern(path) && matches(path.split("/", -1), g.split("/", -1))));
    }

    private static boolean matches(String[] pattern, String[] path) {
        return pattern.length == path.length
                && IntStream.range(0, path.length).allMatch(i -> GlobPattern.matches(pattern[i], path[i]));
    }

    private void mention(Instruction instruction) {
        SourceFile file = build.dockerfile().file();
        String text = file.text().substring(instruction.start(), instruction.end());
        int first = file.position(instruction.start()).line();
        int last = file.position(Math.max(instruction.start(), instruction.end() - 1))
                .line();
        if (instruction.writesConfiguration()) {
            build.say(
                    instruction,
                    Fate.notCarried(
                            "the configuration that is written out here was not converted",
                            "put it into a file of the build context, COPY that, and convert again"));
            return;
        }
        if (!build.supervisor().isMentionedIn(text) || build.findings().speakOf(file, first, last)) {
            return;
        }
        switch (instruction.keyword()) {
            case "RUN" -> build.say(instruction, run(instruction));
            case "COPY", "ADD" ->
                build.say(
                        instruction,
                        Fate.notCarried(
                                "what it copies was not converted",
                                "remove it if it is for the supervisor alone; if it is configuration that is included,"
                                        + " convert the file that includes it"));
            default -> build.say(instruction, Fate.kept("left as it is"));
        }
    }

    private Fate run(Instruction instruction) {
        boolean harmless = instruction.exec().isEmpty()
                && ShellScript.commands(instruction.arguments()).stream()
                        .filter(command -> command.words().stream()
                                .anyMatch(word -> build.supervisor().isMentionedIn(word.value())))
                        .allMatch(command -> HARMLESS.contains(
                                Invocation.of(command.arguments()).program()));
        return harmless
                ? Fate.kept("left as it is: it works without the supervisor")
                : Fate.notCarried(
                        "it has to do with the supervisor, which is not there any more",
                        "remove it, or do what it is for to the converted files");
    }

    /** Stages that are not part of the image may be built on what is changed. */
    private void elsewhere(Instruction instruction) {
        boolean starts = Set.of("CMD", "ENTRYPOINT").contains(instruction.keyword())
                && instruction.arguments().text().contains(build.supervisor().program());
        if (starts) {
            build.say(
                    instruction,
                    Fate.notCarried(
                            "the stage is another image's, and is left as it is", "convert it too, with --target"));
        }
    }
}
