package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.AutoRestart;
import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.Text;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Makes of the well-known event listeners what they were for; of any other, says why it is gone. */
final class ListenerLowering {

    private static final String NO_EVENTS = "init sends no supervisord events";

    private final Ledger ledger;
    private final List<GroupConfig> groups;
    private final ServiceNames names;
    private final List<Draft> services;

    ListenerLowering(Ledger ledger, List<GroupConfig> groups, ServiceNames names, List<Draft> services) {
        this.ledger = ledger;
        this.groups = groups;
        this.names = names;
        this.services = services;
    }

    void lower(Listener listener) {
        Fate fate = switch (listener.kind()) {
            case DEPENDENT_STARTUP -> Fate.changed("not needed: what it started are services with depends_on");
            case OUTPUT -> Fate.changed("not needed: what it passed on goes to the container's output by itself");
            case STOP_CONTAINER -> stopContainer(listener);
            case HTTP_CHECK -> httpCheck(listener);
            case MEMORY -> memory(listener);
            case MESSAGE ->
                Fate.notCarried(
                        "init sends no mail",
                        "write a script finish beside service.conf: it is run after every end, with the exit code and the"
                                + " signal, and can send it");
            case TICK ->
                Fate.notCarried(
                        NO_EVENTS + "; this one acted every " + listener.interval() + " s",
                        "write a [healthcheck] with interval = " + listener.interval()
                                + "s, or a service that sleeps in" + " between");
            case OTHER -> Fate.notCarried(NO_EVENTS, instead(listener));
        };
        ledger.section(listener.group().section(), fate);
        ledger.rest(listener.group().section(), new Fate(fate.kind(), "with its section", null));
    }

    /** Which programs count was decided in the listener's code, so all that stay up do. */
    private Fate stopContainer(Listener listener) {
        boolean ended = listener.hears("PROCESS_STATE_EXITED");
        List<ProcessConfig> all = new ArrayList<>();
        each((process, draft) -> all.add(process));
        // Where all programs are made like that, they are no jobs: their end is what the listener waits for.
        boolean jobs = !all.stream().allMatch(ListenerLowering::runsOnce);
        List<String> told = new ArrayList<>();
        List<String> left = new ArrayList<>();
        each((process, draft) -> {
            if (listener.hears("PROCESS_STATE_FATAL")) {
                draft.set(Key.ON_FAILED, "stop_container");
            }
            boolean job = jobs && runsOnce(process);
            boolean never = process.start().autoRestart().or(AutoRestart.ALWAYS) == AutoRestart.NEVER;
            if (never && !ended && listener.hears("PROCESS_STATE_FATAL")) {
                // EXITED is not FATAL, whatever the code.
                draft.set(Key.ON_EXIT, "ignore");
            }
            if (ended && job) {
                left.add(draft.name());
            } else if (ended) {
                draft.set(Key.RESTART, "no");
                draft.set(Key.ON_EXIT, "stop_container");
                told.add(draft.name());
            }
        });
        String failed = listener.hears("PROCESS_STATE_FATAL") ? "on_failed = stop_container in every service" : "";
        String guess = listener.guessed() ? "by its name, since its code is not here: " : "";
        String once = left.isEmpty()
                ? ""
                : "; the end of " + LayoutText.list(left)
                        + ", which is not restarted and needs no startsecs, stops nothing";
        if (told.isEmpty()) {
            return Fate.approximated(
                    guess + failed + ", and the container's exit code is the service's" + once
                            + "; the listener may have made exceptions",
                    "remove it from services that the container can do without");
        }
        return Fate.approximated(
                guess + (failed.isEmpty() ? "" : failed + "; ") + "restart = no and on_exit = stop_container in "
                        + LayoutText.list(told) + ": the first end of one stops the container" + once
                        + "; the listener may have made exceptions",
                "remove both from services whose end does not matter");
    }

    /** What is started once and may end at once: a job as well as a program that nobody wants restarted. */
    private static boolean runsOnce(ProcessConfig process) {
        return process.start().autoRestart().or(AutoRestart.ALWAYS) == AutoRestart.NEVER
                && process.start().seconds().or(1L) <= 0;
    }

    /** Of {@code httpok -p PROGRAM -t SECONDS URL}. */
    private Fate httpCheck(Listener listener) {
        List<String> programs = listener.option("-p");
        Text url = listener.words().get(listener.words().size() - 1);
        if (programs.isEmpty() || !url.toString().contains("://")) {
            return Fate.notCarried(
                    "it restarts all programs when a page does not answer",
                    "write [healthcheck] test ="
                            + " pintle-check-http URL, and on_unhealthy = restart, in the service that the page belongs to");
        }
        List<String> timeouts = listener.option("-t");
        String seconds = timeouts.isEmpty() || !isNumber(timeouts.get(0)) ? "10" : timeouts.get(0);
        List<String> told = new ArrayList<>();
        each((process, draft) -> {
            if (programs.contains(process.name().toString()) || programs.contains(process.program())) {
                draft.set(
                        Key.TEST,
                        Templates.words(List.of(
                                Text.of("pintle-check-http"), Text.of("--timeout"), Text.of(seconds + "s"), url)));
                draft.set(Key.INTERVAL, listener.interval() + "s");
                draft.set(Key.TIMEOUT, seconds + "s");
                draft.set(Key.RETRIES, "1");
                draft.set(Key.ON_UNHEALTHY, "restart");
                told.add(draft.name());
            }
        });
        return told.isEmpty()
                ? Fate.notCarried("there is no program " + LayoutText.list(programs), null)
                : Fate.approximated(
                        "[healthcheck] of " + LayoutText.list(told)
                                + ", on_unhealthy = restart; a body that it looked for, and mail, are not carried",
                        null);
    }

    /** Of {@code memmon -p PROGRAM=SIZE -a SIZE}: a program that wants more than a limit is refused it, not restarted. */
    private static Fate memory(Listener listener) {
        List<String> limits = new ArrayList<>();
        for (String pair : listener.option("-p")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                limits.add("data = " + size(pair.substring(equals + 1)) + " in " + pair.substring(0, equals));
            }
        }
        listener.option("-a").forEach(size -> limits.add("data = " + size(size) + " in every service"));
        return Fate.notCarried(
                "init does not watch how large a program grows",
                "limit the container's memory, or write under [ulimits] "
                        + (limits.isEmpty() ? "data = SIZE" : String.join(", ", limits))
                        + ": a program that wants more is refused it, and restarted if it ends of it");
    }

    /** memmon's sizes are supervisord's: 200MB is 200m. */
    private static String size(String text) {
        return text.toLowerCase(Locale.ROOT).replaceFirst("b$", "");
    }

    /** What to write instead, by the events that it listened to. */
    private static String instead(Listener listener) {
        if (listener.listensTo("PROCESS_LOG")) {
            return "a log service, a directory log with run in the service's own, reads what the service prints";
        }
        if (listener.listensTo("PROCESS_COMMUNICATION")) {
            return "let the programs write to a file or a socket that a service reads";
        }
        return "'pintle events' prints each change of state as it comes, for a service such as"
                + " sh -c 'pintle events | while read ...'";
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private void each(BiConsumer<ProcessConfig, Draft> action) {
        for (GroupConfig group : groups) {
            for (ProcessConfig process : group.processes()) {
                services.stream()
                        .filter(draft -> draft.name().equals(names.of(process)))
                        .forEach(draft -> action.accept(process, draft));
            }
        }
    }
}
