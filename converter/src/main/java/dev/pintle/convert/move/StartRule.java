package dev.pintle.convert.move;

import dev.pintle.convert.dockerfile.Instruction;
import dev.pintle.convert.dockerfile.Json;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.Start.Line;
import dev.pintle.convert.move.Start.Script;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The fourth step: {@code /init} is started where the supervisor was, by CMD where CMD did it, by ENTRYPOINT where that
 * did. Where it was in a script, or behind one that runs its arguments, what the script does before is still done.
 */
final class StartRule {

    private static final String INIT = "[\"/init\"]";

    private final Build build;
    private final Start start;
    private final Base base;
    private final ScriptStart scripts;

    /**
     * @param base   what the image is built on
     * @param daemon how the supervisor's own configuration has it run
     */
    StartRule(Build build, Start start, Base base, Daemon daemon) {
        this.build = build;
        this.start = start;
        this.base = base;
        this.scripts = new ScriptStart(build, daemon);
    }

    /** Edits what starts the supervisor; returns whether something starts init now. */
    boolean apply() {
        Optional<Line> entrypoint = start.entrypoint();
        Optional<Line> command = start.command();
        if (entrypoint.isPresent() && startsInside(entrypoint.get())) {
            entrypoint(entrypoint.get(), command);
        } else if (command.isPresent() && startsInside(command.get())) {
            command(entrypoint, command.get());
        } else {
            return false;
        }
        return true;
    }

    /** Whether something here starts the supervisor. */
    boolean wouldApply() {
        return start.entrypoint().filter(this::startsInside).isPresent()
                || start.command().filter(this::startsInside).isPresent();
    }

    private boolean startsInside(Line line) {
        return isDirect(line)
                || line.shell()
                        .map(launch -> launch.startsIt(build.supervisor()))
                        .orElse(false)
                || line.scripts().stream().anyMatch(script -> script.launch().startsIt(build.supervisor()));
    }

    /** Whether the supervisor is all that a line runs; a shell that redirects it, or leaves it behind, does more. */
    private boolean isDirect(Line line) {
        boolean exec = line.invocation()
                .filter(invocation -> Launch.isStart(invocation, build))
                .isPresent();
        boolean onlyCommand = line.shell()
                .filter(launch -> launch.commands().size() == 1
                        && launch.starts().size() == 1
                        && launch.commands().get(0).after().isEmpty()
                        && launch.commands().get(0).words().stream().noneMatch(ShellWord::redirect))
                .map(launch -> Invocation.of(launch.starts().get(0).words()))
                .filter(invocation ->
                        invocation.index() <= invocation.wrappers().size()
                                && invocation.wrappers().stream().allMatch("exec"::equals))
                .isPresent();
        return exec || onlyCommand;
    }

    private void entrypoint(Line line, Optional<Line> command) {
        if (isDirect(line)) {
            direct(line);
            if (line.exec().isPresent()) {
                command.ifPresent(this::dropArguments);
            }
            return;
        }
        inside(line);
        boolean argumentsTaken = line.shell().isEmpty()
                && line.scripts().stream()
                        .flatMap(script -> script.launch().starts().stream())
                        .anyMatch(
                                c -> c.words().stream().anyMatch(w -> w.value().equals("$@")));
        if (argumentsTaken && line.scripts().stream().anyMatch(StartRule::asksForArguments)) {
            command.ifPresent(this::keepArguments);
        } else if (argumentsTaken) {
            command.ifPresent(this::dropArguments);
        } else if (command.filter(this::isDirect).isPresent()) {
            direct(command.get());
            line.scripts().forEach(script -> questions(script, command.get()));
        }
    }

    /** Whether a script does more with its arguments than to give them to the supervisor. */
    private static boolean asksForArguments(Script script) {
        ArgumentWords words = new ArgumentWords(List.of(), Map.of());
        return script.launch().commands().stream()
                .filter(command -> !script.launch().starts().contains(command))
                .flatMap(command -> command.words().stream())
                .anyMatch(word -> words.refersToThem(word.value()));
    }

