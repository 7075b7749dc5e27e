package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.GroupConfig.Kind;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.SupervisordConfig;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Makes dependencies of what the event listener supervisord-dependent-startup reads. Programs with
 * {@code dependent_startup = true} have {@code autostart = false}, and the listener starts each of them once those that
 * {@code dependent_startup_wait_for} names are in the states that it names: {@code rsyslogd:running start:exited}.
 */
final class DependentStartup {

    private static final String FLAG = "dependent_startup";
    private static final String WAIT_FOR = "dependent_startup_wait_for";

    private final SupervisordConfig config;
    private final List<GroupConfig> groups;
    private final ServiceNames names;
    private final Ledger ledger;
    private final Waits waits;
    private final boolean active;

    /** What a program waits for, and what is said of it. */
    private record Condition(Optional<String> entry, Fate fate) {}

    DependentStartup(
            SupervisordConfig config, List<GroupConfig> groups, ServiceNames names, Ledger ledger, Waits waits) {
        this.waits = waits;
        this.config = config;
        this.groups = groups;
        this.names = names;
        this.ledger = ledger;
        this.active = config.groups().stream()
                .filter(group -> group.kind() == Kind.EVENT_LISTENER)
                .flatMap(group -> group.processes().stream())
                .anyMatch(process -> isListener(process.command().toString()));
    }

    /** Whether a command is the listener's. */
    static boolean isListener(String command) {
        return command.toLowerCase(Locale.ROOT).replace('-', '_').contains("supervisord_dependent_startup");
    }

    /** Whether the listener is there; without it the keys mean nothing. */
    boolean isActive() {
        return active;
    }

    /** Whether the listener starts a program, so that the container does. */
    boolean starts(ProcessConfig process) {
        String flag = config.document().get(process.section(), FLAG);
        return active && flag != null && Set.of("true", "yes", "on", "1").contains(flag.toLowerCase(Locale.ROOT));
    }

    /** The entries of {@code depends_on}; accounts for the listener's keys. */
    List<String> dependenciesOf(ProcessConfig process) {
        if (!active) {
            return List.of();
        }
        String section = process.section();
        ledger.key(
                section,
                FLAG,
                starts(process)
                        ? Fate.changed("it starts with the container, as soon as what it waits for allows")
                        : Fate.kept("off"));
        ledger.key(
                section,
                "dependent_startup_inherit_priority",
                Fate.changed("not needed: dependencies order the start"));
        String list = config.document().get(section, WAIT_FOR);
        Set<String> entries = new LinkedHashSet<>();
        for (String item : starts(process) && list != null ? list.split("\\s+", -1) : new String[0]) {
            for (Condition condition : item.isEmpty() ? List.<Condition>of() : conditions(process, item)) {
                condition.entry().ifPresent(entries::add);
                ledger.key(section, WAIT_FOR, condition.fate());
            }
        }
        return List.copyOf(entries);
    }

    /** One for each process of the program that an item names. */
    private List<Condition> conditions(ProcessConfig process, String item) {
        int colon = item.indexOf(':');
        String program = colon < 0 ? item : item.substring(0, colon);
        List<String> states = List.of((colon < 0 ? "running" : item.substring(colon + 1)).split(",", -1));
        List<Condition> conditions = new ArrayList<>();
        for (GroupConfig group : groups) {
            for (ProcessConfig other : group.processes()) {
                if (!names.of(other).equals(names.of(process))
                        && other.program().equals(program)) {
                    conditions.add(condition(names.of(process), names.of(other), states));
                }
            }
        }
        if (conditions.isEmpty()) {
            conditions.add(new Condition(
                    Optional.empty(),
                    Fate.notCarried(
                            "there is no other program " + program,
                            "under supervisord the program was never started")));
        }
        return conditions;
    }

    private Condition condition(String waiting, String service, List<String> states) {
        boolean up = states.contains("running") || states.contains("starting");
        if (!up && !states.contains("exited")) {
            return new Condition(
                    Optional.empty(),
                    Fate.notCarried(
                            "there is no condition for " + service + " in " + LayoutText.list(states),
                            "see depends_on for those that there are"));
        }
        if (!waits.add(waiting, service)) {
            return new Condition(Optional.empty(), Waits.circle(service));
        }
        return up
                ? carried(service, "as soon as that is up, not after its startsecs")
                : carried(service + ":finished", "once that has ended, or has failed for good");
    }

    private static Condition carried(String entry, String when) {
        return new Condition(Optional.of(entry), Fate.approximated("depends_on = " + entry + ": " + when, null));
    }
}
