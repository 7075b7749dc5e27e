package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Draft;
import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.parse.supervisord.GroupConfig;
import dev.pintle.convert.parse.supervisord.ProcessConfig;
import dev.pintle.convert.parse.supervisord.SupervisordConfig;
import dev.pintle.layout.Key;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The keys that the supervisord written in Go has beyond those of the original, which passes over them without a word.
 * Nobody writes them for the original, so they are taken for what they say.
 */
final class GoDialect {

    /** Keys that nothing comes of, and what to do. */
    private static final Map<String, String> NOT_CARRIED = Map.ofEntries(
            Map.entry("restart_when_binary_changed", "start the service anew with 'pintle restart' after an update"),
            Map.entry(
                    "restart_cmd_when_binary_changed", "start the service anew with 'pintle restart' after an update"),
            Map.entry("restart_signal_when_binary_changed", "send the signal with 'pintle signal' after an update"),
            Map.entry("restart_directory_monitor", "start the service anew with 'pintle restart' after a change"),
            Map.entry("restart_file_pattern", "start the service anew with 'pintle restart' after a change"),
            Map.entry("restart_cmd_when_file_changed", "write reload_command, and call 'pintle reload' after a change"),
            Map.entry("restart_signal_when_file_changed", "send the signal with 'pintle signal' after a change"),
            Map.entry("pre_start_hook", "write a service with type = oneshot, and depends_on"),
            Map.entry("pre_stop_hook", "write stop_command"),
            Map.entry("cron", "let a cron daemon, or the orchestrator, start it"),
            Map.entry("liveness_check_command", "write a [healthcheck]"),
            Map.entry("liveness_check_url", "write a [healthcheck] with test = pintle-check-http URL"),
            Map.entry("liveness_check_interval", "write a [healthcheck] with interval"),
            Map.entry("liveness_check_timeout", "write a [healthcheck] with timeout"));

    private static final List<String> DEPENDENCIES = List.of("depends_on", "depend");

    private final SupervisordConfig config;
    private final List<GroupConfig> groups;
    private final ServiceNames names;
    private final Ledger ledger;
    private final Waits waits;
    private final boolean active;

    GoDialect(SupervisordConfig config, List<GroupConfig> groups, ServiceNames names, Ledger ledger, Waits waits) {
        this.waits = waits;
        this.config = config;
        this.groups = groups;
        this.names = names;
        this.ledger = ledger;
        this.active = groups.stream()
                .flatMap(group -> group.processes().stream())
                .anyMatch(process ->
                        DEPENDENCIES.stream().anyMatch(key -> config.document().get(process.section(), key) != null));
    }

    /** Whether some program names others that it depends on; that decides the order, and priorities may contradict it. */
    boolean isActive() {
        return active;
    }

    /** The entries of {@code depends_on} for a process; accounts for the keys that name them. */
    List<String> dependenciesOf(ProcessConfig process) {
        List<String> entries = new ArrayList<>();
        for (String key : DEPENDENCIES) {
            String list = config.document().get(process.section(), key);
            List<String> found = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            for (String program : list == null ? new String[0] : list.split("[,\\s]+", -1)) {
                List<String> services = services(program, process);
                for (String service : services) {
                    if (waits.add(names.of(process), service)) {
                        found.add(service);
                    } else {
                        ledger.key(process.section(), key, Waits.circle(service));
                    }
                }
                if (services.isEmpty() && !program.isEmpty()) {
                    unknown.add(program);
                }
            }
            if (!found.isEmpty() || !unknown.isEmpty()) {
                ledger.key(process.section(), key, fate(found, unknown));
            }
            entries.addAll(found);
        }
        return entries.stream().distinct().toList();
    }

    private static Fate fate(List<String> found, List<String> unknown) {
        Fate kept = Fate.changed("depends_on = " + LayoutText.list(found)
                + ": the supervisord written in Go does so, the original passes over the key");
        Fate gone = Fate.notCarried("there is no program " + LayoutText.list(unknown), null);
        return unknown.isEmpty() ? kept : found.isEmpty() ? gone : kept.and(gone);
    }

    /** The services that a program has become, without the one that asks. */
    private List<String> services(String program, ProcessConfig asking) {
        List<String> found = new ArrayList<>();
        for (GroupConfig group : groups) {
            for (ProcessConfig process : group.processes()) {
                if (process.program().equals(program) && !process.program().equals(asking.program())) {
                    found.add(names.of(process));
                }
            }
        }
        return found.stream().distinct().toList();
    }

    /** Sets what the other keys say. */
    void lower(ProcessConfig process, Draft draft) {
        String section = process.section();
        environmentFiles(section, draft);
        String pause = config.document().get(section, "restartpause");
        if (pause != null
                && pause.length() < 7
                && pause.chars().allMatch(c -> c >= '0' && c <= '9')
                && !pause.isEmpty()) {
            draft.set(Key.RESTART_DELAY, pause + "s");
            ledger.key(section, "restartpause", Fate.changed("restart_delay = " + pause + "s"));
        }
        NOT_CARRIED.forEach((key, hint) -> {
            if (config.document().get(section, key) != null) {
                ledger.key(section, key, Fate.notCarried("init does not do this for the program", hint));
            }
        });
    }

    private void environmentFiles(String section, Draft draft) {
        String list = config.document().get(section, "envfiles");
        if (list == null) {
            return;
        }
        List<String> files = List.of(list.split("\\s*,\\s*", -1));
        boolean carried = files.stream()
                .allMatch(file -> file.startsWith("/") && LayoutText.isPlain(file) && file.indexOf(' ') < 0);
        if (carried) {
            List<String> optional =
                    files.stream().map(file -> "-" + LayoutText.escape(file)).toList();
            draft.set(Key.ENVIRONMENT_FILE, LayoutText.list(optional));
            ledger.key(section, "envfiles", Fate.changed("environment_file = " + LayoutText.list(optional)));
        } else {
            ledger.key(
                    section,
                    "envfiles",
                    Fate.notCarried("a path in it is not absolute", "write environment_file with absolute paths"));
        }
    }
}
