package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what an image starts: its ENTRYPOINT and CMD, and the scripts of the build context that these run. */
final class Start {

    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ash", "ksh", "zsh");

    private final Build build;
    private final Optional<Line> entrypoint;
    private final Optional<Line> command;

    /**
     * An ENTRYPOINT or a CMD.
     *
     * @param instruction it
     * @param exec        the words of the exec form
     * @param shell       what the shell gets, in the shell form or behind {@code sh -c}; with it, its own text
     * @param scripts     of the build context that it runs, one running the next
     */
    record Line(Instruction instruction, Optional<List<ShellWord>> exec, Optional<Launch> shell, List<Script> scripts) {

        /** What the exec form runs. */
        Optional<Invocation> invocation() {
            return exec.map(Invocation::of);
        }
    }

    /**
     * A shell script of the build context.
     *
     * @param edits  of the file
     * @param launch its text
     */
    record Script(Edits edits, Launch launch) {}

    private Start(Build build, Optional<Line> entrypoint, Optional<Line> command) {
        this.build = build;
        this.entrypoint = entrypoint;
        this.command = command;
    }

    /** An ENTRYPOINT resets the CMD of the stages before its own. */
    static Start of(Build build) {
        Instruction entrypoint = null;
        Instruction command = null;
        for (var stage : build.stages().chain()) {
            boolean commandHere = false;
            for (Instruction instruction : stage.instructions()) {
                if (instruction.onBuild()) {
                    continue;
                }
                if (instruction.keyword().equals("CMD")) {
                    command = instruction;
                    commandHere = true;
                } else if (instruction.keyword().equals("ENTRYPOINT")) {
                    entrypoint = instruction;
                    command = commandHere ? command : null;
                }
            }
        }
        return new Start(
                build,
                Optional.ofNullable(entrypoint).map(i -> line(build, i)),
                Optional.ofNullable(command).map(i -> line(build, i)));
    }

    private static Line line(Build build, Instruction instruction) {
        Optional<List<Word>> exec = instruction.exec();
        if (exec.isEmpty()) {
            Launch launch = Launch.of(instruction.arguments(), build.supervisor());
            return new Line(
                    instruction, Optional.empty(), Optional.of(launch), scripts(build, launch, new HashSet<>()));
        }
        List<ShellWord> words = exec.get().stream()
                .map(word -> new ShellWord(word.value(), word.start(), word.end(), false))
                .toList();
        Invocation invocation = Invocation.of(words);
        Optional<Launch> shell = commandString(invocation).map(word -> {
            // A text of its own: JSON's escapes do not let it be edited in place.
            SourceFile text = new SourceFile(instruction.keyword(), word.value());
            return Launch.of(text.whole(), build.supervisor());
        });
        List<Script> scripts = shell.map(launch -> scripts(build, launch, new HashSet<>()))
                .orElseGet(() -> scripts(build, invocation, new HashSet<>()));
        return new Line(instruction, Optional.of(words), shell, scripts);
    }

    /** The text behind {@code sh -c}. */
    static Optional<ShellWord> commandString(Invocation invocation) {
        List<ShellWord> arguments = invocation.arguments();
        for (int i = 0; SHELLS.contains(invocation.program()) && i + 1 < arguments.size(); i++) {
            String option = arguments.get(i).value();
            if (!option.startsWith("-")) {
                return Optional.empty();
            }
            if (!option.startsWith("--") && option.endsWith("c")) {
                return Optional.of(arguments.get(i + 1));
            }
        }
        return Optional.empty();
    }

    private static List<Script> scripts(Build build, Launch launch, Set<Path> seen) {
        List<Script> scripts = new ArrayList<>();
        launch.commands().forEach(command -> scripts.addAll(scripts(build, Invocation.of(command.arguments()), seen)));
        return scripts;
    }

    /** The script that an invocation runs, with those that it runs itself and that start the supervisor. */
    private static List<Script> scripts(Build build, Invocation invocation, Set<Path> seen) {
        String program =
                SHELLS.contains(invocation.program()) || invocation.program().equals(".")
                        ? invocation.arguments().stream()
                                .map(ShellWord::value)
                                .filter(word -> !word.startsWith("-"))
                                .findFirst()
                                .orElse("")
                        : invocation.program().isEmpty()
                                ? ""
                                : invocation.words().get(invocation.index()).value();
        Optional<Path> file =
                program.isEmpty() ? Optional.empty() : build.context().program(program);
        Optional<Edits> edits = file.filter(seen::add)
                .flatMap(build::other)
                .filter(e -> isShellScript(e.file().text()));
        if (edits.isEmpty()) {
            return List.of();
        }
        Launch launch = Launch.of(edits.get().file().whole(), build.supervisor());
        List<Script> scripts = new ArrayList<>();
        scripts.add(new Script(edits.get(), launch));
        scripts(build, launch, seen).stream()
                .filter(script -> !script.launch().starts().isEmpty())
                .forEach(scripts::add);
        return scripts;
    }

    private static boolean isShellScript(String text) {
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        return !first.startsWith("#!")
                || SHELLS.stream()
                        .anyMatch(shell -> first.strip().endsWith(shell)
                                || first.contains("/" + shell + " ")
                                || first.contains(" " + shell + " "));
    }

    Optional<Line> entrypoint() {
        return entrypoint;
    }

    Optional<Line> command() {
        return command;
    }

    /** The arguments that the supervisor is started with, wherever that is. */
    List<String> arguments() {
        List<String> found = new ArrayList<>();
        for (Line line : lines()) {
            Optional<Invocation> direct =
                    line.invocation().filter(i -> build.supervisor().starts(i.program()));
            if (direct.isPresent()) {
                direct.get().arguments().forEach(word -> found.add(word.value()));
                if (line.instruction().keyword().equals("ENTRYPOINT")) {
                    command.flatMap(Line::exec).ifPresent(words -> words.forEach(word -> found.add(word.value())));
                }
                return found;
            }
            List<Launch> launches = new ArrayList<>();
            line.shell().ifPresent(launches::add);
            line.scripts().forEach(script -> launches.add(script.launch()));
            for (Launch launch : launches) {
                if (!launch.starts().isEmpty()) {
                    Invocation invocation = Invocation.of(launch.starts().get(0).arguments());
                    invocation.arguments().forEach(word -> found.add(word.value()));
                    return found;
                }
            }
        }
        return found;
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        entrypoint.ifPresent(lines::add);
        command.ifPresent(lines::add);
        return lines;
    }
}
