package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.AutoRestart;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.Value;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import dev.pintle.layout.text.Signals;
import java.util.List;

/**
 * Makes a service of a process: when it starts and starts again, and how it stops.
 *
 * <p>supervisord's {@code startsecs}, {@code startretries}, {@code autorestart} and {@code exitcodes} are one state
 * machine. A run that ends before {@code startsecs} is a failed start whatever its exit code and whatever
 * {@code autorestart} says, and is tried again {@code startretries} times after 1, 2, 3 … seconds; {@code autorestart}
 * and {@code exitcodes} decide about runs that lasted longer. {@code min_uptime}, {@code start_retries} with
 * {@code backoff = linear}, {@code restart} and {@code success_exit_codes} are the same machine, so these keys are
 * written even where supervisord's default applies.
 */
final class ProgramLowering {

    private static final long DEFAULT_BACKOFF_MAX = 30;

    /** More retries, each a second later than the one before, than a machine lives to see. */
    private static final long MOST_RETRIES = 1_000_000;

    private static final Fate KILLS_SOONER = Fate.approximated(
            "what is left of the process group is killed as soon as the main process is gone, not only when its time is"
                    + " up",
            null);

    private final ProcessConfig process;
    private final Ledger ledger;
    private final Draft draft;
    private final boolean startedByListener;
    private final boolean passedOn;
    private final long usualStop;

    /**
     * Of one process.
     *
     * @param usualStop         the seconds that its stop may take where it says nothing of that
     * @param startedByListener whether an event listener started it, which {@code autostart = false} made room for
     * @param passedOn          whether an event listener passed its output on to the container's
     */
    ProgramLowering(
            ProcessConfig process,
            Ledger ledger,
            Draft draft,
            long usualStop,
            boolean startedByListener,
            boolean passedOn) {
        this.usualStop = usualStop;
        this.passedOn = passedOn;
        this.startedByListener = startedByListener;
        this.process = process;
        this.ledger = ledger;
        this.draft = draft;
    }

    /** Fills the draft; the keys come in the order in which people read them. */
    void lower(List<String> groups, List<String> dependsOn, List<String> after) {
        new ProcessLowering(process, ledger, draft).lower();
        if (!groups.isEmpty()) {
            draft.set(Key.GROUP, LayoutText.list(groups));
        }
        if (!dependsOn.isEmpty()) {
            draft.set(Key.DEPENDS_ON, LayoutText.list(dependsOn));
        }
        if (!after.isEmpty()) {
            draft.set(Key.AFTER, LayoutText.list(after));
        }
        instances();
        start();
        restart();
        stop();
        draft.set(Key.STDIN, "open");
        new StreamLowering(process, ledger, draft, passedOn).lower();
    }

    private void fate(String key, Fate fate) {
        ledger.key(process.section(), key, fate);
    }

    private static Fate keptOrLater(String emitted, Value<?> value) {
        if (!(value instanceof Value.Deferred<?> later)) {
            return Fate.kept(emitted);
        }
        Fate fate = Fate.changed(emitted + ": " + Templates.variables(later.text()));
        return Templates.lostFormat(later.text()).map(fate::and).orElse(fate);
    }

    private void instances() {
        Value<Long> count = process.start().processes();
        if (count instanceof Value.Deferred<Long> later) {
            draft.set(Key.INSTANCES, Templates.of(later.text()));
            fate(
                    "numprocs",
                    Fate.approximated(
                            "instances = " + Templates.of(later.text()) + ": copies are called " + draft.name()
                                    + "-1, -2 …, and count from 1",
                            "pass the number with --env to get supervisord's names and numbers"));
        }
    }

    private void start() {
        ProcessConfig.Start start = process.start();
        Value<Boolean> autostart = start.autostart();
        if (startedByListener) {
            fate("autostart", Fate.changed("autostart = yes: the event listener that started it is gone"));
        } else {
            fate("autostart", booleanFate("autostart", autostart));
            if (!autostart.or(false)) {
                draft.set(Key.AUTOSTART, yesOrNo(autostart));
            }
        }
        String seconds = Templates.value(start.seconds(), s -> LayoutText.duration(Math.max(0, s) * 1000));
        draft.set(Key.MIN_UPTIME, seconds);
        fate("startsecs", keptOrLater("min_uptime = " + seconds, start.seconds()));
        retries(start.retries());
    }

    private void retries(Value<Long> value) {
        boolean endless = value.or(0L) > MOST_RETRIES;
        String retries = endless ? "unlimited" : Templates.value(value, r -> String.valueOf(Math.max(0, r)));
        draft.set(Key.START_RETRIES, retries);
        draft.set(Key.BACKOFF, "linear");
        // A program that was RUNNING is restarted at once, however often: supervisord counts failed starts alone.
        draft.set(Key.BACKOFF_RESET, draft.get(Key.MIN_UPTIME));
        if (value.or(0L) > DEFAULT_BACKOFF_MAX) {
            draft.set(Key.BACKOFF_MAX, LayoutText.duration(Math.min(value.or(0L), MOST_RETRIES) * 1000));
        }
        fate(
                "startretries",
                endless
                        ? Fate.changed("start_retries = unlimited, after 1, 2, 3 … seconds as before: " + value.or(0L)
                                + " tries would take thousands of years")
                        : keptOrLater(
                                "start_retries = " + retries
                                        + (retries.equals("0") ? "" : ", after 1, 2, 3 … seconds as before"),
                                value));
    }

