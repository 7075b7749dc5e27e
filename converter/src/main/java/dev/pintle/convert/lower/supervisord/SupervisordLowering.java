package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.LegalName;
import dev.pintle.convert.lower.Lowered;
import dev.pintle.convert.lower.Placeholders;
import dev.pintle.convert.lower.Placeholders.Fillers;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.GroupConfig.Kind;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.SupervisordConfig;
import dev.pintle.convert.parse.supervisord.Value;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Lowers a supervisord configuration. */
public final class SupervisordLowering {

    private final SupervisordConfig config;
    private final Surroundings surroundings;
    private final Ledger ledger;
    private final List<GroupConfig> groups;
    private final ServiceNames names;
    private final Order order;
    private final DependentStartup startup;
    private final GoDialect goDialect;
    private final List<Listener> listeners;
    private final List<Draft> services = new ArrayList<>();

    private SupervisordLowering(SupervisordConfig config, Surroundings surroundings) {
        this.config = config;
        this.surroundings = surroundings;
        this.ledger = new Ledger(config.document());
        this.groups = carried(config.groups());
        this.names = new ServiceNames(groups);
        this.order = new Order(groups, names, process -> ledger.isSet(process.section(), "stopwaitsecs"));
        Waits waits = new Waits();
        this.startup = new DependentStartup(config, groups, names, ledger, waits);
        this.goDialect = new GoDialect(config, groups, names, ledger, waits);
        this.listeners = config.groups().stream()
                .filter(group -> group.kind() == Kind.EVENT_LISTENER)
                .map(group -> Listener.of(group, surroundings.files()))
                .toList();
    }

    /**
     * What is around a configuration.
     *
     * @param files   texts of the image's files, by their paths; empty where they are not known
     * @param fillers what fills in placeholders
     */
    public record Surroundings(Function<String, Optional<String>> files, Fillers fillers) {}

    /** Makes the drafts and the report of a configuration. */
    public static Lowered lower(SupervisordConfig config, Surroundings surroundings) {
        return new SupervisordLowering(config, surroundings).lower();
    }

    private Lowered lower() {
        for (GroupConfig group : groups) {
            started(group).forEach(process -> service(group, process));
            group(group);
        }
        services.sort(Comparator.comparing(Draft::name));
        ListenerLowering listenerLowering = new ListenerLowering(ledger, groups, names, services);
        listeners.forEach(listenerLowering::lower);
        new SettingsLowering(config, ledger).lower(services);
        Draft container = new Draft("pintle.conf", "");
        new ControlLowering(config, ledger, container).lower();
        new NoEffect(config.document(), ledger).lower();
        placeholders();
        Report.StopTime stop = order.stopTime();
        container.set(Key.SHUTDOWN_GRACE_PERIOD, LayoutText.duration(stop.after() * 1000));
        Report report = new Report(ledger.close(), Notes.of(config, services, order), stop);
        if (!ordersItself() && order.needsMilestones()) {
            services.addAll(order.milestones());
            services.sort(Comparator.comparing(Draft::name));
        }
        return new Lowered(services, container, report);
    }

    /** The worst counts, whatever has been said of the key. */
    private void placeholders() {
        config.document().headers().keySet().forEach(section -> {
            List<String> found =
                    Placeholders.in(section, config.document().header(section).file());
            if (!found.isEmpty()) {
                ledger.section(section, Placeholders.fate(found, surroundings.fillers()));
            }
        });
        config.document().occurrences().forEach(occurrence -> {
            List<String> found = Placeholders.in(
                    occurrence.option().value(), occurrence.option().position().file());
            if (!found.isEmpty()) {
                ledger.replace(
                        occurrence.section(),
                        occurrence.option().key(),
                        Placeholders.fate(found, surroundings.fillers()));
            }
        });
    }

    /** The groups that become services, with the processes that supervisord itself would run. */
    private List<GroupConfig> carried(List<GroupConfig> all) {
        List<GroupConfig> carried = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (GroupConfig group : all) {
            if (group.kind() == Kind.EVENT_LISTENER) {
                continue;
            }
            if (taken.add(group.name())) {
                carried.add(runnable(group));
            } else {
                Fate dropped = Fate.changed("no effect, as under supervisord: another group is called " + group.name());
                ledger.section(group.section(), dropped);
                ledger.rest(group.section(), dropped);
            }
        }
        return carried;
    }