    /** The script gets them as before, and init none of them. */
    private void keepArguments(Line command) {
        build.understand(command.instruction());
        build.say(
                command.instruction(),
                Fate.approximated(
                        "its words stay, since the script asks for them; those that it gave to the supervisor are not given to"
                                + " init",
                        "init has no options: see whether any of them mattered"));
    }

    private void questions(Script script, Line command) {
        new ArgumentQuestions(build, script, words(command)).apply();
    }

    /** The words that a script gets as its arguments. */
    private static List<String> words(Line command) {
        return command.exec()
                .map(words -> words.stream().map(ShellWord::value).toList())
                .orElseGet(() -> List.of(
                        "/bin/sh", "-c", command.instruction().arguments().text()));
    }

    /** What were arguments of the supervisor would be a program to init; my_init took them for one, too. */
    private void dropArguments(Line command) {
        boolean main = start.entrypoint()
                .flatMap(Line::invocation)
                .filter(invocation -> invocation.program().equals("my_init"))
                .isPresent();
        List<ShellWord> words = Supervisor.mainCommand(command.exec().orElse(List.of()));
        if (main && !words.isEmpty()) {
            String json = words.stream().map(word -> Json.quote(word.value())).collect(Collectors.joining(", "));
            build.replace(command.instruction(), "CMD", "[" + json + "]");
            build.say(command.instruction(), Fate.changed("init runs it beside the services, as my_init did"));
            return;
        }
        build.remove(command.instruction());
        build.say(
                command.instruction(),
                Fate.changed("its words were the supervisor's arguments; init would take them for a program to run"));
    }

    private void command(Optional<Line> entrypoint, Line command) {
        boolean emptied = entrypoint.flatMap(Line::exec).filter(List::isEmpty).isPresent();
        if (entrypoint.isEmpty() || emptied) {
            if (isDirect(command)) {
                direct(command);
            } else {
                inside(command);
            }
            return;
        }
        Line before = entrypoint.get();
        boolean smallInit = before.invocation()
                .filter(i -> i.program().isEmpty() && i.hasSmallInit())
                .isPresent();
        if (smallInit && isDirect(command)) {
            withoutEntrypoint(before);
            direct(command);
        } else if (isDirect(command)) {
            build.replace(command.instruction(), "CMD", init(command));
            build.say(command.instruction(), behind(before));
            before.scripts().forEach(script -> {
                questions(script, command);
                scripts.becomeArguments(script);
            });
            if (before.scripts().isEmpty() || passesArguments(before)) {
                withoutSmallInit(before);
            }
        } else {
            inside(command);
        }
    }

    /** Init reaps and passes signals on itself; a base's own ENTRYPOINT stays overridden. */
    private void withoutEntrypoint(Line small) {
        if (base.mayHaveEntrypoint()) {
            build.replace(small.instruction(), "ENTRYPOINT", "[]");
        } else {
            build.remove(small.instruction());
        }
        build.say(
                small.instruction(),
                Fate.changed("without "
                        + small.invocation()
                                .map(Invocation::wrappers)
                                .orElse(List.of())
                                .get(0) + ": init reaps and passes signals on itself"));
    }

    private static boolean passesArguments(Line entrypoint) {
        return entrypoint.scripts().stream().anyMatch(script -> script.launch().passesArguments());
    }

    private Fate behind(Line entrypoint) {
        boolean passes = passesArguments(entrypoint);
        Optional<String> between = between(entrypoint);
        if (passes && between.isPresent()) {
            return Fate.approximated(
                    "CMD [\"/init\"]: the entrypoint script runs " + between.get() + " before it, which is taken to run"
                            + " its arguments with exec",
                    "if it does not, write ENTRYPOINT [\"/init\"] and give its work to a oneshot");
        }
        if (passes) {
            return Fate.changed("CMD [\"/init\"]: the entrypoint script runs it in its own place, so it is process 1");
        }
        if (entrypoint.scripts().isEmpty()) {
            return Fate.approximated(
                    "CMD [\"/init\"]: taken that the entrypoint, which is not in the build context, runs its arguments"
                            + " with exec",
                    "if it does not, write ENTRYPOINT [\"/init\"] and give its work to a oneshot");
        }
        String name = entrypoint.scripts().get(0).edits().file().name();
        return Fate.notCarried(
                "CMD [\"/init\"], but " + name + " is not seen to run its arguments: nothing may start init",
                "let " + name + " end with exec \"$@\"");
    }