    private static Fate booleanFate(String key, Value<Boolean> value) {
        String emitted = key + " = " + yesOrNo(value);
        return keptOrLater(emitted, value);
    }

    private void restart() {
        ProcessConfig.Start start = process.start();
        Value<AutoRestart> policy = start.autoRestart();
        List<Integer> codes = start.exitCodes().or(List.of(0));
        boolean known = start.exitCodes().known().isPresent();
        AutoRestart restart = policy.or(AutoRestart.ALWAYS);
        // With no expected code every end is unexpected.
        boolean everyEnd = restart == AutoRestart.UNEXPECTED && known && codes.isEmpty();
        String word = switch (restart) {
            case ALWAYS -> "always";
            case UNEXPECTED -> everyEnd ? "always" : "on-failure";
            case NEVER -> "no";
        };
        boolean later = policy.known().isEmpty();
        String emitted = later ? Templates.value(policy, p -> word) : word;
        draft.set(Key.RESTART, emitted);
        fate("autorestart", keptOrLater("restart = " + emitted, policy));
        exitCodes(start, later ? AutoRestart.UNEXPECTED : restart, everyEnd);
        if (restart != AutoRestart.NEVER && start.seconds().or(1L) <= 0) {
            fate(
                    "startsecs",
                    Fate.approximated(
                            "init starts a service at most once a second; supervisord restarted a program that ends at"
                                    + " once two or three times a second",
                            null));
        }
    }

    private void exitCodes(ProcessConfig.Start start, AutoRestart restart, boolean everyEnd) {
        boolean known = start.exitCodes().known().isPresent();
        List<Integer> codes = start.exitCodes().or(List.of(0));
        if (restart == AutoRestart.UNEXPECTED && known && codes.isEmpty() && !everyEnd) {
            fate(
                    "exitcodes",
                    Fate.approximated(
                            "0 is an expected code where the variable says 'unexpected'; supervisord expected none",
                            "pass the value of autorestart with --env"));
            return;
        }
        if (restart == AutoRestart.UNEXPECTED && !everyEnd && !(known && codes.equals(List.of(0)))) {
            String list = Templates.value(
                    start.exitCodes(),
                    c -> LayoutText.list(c.stream().map(String::valueOf).toList()));
            draft.set(Key.SUCCESS_EXIT_CODES, list);
        }
        fate(
                "exitcodes",
                switch (restart) {
                    case UNEXPECTED ->
                        everyEnd
                                ? Fate.changed("no code is expected, so restart = always")
                                : keptOrLater("success_exit_codes", start.exitCodes());
                    case ALWAYS, NEVER ->
                        Fate.changed("no effect, as under supervisord: autorestart is not 'unexpected'");
                });
    }

    private void stop() {
        ProcessConfig.Stop stop = process.stop();
        String signal = Templates.value(stop.signals(), signals -> Signals.name(signals.get(0)));
        if (!signal.equals("TERM")) {
            draft.set(Key.STOP_SIGNAL, signal);
        }
        fate("stopsignal", signals("stop_signal = " + signal, stop.signals()));
        boolean asked = ledger.isSet(process.section(), "stopwaitsecs");
        String wait = Templates.value(
                stop.waitSeconds(), s -> LayoutText.duration(Math.max(0, asked ? s : usualStop) * 1000));
        draft.set(Key.STOP_GRACE_PERIOD, wait);
        fate("stopwaitsecs", keptOrLater("stop_grace_period = " + wait, stop.waitSeconds()));
        if (stop.asGroup().or(true)) {
            draft.set(Key.STOP_GROUP, yesOrNo(stop.asGroup()));
        }
        boolean groupIsKilled = stop.killAsGroup().or(true);
        boolean implied = groupIsKilled && !ledger.isSet(process.section(), "killasgroup");
        fate("stopasgroup", implied ? stopsGroup(stop).and(KILLS_SOONER) : stopsGroup(stop));
        draft.set(Key.KILL_GROUP, yesOrNo(stop.killAsGroup()));
        Fate kills = booleanFate("kill_group", stop.killAsGroup());
        fate("killasgroup", groupIsKilled ? kills.and(KILLS_SOONER) : kills);
    }

    /** The supervisord written in Go waits for {@code stopwaitsecs} after each signal, and then kills. */
    private static Fate signals(String emitted, Value<List<Integer>> signals) {
        List<String> further =
                signals.or(List.of()).stream().skip(1).map(Signals::name).toList();
        if (further.isEmpty()) {
            return keptOrLater(emitted, signals);
        }
        String several =
                emitted + ": several signals are for the supervisord written in Go, the original refuses them; ";
        return further.get(0).equals("KILL")
                ? Fate.changed(several + "init sends KILL after stop_grace_period")
                : Fate.approximated(
                        several + "init sends no " + String.join(" ", further) + ", but KILL after stop_grace_period",
                        "let stop_command send the others, or name the one signal that ends the program");
    }

    private static Fate stopsGroup(ProcessConfig.Stop stop) {
        return booleanFate("stop_group", stop.asGroup());
    }

    private static String yesOrNo(Value<Boolean> value) {
        return Templates.value(value, on -> on ? "yes" : "no");
    }
}
