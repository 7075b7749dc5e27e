package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.Start.Call;
import dev.pintle.convert.move.Start.Script;
import dev.pintle.convert.shell.Invocation;
import dev.pintle.convert.shell.LastAct;
import dev.pintle.convert.shell.ShellCommand;
import dev.pintle.convert.shell.ShellWord;
import dev.pintle.convert.source.Edits;
import dev.pintle.convert.source.Excerpt;
import dev.pintle.convert.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Starts init where a shell text started the supervisor. */
final class ScriptStart {

    private static final String BESIDE =
            "/init runs beside other commands of the script, so it is not process 1, and gets a stop signal only where the"
                    + " script, or what runs it, passes it on";

    private static final String HINT = "make what runs beside it a service, and let the script end with exec /init";

    /** Without a variable or a quote, so that it can stand in any text; it ends with success. */
    private static final String WAIT =
            " for _ in 1 2 3 4 5 6 7 8 9; do pintle health --live > /dev/null 2>&1 && break; sleep 0.5; done";

    private static final Fate WAITS =
            Fate.changed("it waits until init answers, which is controlled below: the supervisor"
                    + " answered as soon as its start had returned");

    private static final Set<String> SOURCES = Set.of(".", "source");

    private final Build build;
    private final Daemon daemon;

    ScriptStart(Build build, Daemon daemon) {
        this.build = build;
        this.daemon = daemon;
    }

    /** Edits a script; returns whether it becomes init wherever it started the supervisor. */
    boolean apply(Script script) {
        SourceFile file = script.edits().file();
        Launch launch = script.launch();
        boolean last = true;
        for (ShellCommand command : launch.starts()) {
            int offset = launch.excerpt().offset(command.start());
            Invocation invocation = Invocation.of(command.arguments());
            if (build.startsAnother(invocation)) {
                build.findings().understand(file, offset, launch.excerpt().offsetAfter(command.end()));
                build.findings().add(file, offset, "start", build.another(invocation));
                continue;
            }
            boolean becomes = becomesInit(launch, command);
            last &= becomes;
            replace(launch, command, script.edits());
            build.findings()
                    .add(
                            file,
                            offset,
                            "start",
                            becomes
                                    ? Fate.changed("exec /init: what stands before is done first")
                                    : Fate.approximated(BESIDE, HINT));
            if (isDaemon(launch, command)) {
                settings().ifPresent(fate -> build.findings().add(file, offset, "daemon", fate));
                if (isAskedLater(launch, command)) {
                    build.findings().add(file, offset, "wait", WAITS);
                }
            }
            if (!becomes) {
                new BackgroundLines(build, script, command).apply();
            }
        }
        for (ShellCommand command : launch.defaults(build.supervisor())) {
            defaults(script, command);
        }
        becomeArguments(script);
        boolean starts = last && launch.startsIt(build.supervisor());
        return starts ? script.caller().map(this::becomesTheCaller).orElse(true) : last;
    }

    /** A script that becomes init is process 1 only where it takes the place of the script that runs it. */
    private boolean becomesTheCaller(Call first) {
        for (Optional<Call> next = Optional.of(first);
                next.isPresent();
                next = next.get().script().caller()) {
            Call call = next.get();
            Launch launch = call.script().launch();
            Invocation invocation = Invocation.of(call.command().arguments());
            Edits edits = call.script().edits();
            int offset = launch.excerpt()
                    .offset(invocation.words().get(invocation.first()).start());
            if (invocation.isExec() || SOURCES.contains(invocation.program()) || edits.touches(offset, offset + 1)) {
                continue;
            }
            boolean last = launch.isLast(call.command());
            if (last) {
                edits.insert(offset, "exec ");
            }
            build.findings()
                    .add(
                            edits.file(),
                            offset,
                            "start",
                            last
                                    ? Fate.changed("exec: the script that becomes init takes this one's place")
                                    : Fate.approximated(BESIDE, HINT));
            if (!last) {
                return false;
            }
        }
        return true;
    }

    /** Where a script runs its arguments as its last act, they take its place. */
    void becomeArguments(Script script) {
        for (ShellCommand command : script.launch().commands()) {
            Invocation invocation = Invocation.of(command.arguments());
            boolean plain = Launch.runsArguments(command)
                    && invocation.wrappers().isEmpty()
                    && invocation.index() == invocation.first();
            if (plain && LastAct.is(command, script.launch().commands())) {
                int offset = script.launch()
                        .excerpt()
                        .offset(invocation.words().get(invocation.first()).start());
                script.edits().insert(offset, "exec ");
                build.findings()
                        .add(
                                script.edits().file(),
                                offset,
                                "start",
                                Fate.changed("exec: its arguments, which are /init, take the script's place"));
            }
        }
    }