    /** Without processes that can never start, and with the last of those of one name. */
    private GroupConfig runnable(GroupConfig group) {
        Map<String, ProcessConfig> processes = new LinkedHashMap<>();
        for (ProcessConfig process : group.processes()) {
            if (process.argv().isEmpty()) {
                Fate fate = Fate.notCarried(
                        "its command cannot be split, so supervisord could never start it", "put the command right");
                ledger.section(process.section(), fate);
                ledger.rest(process.section(), Fate.notCarried("with its section", null));
                continue;
            }
            ProcessConfig replaced = processes.put(process.name().toString(), process);
            if (replaced != null) {
                ledger.section(
                        replaced.section(),
                        Fate.changed("a process has no effect, as under supervisord: another"
                                + " of its group has the same name"));
            }
        }
        return new GroupConfig(
                group.kind(),
                group.section(),
                group.name(),
                group.priority(),
                List.copyOf(processes.values()),
                group.listener(),
                group.socket());
    }

    private List<String> dependenciesOf(ProcessConfig process) {
        List<String> entries = new ArrayList<>(startup.dependenciesOf(process));
        entries.addAll(goDialect.dependenciesOf(process));
        return entries;
    }

    /** The processes that become services: of those that share a socket, the first stands for all. */
    private static List<ProcessConfig> started(GroupConfig group) {
        boolean shared = group.socket().isPresent() && !group.processes().isEmpty();
        return shared ? group.processes().subList(0, 1) : group.processes();
    }

    private void service(GroupConfig group, ProcessConfig process) {
        String name = names.of(process);
        String full = process.fullName(group.name());
        String origin = "[" + process.section() + "]" + (full.equals(name) ? "" : ", which was " + full);
        Draft draft = new Draft(name, origin);
        boolean named = group.kind() == Kind.GROUP || group.processes().size() > 1;
        boolean passedOn = listeners.stream().anyMatch(listener -> listener.kind() == Listener.Kind.OUTPUT);
        new ProgramLowering(process, ledger, draft, order.usualSeconds(), startup.starts(process), passedOn)
                .lower(named ? List.of(LegalName.of(group.name())) : List.of(), dependenciesOf(process), after(group));
        goDialect.lower(process, draft);
        group.socket().ifPresent(socket -> new SocketLowering(group, socket, ledger, draft).lower());
        services.add(draft);
        ledger.service(process.section(), name);
        String own = process.name().toString();
        ledger.section(
                process.section(),
                own.equals(name) || ledger.isSet(process.section(), "process_name")
                        ? Fate.kept("")
                        : Fate.changed("the process " + own + " is the service " + name));
        priority(group, process);
    }

    private void priority(GroupConfig group, ProcessConfig process) {
        if (group.kind() == Kind.GROUP) {
            ledger.key(
                    process.section(),
                    "priority",
                    Fate.changed(
                            "not needed: within a group it ordered what 'supervisorctl start' of the whole group did"));
        } else {
            ledger.key(process.section(), "priority", order(group));
        }
    }

    /** Where programs name what they wait for, the priorities may contradict that. */
    private List<String> after(GroupConfig group) {
        return ordersItself() ? List.of() : order.after(group);
    }

    private boolean ordersItself() {
        return startup.isActive() || goDialect.isActive();
    }

    private Fate order(GroupConfig group) {
        if (group.priority() instanceof Value.Deferred<Long>) {
            return Fate.approximated(
                    "taken for 999: an order cannot depend on a variable", "pass the value with --env");
        }
        if (ordersItself() && order.hasLevels()) {
            return Fate.approximated("dependencies alone decide the order, and at stop the other way round", null);
        }
        List<String> after = after(group);
        if (!order.hasLevels()) {
            return Fate.changed("not needed: all groups have the same");
        }
        return after.isEmpty()
                ? Fate.changed("the lowest: nothing to come after")
                : Fate.changed("after = " + LayoutText.list(after)
                        + (order.needsMilestones() ? ", a milestone after the services of the next lower one" : "")
                        + "; at stop the other way round");
    }

    private void noSocket(String section) {
        for (String key : List.of("socket", "socket_owner", "socket_mode", "socket_backlog")) {
            ledger.key(
                    section,
                    key,
                    Fate.changed("no effect, as under supervisord: it makes no socket for a program in a group"));
        }
    }

    private void group(GroupConfig group) {
        if (group.kind() != Kind.GROUP) {
            return;
        }
        String name = LegalName.of(group.name());
        group.processes().forEach(process -> ledger.service(group.section(), names.of(process)));
        group.processes().stream()
                .filter(process -> process.section().startsWith("fcgi-program:"))
                .forEach(process -> noSocket(process.section()));
        ledger.section(
                group.section(),
                group.processes().isEmpty()
                        ? Fate.changed("nothing is in it")
                        : Fate.kept("group = " + name + ": what was " + group.name() + ":* is @" + name));
        ledger.key(
                group.section(),
                "programs",
                Fate.changed("they start at once; supervisord started them in this order, without waiting"));
        ledger.key(group.section(), "priority", order(group));
    }
}