    /** A program that the entrypoint's script is given before the words of CMD, but for those that are known to exec. */
    private static Optional<String> between(Line entrypoint) {
        Optional<Invocation> script = entrypoint.invocation();
        if (script.isEmpty() || entrypoint.shell().isPresent()) {
            return Optional.empty();
        }
        int own = Build.SHELLS.contains(script.get().program()) ? 1 : 0;
        List<ShellWord> words = script.get().arguments();
        String program = Invocation.of(words.subList(Math.min(own, words.size()), words.size()))
                .word();
        return program.startsWith("-") || program.isEmpty() ? Optional.empty() : Optional.of(program);
    }

    private void direct(Line line) {
        String keyword = line.instruction().keyword();
        build.replace(line.instruction(), keyword, init(line));
        build.say(
                line.instruction(),
                line.invocation()
                        .flatMap(Invocation::stayingWrapper)
                        .map(wrapper -> Fate.approximated(
                                keyword + " " + init(line) + " starts the services, but " + wrapper
                                        + " stays process 1, and has to pass the stop signal on",
                                "start /init by itself, and do before it, or in a oneshot, what " + wrapper + " did"))
                        .orElseGet(() -> Fate.changed(keyword + " " + init(line) + " starts the services")));
    }

    /** The exec form that starts init as the supervisor was started: a user that is changed to stays. */
    private static String init(Line line) {
        List<ShellWord> prefix = line.shell().isPresent()
                ? List.of()
                : line.invocation().map(Invocation::prefix).orElse(List.of());
        StringBuilder json = new StringBuilder("[");
        prefix.forEach(word -> json.append(Json.quote(word.value())).append(", "));
        json.append("\"/init\"");
        line.shell()
                .map(launch -> Invocation.of(launch.starts().get(0).arguments()))
                .or(line::invocation)
                .map(Supervisor::mainCommand)
                .orElse(List.of())
                .forEach(word -> json.append(", ").append(Json.quote(word.value())));
        return json + "]";
    }

    private void inside(Line line) {
        line.shell().ifPresent(launch -> shell(line, launch));
        boolean becomesInit = true;
        for (Script script : line.scripts()) {
            becomesInit &= scripts.apply(script);
        }
        if (becomesInit) {
            withoutSmallInit(line);
        } else {
            small(line)
                    .ifPresent(word -> build.say(
                            line.instruction(),
                            Fate.kept(word.value()
                                    + " stays: the script that it runs stays beside init, and does not become it")));
        }
        understand(line);
        if (!build.findings().speakOf(build.dockerfile().file(), line(line.instruction()), line(line.instruction()))) {
            build.say(
                    line.instruction(),
                    Fate.kept(
                            becomesInit
                                    ? "it runs a script, which becomes init"
                                    : "it runs a script, which starts init and goes on"));
        }
    }

    /** The starts are; what else a shell does there may still speak of the supervisor. */
    private void understand(Line line) {
        boolean string = line.invocation().flatMap(Start::commandString).isPresent();
        if (line.shell().isEmpty()) {
            build.understand(line.instruction());
            return;
        }
        Launch launch = line.shell().get();
        for (ShellCommand command : launch.commands()) {
            boolean starts = launch.starts().contains(command);
            String text = launch.excerpt().text().substring(command.start(), command.end());
            if (starts && !string) {
                build.findings()
                        .understand(
                                build.dockerfile().file(),
                                launch.excerpt().offset(command.start()),
                                launch.excerpt().offsetAfter(command.end()));
            } else if (string && !starts && build.supervisor().isMentionedIn(text)) {
                build.say(
                        line.instruction(),
                        Fate.notCarried(
                                "'" + text + "' speaks of " + build.supervisor().program()
                                        + ", which is not in the image any more",
                                "put the commands into a script of the build context, and move again; or use pintle"));
            }
        }
    }

