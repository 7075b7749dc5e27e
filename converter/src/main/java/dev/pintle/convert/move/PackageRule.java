package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.layout.text.LayoutText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The first step: the supervisor is not installed any more. */
final class PackageRule {

    /** The subcommands of package managers that install. */
    private static final Map<String, Set<String>> INSTALLERS = Map.ofEntries(
            Map.entry("apt-get", Set.of("install")),
            Map.entry("apt", Set.of("install")),
            Map.entry("aptitude", Set.of("install")),
            Map.entry("apk", Set.of("add")),
            Map.entry("dnf", Set.of("install")),
            Map.entry("microdnf", Set.of("install")),
            Map.entry("yum", Set.of("install")),
            Map.entry("tdnf", Set.of("install")),
            Map.entry("zypper", Set.of("install", "in")),
            Map.entry("pip", Set.of("install")),
            Map.entry("pip2", Set.of("install")),
            Map.entry("pip3", Set.of("install")),
            Map.entry("pipx", Set.of("install")),
            Map.entry("uv", Set.of("install", "add")),
            Map.entry("conda", Set.of("install")),
            Map.entry("mamba", Set.of("install")),
            Map.entry("micromamba", Set.of("install")),
            Map.entry("easy_install", Set.of()));

    /** Options whose value is the next word. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-t",
            "--virtual",
            "--target-release",
            "--default-release",
            "-o",
            "-c",
            "-X",
            "-n",
            "--name",
            "-p",
            "--channel",
            "--repository",
            "-r",
            "--requirement",
            "--constraint",
            "-i",
            "--index-url",
            "--extra-index-url",
            "--target",
            "--prefix",
            "--root",
            "--trusted-host",
            "--enablerepo",
            "--disablerepo",
            "--python");

    private static final Set<String> REQUIREMENTS = Set.of("-r", "--requirement", "-c", "--constraint");

    /** What only prepares or cleans up. */
    private static final Set<String> HOUSEKEEPING =
            Set.of("update", "clean", "autoclean", "autoremove", "makecache", "upgrade-minimal");

    private final Build build;

    PackageRule(Build build) {
        this.build = build;
    }

    void apply() {
        List<Instruction> instructions = new ArrayList<>();
        build.stages().chain().forEach(stage -> instructions.addAll(stage.instructions()));
        build.stages().inputs().forEach(stage -> instructions.addAll(stage.instructions()));
        for (Instruction instruction : instructions) {
            if (instruction.keyword().equals("RUN")) {
                run(instruction);
            }
        }
    }

    private void run(Instruction instruction) {
        Optional<List<Word>> exec = instruction.exec();
        if (exec.isPresent()) {
            exec(instruction, exec.get());
            return;
        }
        boolean removable = instruction.heredocs().isEmpty();
        shell(instruction, instruction.arguments(), removable);
        instruction.heredocs().forEach(heredoc -> shell(instruction, heredoc.body(), false));
    }

    private void exec(Instruction instruction, List<Word> words) {
        List<ShellWord> shellWords = words.stream()
                .map(word -> new ShellWord(word.value(), word.start(), word.end(), false))
                .toList();
        Installation installation = installation(Invocation.of(shellWords));
        if (installation.ours().isEmpty()) {
            return;
        }
        if (installation.others().isEmpty()) {
            build.remove(instruction);
        } else {
            for (ShellWord word : installation.ours()) {
                // With the comma before it: a package is never the first word.
                int index = shellWords.indexOf(word);
                build.edits()
                        .delete(
                                instruction
                                        .arguments()
                                        .offsetAfter(shellWords.get(index - 1).end()),
                                instruction.arguments().offsetAfter(word.end()));
            }
        }
        say(instruction, installation);
    }

    /** The packages that a command installs: the supervisor's, and the others. */
    private record Installation(List<ShellWord> ours, List<ShellWord> others, List<String> requirements) {}

