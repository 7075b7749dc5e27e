package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.PythonNeed.Reader;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import dev.pintle.layout.text.LayoutText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private final Requirements requirements;
    private final Set<Path> scripts = new HashSet<>();
    private final PythonNeed python;
    private final PackageLists lists;
    private final PackageIndex index;
    private final Map<String, Optional<Reader>> readers = new HashMap<>();
    private boolean installed;
    /** Whether some command installed the supervisor alone. */
    private boolean nothingElse;

    /** The instruction that is looked at. */
    private @Nullable Instruction current;

    private @Nullable Instruction packaged;

    /** {@code python}: finds what needs the Python that came with the supervisor. */
    PackageRule(Build build, Requirements requirements, PythonNeed python) {
        this.build = build;
        this.requirements = requirements;
        this.python = python;
        this.lists = new PackageLists(build);
        this.index = new PackageIndex(build);
    }

    /** Edits what installs; returns whether something installed the supervisor. */
    boolean apply() {
        List<Instruction> instructions = new ArrayList<>(build.instructions());
        build.stages().inputs().forEach(stage -> instructions.addAll(stage.instructions()));
        for (Instruction instruction : instructions) {
            if (instruction.keyword().equals("RUN")) {
                current = instruction;
                run(instruction);
            }
        }
        for (Instruction instruction : instructions) {
            if (Set.of("ENV", "ARG").contains(instruction.keyword())) {
                installed |= lists.edit(instruction);
            }
        }
        if (nothingElse) {
            build.instructions().forEach(this::forceRemovals);
        }
        return installed;
    }

    /** {@code rm /var/cache/apk/*} fails where nothing has been installed. */
    private void forceRemovals(Instruction instruction) {
        if (!instruction.keyword().equals("RUN")) {
            return;
        }
        for (RunText text : RunText.of(instruction)) {
            for (ShellCommand command : text.editable() ? text.commands() : List.<ShellCommand>of()) {
                Invocation invocation = Invocation.of(command.arguments());
                if (PackageIndex.removesWhatMayNotBeThere(invocation)) {
                    forceRemoval(instruction, text, invocation.words().get(invocation.index()));
                }
            }
        }
    }

    private void forceRemoval(Instruction instruction, RunText text, ShellWord rm) {
        int end = text.excerpt().offsetAfter(rm.end());
        if (!build.edits().touches(end - 1, end)) {
            build.edits().insert(end, " -f");
            build.say(
                    instruction, Fate.changed("rm -f: where no package is installed, there may be nothing to remove"));
        }
    }

    /** The first instruction of the image that installed a package with a directory of log files. */
    Optional<Instruction> packaged() {
        return Optional.ofNullable(packaged);
    }

    /** What needs a Python that only the supervisor's package brought. */
    private Optional<Reader> reader(Installation installation) {
        if (build.supervisor() != Supervisor.SUPERVISORD || !PythonNeed.brings(installation.installer())) {
            return Optional.empty();
        }
        // Found at the first installation: all files are looked at.
        return readers.computeIfAbsent("python", any -> python.find());
    }

    /** Whether that Python is installed in the supervisor's place. */
    private boolean keepsPython(Installation installation) {
        return reader(installation).filter(Reader::isPython3).isPresent();
    }

    private void run(Instruction instruction) {
        Optional<List<Word>> exec = instruction.exec();
        if (exec.isPresent()) {
            RunText text = RunText.of(instruction).get(0);
            if (text.editable()) {
                Place place = new Place(build.dockerfile().file(), build.keywordOffset(instruction), instruction);
                shell(place, text.excerpt(), build.edits(), true);
            } else {
                exec(instruction, exec.get());
            }
            return;
        }
        SourceFile file = build.dockerfile().file();
        int keyword = build.keywordOffset(instruction);
        boolean removable = instruction.heredocs().isEmpty();
        shell(new Place(file, keyword, instruction), instruction.arguments(), build.edits(), removable);
        instruction
                .heredocs()
                .forEach(heredoc -> shell(new Place(file, keyword, instruction), heredoc.body(), build.edits(), false));
        for (ShellCommand command : ShellScript.commands(instruction.arguments())) {
            script(Invocation.of(command.arguments()));
        }
    }

    /** A script of the context that the build runs. */
    private void script(Invocation invocation) {
        Optional<Path> path = build.script(invocation);
        Optional<Edits> edits = path.flatMap(build::other);
        if (edits.isPresent() && scripts.add(path.get())) {
            SourceFile file = edits.get().file();
            shell(new Place(file, -1, null), file.whole(), edits.get(), false);
        }
    }

    /** Where what became of a package is said: at an instruction, or at the command itself. */
    private record Place(
            SourceFile file, int offset, @Nullable Instruction instruction) {}

    private void exec(Instruction instruction, List<Word> words) {
        List<ShellWord> shellWords = words.stream()
                .map(word -> new ShellWord(word.value(), word.start(), word.end(), false))
                .toList();
        Installation installation = installation(Invocation.of(shellWords));
        if (installation.ours().isEmpty()) {
            return;
        }
        boolean keeps = keepsPython(installation);
        if (keeps) {
            ShellWord first = installation.ours().get(0);
            build.edits()
                    .replace(
                            instruction.arguments().offset(first.start()),
                            instruction.arguments().offsetAfter(first.end()),
                            "\"python3\"");
        }
        if (installation.others().isEmpty() && !keeps) {
            build.remove(instruction);
        } else {
            for (ShellWord word : installation.gone(keeps)) {
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
        say(new Place(build.dockerfile().file(), build.keywordOffset(instruction), instruction), 0, installation);
    }

    /** The packages that a command installs: the supervisor's, and the others. */
    private record Installation(
            String installer, List<ShellWord> ours, List<ShellWord> others, List<String> requirements) {

        /** The words that go: not the one that Python takes the place of. */
        List<ShellWord> gone(boolean keepsPython) {
            return keepsPython ? ours.subList(1, ours.size()) : ours;
        }
    }

    private Installation installation(Invocation invocation) {
        String program = invocation.program();
        Installation found = new Installation(program, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        List<ShellWord> words = invocation.arguments();
        boolean module = program.startsWith("python")
                && words.size() > 1
                && words.get(0).value().equals("-m")
                && words.get(1).value().equals("pip");
        Set<String> subcommands = INSTALLERS.get(module || program.startsWith("pip3.") ? "pip" : program);
        if (subcommands == null) {
            return found;
        }
        boolean installs = subcommands.isEmpty();
        // To others -c is a channel, or a configuration.
        boolean files = module || program.startsWith("pip") || program.equals("uv");
        for (int i = module ? 2 : 0; i < words.size(); i++) {
            String word = words.get(i).value();
            if (WITH_VALUE.contains(word) && i + 1 < words.size()) {
                i++;
                if (files && REQUIREMENTS.contains(word)) {
                    found.requirements().add(words.get(i).value());
                    found.others().add(words.get(i));
                }
            } else if (files && REQUIREMENTS.stream().anyMatch(o -> !word.equals(o) && word.startsWith(o))) {
                found.requirements().add(word.substring(word.startsWith("--") ? word.indexOf('=') + 1 : 2));
                found.others().add(words.get(i));
            } else if (!word.startsWith("-") && !installs) {
                installs = subcommands.contains(word);
            } else if (!word.startsWith("-")) {
                (build.supervisor().isPackage(word) ? found.ours() : found.others()).add(words.get(i));
            }
        }
        if (!installs) {
            return new Installation(program, List.of(), List.of(), List.of());
        }
        lists.installed(found.others());
        return found;
    }

    private void shell(Place place, Excerpt excerpt, Edits target, boolean removable) {
        List<ShellCommand> commands = ShellScript.commands(excerpt);
        List<ShellCommand> emptied = new ArrayList<>();
        CommandEdits edits = new CommandEdits(excerpt, commands, target);
        for (ShellCommand command : commands) {
            Installation installation = installation(Invocation.of(command.arguments()));
            for (String path : installation.requirements()) {
                installed |=
                        build.context().file(path).filter(requirements::edit).isPresent();
            }
            if (installation.ours().isEmpty()) {
                continue;
            }
            say(place, excerpt.offset(command.start()), installation);
            boolean keeps = keepsPython(installation);
            if (keeps) {
                ShellWord first = installation.ours().get(0);
                target.replace(excerpt.offset(first.start()), excerpt.offsetAfter(first.end()), "python3");
            }
            if (installation.others().isEmpty() && !keeps) {
                if (index.isFetchedFor(command, commands, place.instruction())) {
                    Invocation invocation = Invocation.of(command.arguments());
                    List<ShellWord> words = invocation.words();
                    target.replace(
                            excerpt.offsetAfter(words.get(invocation.index()).end()),
                            excerpt.offsetAfter(words.get(words.size() - 1).end()),
                            " update");
                } else {
                    emptied.add(command);
                }
            } else {
                List<ShellWord> gone = installation.gone(keeps);
                gone.forEach(word -> edits.removeWord(command, word, gone));
            }
        }
        installed |= lists.edit(excerpt, commands, target);
        if (emptied.isEmpty()) {
            return;
        }
        Instruction instruction = place.instruction();
        if (removable
                && instruction != null
                && commands.stream().allMatch(c -> emptied.contains(c) || isHousekeeping(c))
                && !index.isNeededBehind(commands, emptied, instruction)) {
            build.remove(instruction);
        } else {
            edits.removeCommands(emptied);
        }
    }

    private static boolean isHousekeeping(ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        List<String> arguments =
                invocation.arguments().stream().map(ShellWord::value).toList();
        if (invocation.program().equals("rm")) {
            return arguments.stream()
                    .allMatch(a -> a.startsWith("-")
                            || a.startsWith("/var/lib/apt/lists")
                            || a.startsWith("/var/cache/")
                            || a.startsWith("/tmp/")
                            || a.equals("/root/.cache"));
        }
        boolean prepares = arguments.stream().anyMatch(HOUSEKEEPING::contains);
        return invocation.program().equals("set") || (INSTALLERS.containsKey(invocation.program()) && prepares);
    }

    private void say(Place place, int offset, Installation installation) {
        installed = true;
        nothingElse |= installation.others().isEmpty() && PythonNeed.brings(installation.installer());
        boolean here = current != null && build.instructions().contains(current);
        if (packaged == null && here && LogDirectory.brings(installation.installer())) {
            packaged = current;
        }
        String names = LayoutText.list(
                installation.ours().stream().map(ShellWord::value).toList());
        Instruction instruction = place.instruction();
        int at = place.offset() < 0 ? offset : place.offset();
        String what = instruction == null ? "package" : instruction.keyword();
        build.findings().add(place.file(), at, what, fate(installation, names));
        reader(installation)
                .filter(need -> !need.isPython3())
                .or(() -> python.findInstaller(installation.installer(), current))
                .ifPresent(need -> build.findings()
                        .add(
                                place.file(),
                                at,
                                what,
                                Fate.notCarried(
                                        need.place() + " runs " + need.program() + ", which may have come with "
                                                + names,
                                        "see that the image has " + need.program()
                                                + " by itself, and install it where it has not")));
    }

    private Fate fate(Installation installation, String names) {
        if (keepsPython(installation)) {
            return Fate.changed("python3 instead of " + names + ", which brought it: "
                    + reader(installation).map(Reader::place).orElse("") + " needs it");
        }
        return Fate.changed(
                installation.others().isEmpty()
                        ? names + " is not installed any more, and the command installed nothing else"
                        : names + " is not installed any more");
    }
}