    /** What the shell form says, or the text behind {@code sh -c}. */
    private void shell(Line line, Launch launch) {
        boolean starts = !launch.starts().isEmpty();
        List<ShellCommand> lines = launch.commands();
        boolean script = !starts && lines.size() == 1 && !line.scripts().isEmpty();
        if (!starts && !script) {
            return;
        }
        Optional<ShellWord> string = line.invocation().flatMap(Start::commandString);
        Edits edits =
                string.isPresent() ? new Edits(new SourceFile("", string.get().value())) : build.edits();
        if (starts) {
            build.say(line.instruction(), scripts.replaceStarts(launch, edits));
        } else if (!Invocation.of(lines.get(0).arguments()).isExec()) {
            Invocation invocation = Invocation.of(lines.get(0).words());
            edits.insert(
                    launch.excerpt()
                            .offset(invocation.words().get(invocation.first()).start()),
                    "exec ");
            build.say(
                    line.instruction(),
                    Fate.changed("exec before the script: the shell that runs it would stay process 1, and pass no"
                            + " signal on"));
        }
        if (string.isPresent() && line.instruction().exec().isEmpty()) {
            // A shell that runs another one would stay process 1.
            String words = line.exec().orElse(List.of()).stream()
                    .map(word -> Json.quote(word.equals(string.get()) ? edits.apply() : word.value()))
                    .collect(Collectors.joining(", "));
            build.replace(line.instruction(), line.instruction().keyword(), "[" + words + "]");
        } else if (string.isPresent()) {
            var arguments = line.instruction().arguments();
            build.edits()
                    .replace(
                            arguments.offset(string.get().start()),
                            arguments.offsetAfter(string.get().end()),
                            Json.quote(edits.apply()));
        }
    }

    private static Optional<ShellWord> small(Line line) {
        return line.invocation()
                .filter(Invocation::hasSmallInit)
                .map(invocation -> invocation.words().get(0));
    }

    /** A script that becomes init needs no other one before it. */
    private void withoutSmallInit(Line line) {
        Optional<Invocation> invocation = line.invocation().filter(Invocation::hasSmallInit);
        if (invocation.isPresent() && invocation.get().prefix().isEmpty()) {
            var arguments = line.instruction().arguments();
            List<ShellWord> words = invocation.get().words();
            build.edits()
                    .delete(
                            arguments.offset(words.get(0).start()),
                            arguments.offset(words.get(invocation.get().index()).start()));
            build.say(
                    line.instruction(),
                    Fate.changed("without " + words.get(0).value() + ": what it runs becomes init, which reaps and"
                            + " passes signals on itself"));
        }
    }

    private int line(Instruction instruction) {
        return build.dockerfile()
                .file()
                .position(build.keywordOffset(instruction))
                .line();
    }

    /** Where nothing in the Dockerfile starts the image, its base does: with CMD, so that an ENTRYPOINT still runs. */
    void atTheEnd() {
        SourceFile file = build.dockerfile().file();
        var instructions = build.stages().target().instructions();
        int end = instructions.get(instructions.size() - 1).end();
        boolean open = !file.text().substring(0, end).endsWith("\n");
        String keyword = base.startsSupervisor() && !base.entrypoint().isEmpty() ? "ENTRYPOINT" : "CMD";
        build.edits().insert(end, (open ? file.newline() : "") + keyword + " " + INIT + (open ? "" : file.newline()));
        Fate fate = base.startsSupervisor()
                ? Fate.changed(
                        keyword + " [\"/init\"] at its end, instead of the " + base.starter() + " that the base starts")
                : new Fate(
                        // Behind an ENTRYPOINT that is the supervisor nothing would start init.
                        base.kind() == Base.Kind.UNKNOWN ? Fate.Kind.NOT_CARRIED : Fate.Kind.APPROXIMATED,
                        "CMD [\"/init\"] at its end: nothing here starts the image, so its base does, in a way that is not"
                                + " known here",
                        "look at 'docker inspect' of the base: where its ENTRYPOINT is the supervisor, write"
                                + " ENTRYPOINT [\"/init\"]");
        build.findings().add(file, instructions.get(0).start(), "FROM", fate);
    }
}
