package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.OutputFile;
import dev.pintle.convert.parse.runit.ServiceDirectory;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.convert.parse.shell.ShellException;
import dev.pintle.convert.parse.shell.ShellParser;
import dev.pintle.convert.parse.shell.ShellScript;
import dev.pintle.convert.parse.shell.ShellScript.Simple;
import dev.pintle.convert.parse.shell.ShellScript.Statement;
import dev.pintle.convert.parse.shell.Word;
import dev.pintle.convert.parse.shell.Word.Dynamic;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Signals;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes keys of {@code control/*}: programs that runsv runs before an action, and that suppress its signal by ending with
 * success. Most are there to stop a service with another signal.
 */
final class ControlLowering {

    /** What {@code sv} calls the signals that it can send. */
    private static final Map<String, String> SV_SIGNALS = Map.of(
            "hup",
            "HUP",
            "int",
            "INT",
            "interrupt",
            "INT",
            "quit",
            "QUIT",
            "1",
            "USR1",
            "2",
            "USR2",
            "alarm",
            "ALRM",
            "term",
            "TERM");

    private final ServiceDirectory service;
    private final RunPlan plan;
    private final Account account;
    private final Draft draft;

    ControlLowering(ServiceDirectory service, RunPlan plan, Account account, Draft draft) {
        this.service = service;
        this.plan = plan;
        this.account = account;
        this.draft = draft;
    }

    void lower() {
        for (ServiceFile file : service.files().values()) {
            if (file.path().startsWith("control/") && !account.has(file)) {
                account.file(file, lower(file));
            }
        }
    }

    private Fate lower(ServiceFile file) {
        if (!Interpreter.isProgram(file) || !file.executable()) {
            return Fate.changed("no effect, as under runit: it cannot be executed");
        }
        if (plan.pauses()) {
            return Fate.notCarried("a oneshot has no process that could get a signal", null);
        }
        return switch (file.name()) {
            case "t" -> terminate(file);
            case "h" -> reload(file);
            case "d", "x" -> down(file);
            default ->
                Fate.notCarried(
                        "init runs nothing before it does this (" + file.name() + ")",
                        file.name().equals("u")
                                ? "put it at the beginning of run: it was run before each start"
                                : "send the signal with 'pintle signal', and do the rest in a script of your own");
        };
    }

    private Fate terminate(ServiceFile file) {
        Optional<String> signal = signal(file);
        if (signal.isPresent()) {
            plan.set(Key.STOP_SIGNAL, signal.get());
            return Fate.changed("stop_signal = " + signal.get() + ": that is all it does");
        }
        carry(file);
        plan.set(Key.STOP_COMMAND, "./" + file.path());
        return Fate.approximated(
                "stop_command = ./" + file.path()
                        + ": the stop signal follows, also where the command ends with success",
                "if that signal does harm, set stop_signal to one that the program ignores, such as CONT");
    }

    private Fate reload(ServiceFile file) {
        carry(file);
        plan.set(Key.RELOAD_COMMAND, "./" + file.path());
        return Fate.approximated(
                "reload_command = ./" + file.path() + ": HUP is not sent, also where the command ends with a failure",
                null);
    }

    private Fate down(ServiceFile file) {
        if (plan.isSet(Key.STOP_COMMAND)
                || service.has("control/t")
                || file.name().equals("x")) {
            return Fate.notCarried("init runs one command at a stop, before the signal", "put it into finish");
        }
        carry(file);
        plan.set(Key.STOP_COMMAND, "./" + file.path());
        return Fate.approximated("stop_command = ./" + file.path() + ": it is run before TERM, not after", null);
    }

    private void carry(ServiceFile file) {
        draft.add(file.path(), new OutputFile(file.text(), file.charset(), true));
    }

    /** The signal, where a script does nothing but send it: {@code kill -INT $(cat supervise/pid)}, {@code sv int web}. */
    private Optional<String> signal(ServiceFile file) {
        if (!Interpreter.of(file.text()).plain()) {
            return Optional.empty();
        }
        try {
            List<Statement> statements =
                    new ArrayList<>(ShellParser.parse(file.text()).statements());
            statements.removeIf(ControlLowering::isIdle);
            return statements.size() == 1 ? signal(statements.get(0)) : Optional.empty();
        } catch (ShellException e) {
            return Optional.empty();
        }
    }

    /** {@code exit 0}, {@code exec 2>&1} and {@code set -e} do nothing here. */
    private static boolean isIdle(Statement statement) {
        if (statement.clauses().size() != 1 || !(statement.clauses().get(0).command() instanceof Simple simple)) {
            return false;
        }
        List<String> words =
                simple.words().stream().map(word -> word.literal().orElse("?")).toList();
        return !words.isEmpty()
                && (words.get(0).equals("exit") || words.equals(List.of("exec")) || words.equals(List.of("set", "-e")));
    }

    private Optional<String> signal(Statement statement) {
        List<ShellScript.Clause> clauses = statement.clauses();
        boolean exits = clauses.size() == 2
                && clauses.get(1).connector() == ShellScript.Connector.AND
                && clauses.get(1).command() instanceof Simple second
                && second.words().get(0).isBare("exit");
        if ((clauses.size() != 1 && !exits) || !(clauses.get(0).command() instanceof Simple simple)) {
            return Optional.empty();
        }
        List<Word> words = new ArrayList<>(simple.words());
        if (!words.isEmpty() && words.get(0).isBare("exec")) {
            words.remove(0);
        }
        if (words.size() != 3) {
            return Optional.empty();
        }
        String first = Paths.baseName(words.get(0).literal().orElse(""));
        String second = words.get(1).literal().orElse("");
        if (first.equals("sv") && isThisService(words.get(2))) {
            return Optional.ofNullable(SV_SIGNALS.get(second));
        }
        boolean own = words.get(2).parts().size() == 1
                && words.get(2).parts().get(0) instanceof Dynamic dynamic
                && dynamic.text().contains("supervise/pid");
        return first.equals("kill") && own && second.startsWith("-") ? named(second.substring(1)) : Optional.empty();
    }

    private boolean isThisService(Word word) {
        String name = word.literal().orElse("");
        return name.equals(".") || Paths.baseName(name).equals(service.name());
    }

    private static Optional<String> named(String signal) {
        try {
            return Optional.of(Signals.name(Values.signal(signal)));
        } catch (BadValueException e) {
            return Optional.empty();
        }
    }
}