    private Installation installation(Invocation invocation) {
        Installation found = new Installation(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<ShellWord> words = invocation.arguments();
        String program = invocation.program();
        boolean module = program.startsWith("python")
                && words.size() > 1
                && words.get(0).value().equals("-m")
                && words.get(1).value().equals("pip");
        Set<String> subcommands = INSTALLERS.get(module || program.startsWith("pip3.") ? "pip" : program);
        if (subcommands == null) {
            return found;
        }
        boolean installs = subcommands.isEmpty();
        for (int i = module ? 2 : 0; i < words.size(); i++) {
            String word = words.get(i).value();
            if (WITH_VALUE.contains(word) && i + 1 < words.size()) {
                i++;
                if (REQUIREMENTS.contains(word)) {
                    found.requirements().add(words.get(i).value());
                    found.others().add(words.get(i));
                }
            } else if (REQUIREMENTS.stream().anyMatch(o -> !word.equals(o) && word.startsWith(o))) {
                found.requirements().add(word.substring(word.startsWith("--") ? word.indexOf('=') + 1 : 2));
                found.others().add(words.get(i));
            } else if (!word.startsWith("-") && !installs) {
                installs = subcommands.contains(word);
            } else if (!word.startsWith("-")) {
                (build.supervisor().isPackage(word) ? found.ours() : found.others()).add(words.get(i));
            }
        }
        return installs ? found : new Installation(List.of(), List.of(), List.of());
    }

    private void shell(Instruction instruction, Excerpt excerpt, boolean removable) {
        List<ShellCommand> commands = ShellScript.commands(excerpt);
        List<ShellCommand> emptied = new ArrayList<>();
        CommandEdits edits = new CommandEdits(excerpt, commands, build.edits());
        for (ShellCommand command : commands) {
            Installation installation = installation(Invocation.of(command.arguments()));
            installation.requirements().forEach(this::requirements);
            if (installation.ours().isEmpty()) {
                continue;
            }
            say(instruction, installation);
            if (installation.others().isEmpty()) {
                emptied.add(command);
            } else {
                installation.ours().forEach(word -> edits.removeWord(command, word, installation.ours()));
            }
        }
        if (emptied.isEmpty()) {
            return;
        }
        if (removable && commands.stream().allMatch(c -> emptied.contains(c) || isHousekeeping(c))) {
            build.remove(instruction);
        } else {
            edits.removeCommands(emptied);
        }
    }

    private static boolean isHousekeeping(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        List<String> arguments =
                invocation.arguments().stream().map(ShellWord::value).toList();
        if (invocation.program().equals("set")) {
            return true;
        }
        if (invocation.program().equals("rm")) {
            return arguments.stream()
                    .allMatch(a -> a.startsWith("-")
                            || a.startsWith("/var/lib/apt/lists")
                            || a.startsWith("/var/cache/")
                            || a.startsWith("/tmp/")
                            || a.equals("/root/.cache"));
        }
        return INSTALLERS.containsKey(invocation.program())
                && arguments.stream().anyMatch(HOUSEKEEPING::contains);
    }

    private void say(Instruction instruction, Installation installation) {
        String names = LayoutText.list(
                installation.ours().stream().map(ShellWord::value).toList());
        build.say(
                instruction,
                Fate.changed(
                        installation.others().isEmpty()
                                ? names + " is not installed any more, and the command installed nothing else"
                                : names + " is not installed any more"));
    }

    /** A requirements file that is copied into the image; each line that names a package of the supervisor goes. */
    private void requirements(String path) {
        Optional<Path> file = build.context().file(path);
        if (file.isEmpty()) {
            return;
        }
        Optional<Edits> edits = build.other(file.get());
        if (edits.isEmpty()) {
            return;
        }
        String text = edits.get().file().text();
        for (int at = 0; at < text.length(); ) {
            int end = logicalEnd(edits.get(), at);
            String line = text.substring(at, end).strip();
            if (!line.startsWith("#")
                    && !line.startsWith("-")
                    && build.supervisor().isPackage(line)
                    && !edits.get().touches(at, end)) {
                edits.get().delete(at, end);
                build.findings()
                        .add(
                                edits.get().file(),
                                at,
                                "requirement",
                                Fate.changed(line.split("\\s", 2)[0] + " is removed"));
            }
            at = end;
        }
    }

    /** Behind a line and those that continue it, such as hashes. */
    private static int logicalEnd(Edits edits, int from) {
        int end = edits.file().lineEnd(from);
        while (end < edits.file().text().length()
                && edits.file().text().substring(from, end).stripTrailing().endsWith("\\")) {
            end = edits.file().lineEnd(end);
        }
        return end;
    }
}