    /** {@code set -- supervisord -n} gives the script's later {@code exec "$@"} what to run. */
    private void defaults(Script script, ShellCommand command) {
        List<ShellWord> words = Launch.defaultWords(command, build.supervisor()).orElse(List.of());
        Invocation invocation = Invocation.of(words);
        Excerpt excerpt = script.launch().excerpt();
        int start = excerpt.offset(words.get(invocation.index()).start());
        int end = excerpt.offsetAfter(words.get(words.size() - 1).end());
        if (build.startsAnother(invocation)) {
            build.findings().understand(script.edits().file(), start, end);
            build.findings().add(script.edits().file(), start, "set", build.another(invocation));
            return;
        }
        boolean more =
                invocation.arguments().stream().anyMatch(word -> word.value().contains("$@"));
        script.edits().replace(start, end, "/init");
        build.findings()
                .add(
                        script.edits().file(),
                        start,
                        "set",
                        more
                                ? Fate.approximated(
                                        "set -- /init: options for the supervisor that the container is given are left out",
                                        "init has no options")
                                : Fate.changed("set -- /init: what is run where the container is given nothing else"));
    }

    private boolean becomesInit(Launch launch, ShellCommand command) {
        boolean background = command.after().equals("&")
                || command.after().equals("|")
                || (build.supervisor().isService(Invocation.of(command.arguments())) && !launch.isLast(command));
        Invocation invocation = Invocation.of(command.arguments());
        return !background && invocation.stayingWrapper().isEmpty() && (launch.isLast(command) || invocation.isExec());
    }

    /** Puts /init in the place of the supervisor and its arguments, wherever a text starts it. */
    Fate replaceStarts(Launch launch, Edits edits) {
        Fate fate = Fate.changed("exec /init: what stands before is done first");
        for (ShellCommand command : launch.starts()) {
            replace(launch, command, edits);
            if (!becomesInit(launch, command)) {
                fate = Fate.approximated(BESIDE, HINT);
            }
            if (isDaemon(launch, command)) {
                fate = settings().map(fate::and).orElse(fate);
            }
        }
        return fate;
    }

    private void replace(Launch launch, ShellCommand command, Edits edits) {
        Invocation invocation = Invocation.of(command.arguments());
        replaceStart(launch.excerpt(), invocation, becomesInit(launch, command), edits);
        if (isDaemon(launch, command)) {
            background(launch, command, edits);
        }
    }

    /** Whether it went to the background by itself. */
    private boolean isDaemon(Launch launch, ShellCommand command) {
        Invocation invocation = Invocation.of(command.arguments());
        boolean already = invocation.word().equals("/init");
        return !becomesInit(launch, command) && !already && !command.after().equals("&") && !foreground(invocation);
    }

    /** What a supervisor had for all programs where it went to the background. */
    private Optional<Fate> settings() {
        return daemon.settings().isEmpty()
                ? Optional.empty()
                : Optional.of(Fate.notCarried(
                        build.supervisor().program() + " went to the background here, where "
                                + String.join(" and ", daemon.settings())
                                + " of its own configuration had an effect on all programs",
                        "set umask and working_dir in the services that have none"));
    }

    /** Whether what follows controls it: it answered as soon as its start had returned. */
    private boolean isAskedLater(Launch launch, ShellCommand start) {
        return launch.commands().stream()
                .filter(command -> command.start() > start.start())
                .anyMatch(command -> Invocation.of(command.arguments())
                        .program()
                        .equals(build.supervisor().control()));
    }

    /** No other operator may stand behind an ampersand. */
    private void background(Launch launch, ShellCommand command, Edits edits) {
        String wait = isAskedLater(launch, command) ? WAIT : "";
        Excerpt excerpt = launch.excerpt();
        int end = excerpt.offsetAfter(command.end());
        String operator = command.after();
        if (operator.equals("&&") || operator.equals(";")) {
            int behind = excerpt.text().indexOf(operator, command.end()) + operator.length();
            String after = operator.equals(";") ? ";" : " &&";
            edits.replace(end, excerpt.offsetAfter(behind), " &" + wait + (wait.isEmpty() ? "" : after));
        } else if (operator.equals("||")) {
            // That it has been started is true.
            edits.insert(end, " &" + (wait.isEmpty() ? " true" : wait));
        } else if (!operator.startsWith("|")) {
            edits.insert(end, " &" + wait);
        }
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
            boolean pointlessExec = !last && words.get(i).value().equals("exec");
            if (!prefix.contains(words.get(i)) || pointlessExec) {
                edits.delete(
                        excerpt.offset(words.get(i).start()),
                        excerpt.offset(words.get(i + 1).start()));
            }
        }
        ShellWord program = words.get(invocation.index());
        int end = excerpt.offsetAfter(program.end());
        edits.replace(excerpt.offset(program.start()), end, "/init");
        List<ShellWord> main = Supervisor.mainCommand(invocation);
        for (ShellWord word : invocation.arguments()) {
            if (main.contains(word)) {
                return;
            }
            edits.delete(end, excerpt.offsetAfter(word.end()));
            end = excerpt.offsetAfter(word.end());
        }
    }

    private boolean foreground(Invocation invocation) {
        if (build.supervisor().isService(invocation)) {
            return false;
        }
        return daemon.foreground()
                || build.supervisor() != Supervisor.SUPERVISORD
                || invocation.arguments().stream()
                        .anyMatch(word ->
                                word.value().equals("-n") || word.value().equals("--nodaemon"));
    }
}
