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
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import java.util.List;
import java.util.Optional;

/**
 * The fourth step: {@code /init} is started where the supervisor was. Where that was in a script, or behind one that
 * runs its arguments, what the script does before is still done, and then it becomes init.
 */
final class StartRule {

    private static final String INIT = "[\"/init\"]";

    private final Build build;
    private final Start start;
    private final boolean foreground;

    /** {@code foreground}: whether the supervisor's own configuration keeps it in the foreground. */
    StartRule(Build build, Start start, boolean foreground) {
        this.build = build;
        this.start = start;
        this.foreground = foreground;
    }

    /** Edits what starts the supervisor; returns the instruction that the image is started by, if there is one. */
    Optional<Instruction> apply() {
        Optional<Line> entrypoint = start.entrypoint();
        Optional<Line> command = start.command();
        if (entrypoint.isPresent() && startsInside(entrypoint.get())) {
            entrypoint(entrypoint.get(), command);
        } else if (command.isPresent() && startsInside(command.get())) {
            command(entrypoint, command.get());
        } else {
            nowhere(entrypoint, command);
        }
        return entrypoint.or(() -> command).map(Line::instruction);
    }

    private boolean startsInside(Line line) {
        return isDirect(line)
                || line.shell().map(launch -> !launch.starts().isEmpty()).orElse(false)
                || line.scripts().stream()
                        .anyMatch(script -> !script.launch().starts().isEmpty());
    }

    /** Whether the supervisor is all that a line runs. */
    private boolean isDirect(Line line) {
        boolean exec = line.invocation()
                .map(Invocation::program)
                .filter(build.supervisor()::starts)
                .isPresent();
        boolean onlyCommand = line.shell()
                .filter(launch ->
                        launch.commands().size() == 1 && launch.starts().size() == 1)
                .map(launch -> Invocation.of(launch.starts().get(0).words()))
                .filter(invocation ->
                        invocation.index() <= invocation.wrappers().size()
                                && invocation.wrappers().stream().allMatch("exec"::equals))
                .isPresent();
        return exec || onlyCommand;
    }

    private void entrypoint(Line line, Optional<Line> command) {
        if (!isDirect(line)) {
            inside(line);
            boolean argumentsTaken = line.shell().isEmpty()
                    && line.scripts().stream()
                            .flatMap(script -> script.launch().starts().stream())
                            .anyMatch(c ->
                                    c.words().stream().anyMatch(w -> w.value().equals("$@")));
            if (argumentsTaken) {
                command.ifPresent(this::dropArguments);
            }
            return;
        }
        direct(line);
        if (line.exec().isPresent()) {
            command.ifPresent(this::dropArguments);
        }
    }

    /** What were arguments of the supervisor would be a program to init. */
    private void dropArguments(Line command) {
        build.remove(command.instruction());
        build.say(
                command.instruction(),
                Fate.changed("its words were the supervisor's arguments; init would take them for a program to run"));
    }

    private void command(Optional<Line> entrypoint, Line command) {
        if (entrypoint.isEmpty()) {
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
            build.replace(before.instruction(), "ENTRYPOINT", init(command));
            build.say(before.instruction(), Fate.changed("init reaps and passes signals on itself"));
            build.remove(command.instruction());
            build.say(command.instruction(), Fate.changed("ENTRYPOINT starts the services"));
        } else if (isDirect(command)) {
            build.replace(command.instruction(), "CMD", init(command));
            build.say(command.instruction(), behind(before));
            before.scripts().forEach(this::comparisons);
        } else {
            inside(command);
        }
    }

    private static Fate behind(Line entrypoint) {
        boolean passes =
                entrypoint.scripts().stream().anyMatch(script -> script.launch().passesArguments());
        return passes
                ? Fate.changed("CMD [\"/init\"]: the entrypoint script runs it in its own place, so it is process 1")
                : Fate.approximated(
                        "CMD [\"/init\"]: taken that the entrypoint, which is not in the build context, runs its arguments"
                                + " with exec",
                        "if it does not, write ENTRYPOINT [\"/init\"] and give its work to a oneshot");
    }

    private void direct(Line line) {
        build.replace(line.instruction(), "ENTRYPOINT", init(line));
        build.say(line.instruction(), Fate.changed("ENTRYPOINT " + init(line) + " starts the services"));
    }

    /** The exec form that starts init as the supervisor was started: a user that is changed to stays. */
    private static String init(Line line) {
        List<ShellWord> prefix = line.shell().isPresent()
                ? List.of()
                : line.invocation().map(Invocation::prefix).orElse(List.of());
        StringBuilder json = new StringBuilder("[");
        prefix.forEach(word -> json.append(Json.quote(word.value())).append(", "));
        return json + "\"/init\"]";
    }

