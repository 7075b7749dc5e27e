package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Word;
import dev.pintle.convert.move.WrittenFiles.Source;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellScript;
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
     * @param caller the script that runs it, if one does
     */
    record Script(Edits edits, Launch launch, Optional<Call> caller) {}

    /**
     * A command of a script that runs another script.
     *
     * @param script  it stands in
     * @param command it
     */
    record Call(Script script, ShellCommand command) {}

    private Start(Build build, Optional<Line> entrypoint, Optional<Line> command) {
        this.build = build;
        this.entrypoint = entrypoint;
        this.command = command;
    }

    /** What an image of the build starts. */
    static Start of(Build build, StageChain image) {
        return of(build, image, false);
    }

    /** What an image that is built on this one starts, as far as ONBUILD says it. */
    static Start onBuild(Build build, StageChain image) {
        return of(build, image, true);
    }

    private static Start of(Build build, StageChain image, boolean onBuild) {
        List<Instruction> starts = image.starts(onBuild);
        return new Start(build, line(build, starts, "ENTRYPOINT"), line(build, starts, "CMD"));
    }

    private static Optional<Line> line(Build build, List<Instruction> starts, String keyword) {
        return starts.stream()
                .filter(instruction -> instruction.keyword().equals(keyword))
                .findFirst()
                .map(instruction -> line(build, instruction));
    }

    private static Line line(Build build, Instruction instruction) {
        Optional<List<Word>> exec = instruction.exec();
        Optional<List<ShellWord>> nested = exec.isEmpty() ? nested(instruction) : Optional.empty();
        if (exec.isEmpty() && nested.isEmpty()) {
            Launch launch = Launch.of(instruction.arguments(), build);
            return new Line(
                    instruction, Optional.empty(), Optional.of(launch), scripts(build, launch, new HashSet<>()));
        }
        List<ShellWord> words = nested.orElseGet(() -> exec.orElse(List.of()).stream()
                .map(word -> new ShellWord(word.value(), word.start(), word.end(), false))
                .toList());
        Invocation invocation = Invocation.of(words);
        Optional<Launch> shell = commandString(invocation).map(word -> {
            // A text of its own: JSON's escapes do not let it be edited in place.
            SourceFile text = new SourceFile(instruction.keyword(), word.value());
            return Launch.of(text.whole(), build);
        });
        List<Script> scripts = shell.map(launch -> scripts(build, launch, new HashSet<>()))
                .orElseGet(() -> scripts(build, invocation, Optional.empty(), new HashSet<>()));
        return new Line(instruction, Optional.of(words), shell, scripts);
    }

    /** The words of {@code CMD bash -c "…"} alone: the exec form can say the same, where the outer shell expands nothing. */
    private static Optional<List<ShellWord>> nested(Instruction instruction) {
        List<ShellCommand> commands = ShellScript.commands(instruction.arguments());
        boolean alone = commands.size() == 1
                && commands.get(0).after().isEmpty()
                && commands.get(0).words().stream()
                        .noneMatch(word -> word.redirect() || word.value().matches("(?s).*[$`\"\\\\].*"));
        return Optional.of(commands)
                .filter(each -> alone)
                .map(each -> each.get(0).words())
                .map(words -> words.get(0).value().equals("exec") ? words.subList(1, words.size()) : words)
                .filter(words -> commandString(Invocation.of(words)).isPresent());
    }

    /** The text behind {@code sh -c}. */
    static Optional<ShellWord> commandString(Invocation invocation) {
        List<ShellWord> arguments = invocation.arguments();
        for (int i = 0; Build.SHELLS.contains(invocation.program()) && i + 1 < arguments.size(); i++) {
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
        launch.commands()
                .forEach(command ->
                        scripts.addAll(scripts(build, Invocation.of(command.arguments()), Optional.empty(), seen)));
        return scripts;
    }

    private static List<Script> called(Build build, Script script, Set<Path> seen) {
        List<Script> scripts = new ArrayList<>();
        for (ShellCommand command : script.launch().commands()) {
            Optional<Call> call = Optional.of(new Call(script, command));
            scripts.addAll(scripts(build, Invocation.of(command.arguments()), call, seen));
        }
        return scripts;
    }

    /** The script that an invocation runs, with those that it runs itself and that start the supervisor. */
    private static List<Script> scripts(Build build, Invocation invocation, Optional<Call> caller, Set<Path> seen) {
        Optional<Source> source = source(build, invocation, seen)
                .filter(found -> isShellScript(found.text().text()));
        if (source.isEmpty()) {
            return List.of();
        }
        Launch launch = Launch.of(source.get().text(), build);
        List<Script> scripts = new ArrayList<>();
        Script here = new Script(source.get().edits(), launch, caller);
        scripts.add(here);
        called(build, here, seen).stream()
                .filter(script -> script.launch().startsIt(build.supervisor())
                        || script.launch().passesArguments())
                .forEach(scripts::add);
        return scripts;
    }

    /** Of the build context, or as the build writes it; each once. */
    private static Optional<Source> source(Build build, Invocation invocation, Set<Path> seen) {
        Optional<Path> file = build.script(invocation);
        if (file.isEmpty()) {
            Optional<Source> written = build.writtenScript(invocation);
            return written.filter(script -> seen.add(Path.of("/", invocation.word())));
        }
        Optional<Edits> edits = file.filter(seen::add).flatMap(build::other);
        edits.map(e -> e.file().text()).filter(Start::isShellScript).ifPresent(text -> build.script(file.get()));
        return edits.map(e -> new Source(e, e.file().whole()));
    }

    static boolean isShellScript(String text) {
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        return !first.startsWith("#!")
                || Build.SHELLS.stream()
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
        for (Line line : byUse()) {
            Optional<Invocation> direct = line.invocation().filter(invocation -> Launch.isStart(invocation, build));
            if (direct.isPresent()) {
                direct.get().arguments().forEach(word -> found.add(word.value()));
                if (line.instruction().keyword().equals("ENTRYPOINT")) {
                    command.flatMap(Line::exec).ifPresent(words -> words.forEach(word -> found.add(word.value())));
                }
                return found;
            }
            for (Launch launch : launches(line)) {
                Optional<Invocation> start = started(launch);
                if (start.isPresent() && build.supervisor().isService(start.get())) {
                    return found;
                }
                if (start.isPresent()) {
                    start.get().arguments().forEach(word -> found.add(launch.resolved(word.value())));
                    return found;
                }
            }
        }
        return found;
    }

    /** CMD first where it is the supervisor, and what ENTRYPOINT runs has at most other words for other cases. */
    private List<Line> byUse() {
        boolean passed = command.flatMap(Line::invocation)
                        .filter(invocation -> Launch.isStart(invocation, build))
                        .isPresent()
                && entrypoint.stream()
                        .flatMap(line -> launches(line).stream())
                        .allMatch(launch -> launch.starts().isEmpty());
        boolean direct = entrypoint
                .flatMap(Line::invocation)
                .filter(invocation -> Launch.isStart(invocation, build))
                .isPresent();
        return passed && !direct ? command.map(List::of).orElse(List.of()) : lines();
    }

    private Optional<Invocation> started(Launch launch) {
        if (!launch.starts().isEmpty()) {
            return Optional.of(Invocation.of(launch.starts().get(0).arguments()));
        }
        return launch.defaults(build.supervisor()).stream()
                .findFirst()
                .flatMap(command -> Launch.defaultWords(command, build.supervisor()))
                .map(Invocation::of);
    }

    /** Whether a program of a supervisor is among what the image runs; true where no supervisor is asked for. */
    boolean runs(Optional<Supervisor> supervisor) {
        if (supervisor.isEmpty()) {
            return true;
        }
        return lines().stream().anyMatch(line -> {
            boolean direct = line.invocation().filter(supervisor.get()::starts).isPresent();
            boolean inside = line.scripts().stream()
                    .flatMap(script -> script.launch().commands().stream())
                    .anyMatch(command -> supervisor.get().starts(Invocation.of(command.arguments())));
            boolean shell = line.shell().stream()
                    .flatMap(launch -> launch.commands().stream())
                    .anyMatch(command -> supervisor.get().starts(Invocation.of(command.arguments())));
            return direct || inside || shell;
        });
    }

    /** The scripts of the build that it runs. */
    List<Script> scripts() {
        return lines().stream().flatMap(line -> line.scripts().stream()).toList();
    }

    /** The line that starts an {@code /init}. */
    Optional<Line> init() {
        return lines().stream()
                .filter(line -> line.invocation()
                                .filter(invocation -> invocation.word().equals("/init"))
                                .isPresent()
                        || launches(line).stream()
                                .flatMap(launch -> launch.starts().stream())
                                .anyMatch(command -> Invocation.of(command.arguments())
                                        .word()
                                        .equals("/init")))
                .findFirst();
    }

    private static List<Launch> launches(Line line) {
        List<Launch> launches = new ArrayList<>();
        line.shell().ifPresent(launches::add);
        line.scripts().forEach(script -> launches.add(script.launch()));
        return launches;
    }

    /** Whether there is neither an ENTRYPOINT nor a CMD. */
    boolean isEmpty() {
        return entrypoint.isEmpty() && command.isEmpty();
    }

    /** The ENTRYPOINT and the CMD, as far as there are. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        entrypoint.ifPresent(lines::add);
        command.ifPresent(lines::add);
        return lines;
    }
}
