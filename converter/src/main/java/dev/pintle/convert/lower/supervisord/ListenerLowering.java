package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.GroupConfig.Listener;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import java.util.List;
import java.util.Locale;

/** Accounts for event listeners: none is carried over, and the well-known kinds are told what to write instead. */
final class ListenerLowering {

    private final Ledger ledger;

    ListenerLowering(Ledger ledger) {
        this.ledger = ledger;
    }

    void lower(GroupConfig group) {
        String command = group.processes().stream()
                .map(ProcessConfig::command)
                .map(Object::toString)
                .findFirst()
                .orElse("")
                .toLowerCase(Locale.ROOT);
        List<String> events = group.listener().map(Listener::events).orElse(List.of());
        Fate fate = fate(command, events);
        ledger.section(group.section(), fate);
        ledger.rest(group.section(), new Fate(fate.kind(), "with its section", null));
    }

    private static Fate fate(String command, List<String> events) {
        String text = "init sends no supervisord events";
        if (DependentStartup.isListener(command)) {
            return Fate.changed("not needed: what it started are services with depends_on");
        }
        if (command.contains("supervisor_stdout") || command.contains("supervisor-stdout")) {
            return Fate.notCarried(
                    text + "; this listener passed output on to the container, which is the default now",
                    "remove [stdout] and [stderr] sections that send the output elsewhere");
        }
        boolean ends = events.stream()
                .anyMatch(e -> e.equals("PROCESS_STATE")
                        || e.endsWith("_FATAL")
                        || e.endsWith("_EXITED")
                        || e.endsWith("_STOPPED"));
        if (ends) {
            return Fate.notCarried(
                    text + "; such listeners mostly stop the container when a program has failed or ended",
                    "write on_failed = stop_container, and on_exit = stop_container where the end of the program shall"
                            + " count, in the services that the container cannot do without");
        }
        if (events.stream().anyMatch(e -> e.startsWith("TICK"))) {
            return Fate.notCarried(
                    text + "; this one acts at regular intervals",
                    "write a [healthcheck], or a service that sleeps in between");
        }
        return Fate.notCarried(text, "find out what the listener is for, and write a service that needs no events");
    }
}