    private void inside(Line line) {
        if (line.shell().isPresent() && !line.shell().get().starts().isEmpty()) {
            Launch launch = line.shell().get();
            Optional<ShellWord> string = line.invocation().flatMap(Start::commandString);
            if (string.isPresent()) {
                Edits edits = new Edits(new SourceFile("", string.get().value()));
                Fate fate = replaceStarts(launch, edits);
                var arguments = line.instruction().arguments();
                build.edits()
                        .replace(
                                arguments.offset(string.get().start()),
                                arguments.offsetAfter(string.get().end()),
                                Json.quote(edits.apply()));
                build.say(line.instruction(), fate);
            } else {
                build.say(line.instruction(), replaceStarts(launch, build.edits()));
            }
        }
        withoutSmallInit(line);
        for (Script script : line.scripts()) {
            if (!script.launch().starts().isEmpty()) {
                Fate fate = replaceStarts(script.launch(), script.edits());
                int offset = script.launch()
                        .excerpt()
                        .offset(script.launch().starts().get(0).start());
                build.findings().add(script.edits().file(), offset, "start", fate);
            }
        }
        if (!build.findings().speakOf(build.dockerfile().file(), line(line.instruction()), line(line.instruction()))) {
            build.say(line.instruction(), Fate.kept("it runs a script, which becomes init"));
        }
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

    /** Puts /init in the place of the supervisor and its arguments; what they are redirected to stays. */
    private Fate replaceStarts(Launch launch, Edits edits) {
        Fate fate = Fate.changed("exec /init: what stands before is done first");
        for (ShellCommand command : launch.starts()) {
            Invocation invocation = Invocation.of(command.arguments());
            boolean last = launch.isLast(command) || invocation.isExec();
            replaceStart(launch.excerpt(), invocation, last, edits);
            if (!last && !command.after().equals("&") && !foreground(invocation)) {
                // It went to the background by itself.
                edits.insert(launch.excerpt().offsetAfter(command.end()), " &");
            }
            if (!last) {
                fate = Fate.approximated(
                        "/init runs beside other commands of the script, so it is not process 1 and gets no stop signal",
                        "make what runs beside it a service, and let the script end with exec /init");
            }
        }
        return fate;
    }

    /** The words from the first to the last of the supervisor's arguments become one; small inits before it go. */
    private static void replaceStart(Excerpt excerpt, Invocation invocation, boolean last, Edits edits) {
        List<ShellWord> words = invocation.words();
        int start = excerpt.offset(words.get(invocation.first()).start());
        if (last && !invocation.isExec()) {
            edits.insert(start, "exec ");
        }
        List<ShellWord> prefix = invocation.prefix();
        for (int i = invocation.first(); i < invocation.index(); i++) {
            if (!prefix.contains(words.get(i))) {
                edits.delete(
                        excerpt.offset(words.get(i).start()),
                        excerpt.offset(words.get(i + 1).start()));
            }
        }
        ShellWord program = words.get(invocation.index());
        int end = excerpt.offsetAfter(program.end());
        edits.replace(excerpt.offset(program.start()), end, "/init");
        for (ShellWord word : invocation.arguments()) {
            edits.delete(end, excerpt.offsetAfter(word.end()));
            end = excerpt.offsetAfter(word.end());
        }
    }

    private boolean foreground(Invocation invocation) {
        return foreground
                || build.supervisor() != Supervisor.SUPERVISORD
                || invocation.arguments().stream()
                        .anyMatch(word ->
                                word.value().equals("-n") || word.value().equals("--nodaemon"));
    }

    /** A script may ask whether it is to run the supervisor: {@code [ "$1" = supervisord ]}. */
    private void comparisons(Script script) {
        for (ShellCommand command : script.launch().commands()) {
            boolean test = List.of("[", "[[", "test", "case")
                    .contains(Invocation.of(command.arguments()).program());
            for (ShellWord word : command.words()) {
                if ((test || command.isPattern()) && build.supervisor().starts(Invocation.baseName(word.value()))) {
                    int offset = script.launch().excerpt().offset(word.start());
                    script.edits().replace(offset, script.launch().excerpt().offsetAfter(word.end()), "/init");
                    build.findings()
                            .add(script.edits().file(), offset, "comparison", Fate.changed("it asks for /init now"));
                }
            }
        }
    }

    private void nowhere(Optional<Line> entrypoint, Optional<Line> command) {
        if (entrypoint.isPresent() || command.isPresent()) {
            build.say(
                    entrypoint.or(() -> command).orElseThrow().instruction(),
                    Fate.notCarried(
                            "what it runs is not in the build context, or does not start "
                                    + build.supervisor().program(),
                            "start /init where " + build.supervisor().program()
                                    + " is started; ENTRYPOINT [\"/init\"] if nothing has to be done before"));
            return;
        }
        SourceFile file = build.dockerfile().file();
        var instructions = build.stages().target().instructions();
        int end = instructions.get(instructions.size() - 1).end();
        boolean open = !file.text().substring(0, end).endsWith("\n");
        build.edits().insert(end, (open ? file.newline() : "") + "ENTRYPOINT " + INIT + (open ? "" : file.newline()));
        build.findings()
                .add(
                        file,
                        instructions.get(0).start(),
                        "FROM",
                        Fate.changed("ENTRYPOINT [\"/init\"] at its end: nothing here started the image"));
    }
}
