package dev.pintle.web;

import dev.pintle.init.control.Message;
import dev.pintle.init.core.State;
import dev.pintle.layout.Layout;
import dev.pintle.layout.PintleVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the init says of its services, and the kernel of their processes, as metrics. Names follow Prometheus: base units, times
 * since 1970, and no sample where something is not known.
 */
final class Metrics {
    /** A value of a service. */
    private interface Reading {
        /** A number; empty where there is none. */
        String of(Message service);
    }

    /**
     * The most CPU time that was seen of a run: what the group's processes sum up to goes down when one ends that nobody of the
     * group waits for, and a counter must not.
     *
     * @param start when the run began
     * @param cpu   milliseconds
     */
    private record CpuTime(long start, long cpu) {}

    private Map<String, CpuTime> cpuTimes = new HashMap<>();

    /** A scrape as text. */
    Exposition of(Scrape scrape, boolean openMetrics) {
        Exposition text = new Exposition(openMetrics);
        ProcessTable processes = scrape.processes();
        text.family("pintle_build", Exposition.Type.INFO, "", "Version of Pintle.");
        text.add(Exposition.label("version", PintleVersion.number()), "1");
        text.family("pintle_start_time_seconds", Exposition.Type.GAUGE, "seconds", "When the init began, since 1970.");
        long start = processes.startOf(scrape.init());
        if (start > 0) {
            text.add("", Exposition.thousandths(start));
        }
        text.family("pintle_healthy", Exposition.Type.GAUGE, "", "1 where pintle health would end with code 0.");
        text.add("", scrape.healthy() ? "1" : "0");
        List<Message> services = scrape.services();
        addStates(text, services);
        addRuns(text, services);
        addProcesses(text, services, processes);
        return text;
    }

    private static void addStates(Exposition text, List<Message> services) {
        text.family(
                "pintle_service_state",
                Exposition.Type.GAUGE,
                "",
                "1 for the state that the service is in, 0 for the others.");
        for (Message service : services) {
            for (State state : State.values()) {
                text.add(
                        labels(service) + "," + Exposition.label("state", state.text()),
                        service.text("state").equals(state.text()) ? "1" : "0");
            }
        }
        text.family("pintle_service_wanted", Exposition.Type.GAUGE, "", "1 where the service is meant to run.");
        add(text, services, service -> service.flag("wanted") ? "1" : "0");
        text.family(
                "pintle_service_healthy",
                Exposition.Type.GAUGE,
                "",
                "1 where the service's health check passes, 0 where it fails or has not passed so far.");
        add(text, services, Metrics::healthy);
    }

    private static String healthy(Message service) {
        String health = service.text("health");
        return health.isEmpty() ? "" : health.equals("healthy") ? "1" : "0";
    }

    private static void addRuns(Exposition text, List<Message> services) {
        text.family("pintle_service_starts", Exposition.Type.COUNTER, "", "Runs begun.");
        add(text, services, service -> number(service, "starts"));
        text.family(
                "pintle_service_exits",
                Exposition.Type.COUNTER,
                "",
                "Runs ended, by how: with an exit code, or by a signal.");
        for (Message service : services) {
            addCount(text, service, "exits_by_code", "how", "code");
            addCount(text, service, "exits_by_signal", "how", "signal");
        }
        text.family(
                "pintle_service_last_exit_code",
                Exposition.Type.GAUGE,
                "",
                "Exit code of the last run, where it had one.");
        add(text, services, service -> number(service, "exit_code"));
        text.family(
                "pintle_service_healthcheck_runs",
                Exposition.Type.COUNTER,
                "",
                "Health checks that were run, by result.");
        for (Message service : services) {
            addCount(text, service, "checks_passed", "result", "success");
            addCount(text, service, "checks_failed", "result", "failure");
        }
        text.family(
                "pintle_service_ready_seconds",
                Exposition.Type.GAUGE,
                "seconds",
                "From the start of the run until it was ready.");
        add(text, services, service -> {
            long millis = service.number("ready_ms", -1);
            return millis < 0 ? "" : Exposition.thousandths(millis);
        });
    }

    private static void addCount(Exposition text, Message service, String count, String label, String value) {
        String number = number(service, count);
        if (!number.isEmpty()) {
            text.add(labels(service) + "," + Exposition.label(label, value), number);
        }
    }

    private void addProcesses(Exposition text, List<Message> services, ProcessTable processes) {
        text.family(
                "pintle_service_start_time_seconds",
                Exposition.Type.GAUGE,
                "seconds",
                "When the run began, since 1970.");
        add(text, services, service -> {
            ProcessTable.Group group = group(processes, service);
            return group == null || group.start == 0 ? "" : Exposition.thousandths(group.start);
        });
        text.family(
                "pintle_service_processes",
                Exposition.Type.GAUGE,
                "",
                "Processes of the run: its main process and its group.");
        add(text, services, service -> {
            ProcessTable.Group group = group(processes, service);
            return group == null ? "" : Integer.toString(group.processes);
        });
        text.family(
                "pintle_service_resident_memory_bytes",
                Exposition.Type.GAUGE,
                "bytes",
                "Resident memory of these processes.");
        add(text, services, service -> {
            ProcessTable.Group group = group(processes, service);
            return group == null || group.memory == 0 ? "" : Long.toString(group.memory);
        });
        text.family(
                "pintle_service_cpu_seconds",
                Exposition.Type.COUNTER,
                "seconds",
                "CPU time of these processes and of those of them that have ended.");
        addCpuTimes(text, services, processes);
    }

    private void addCpuTimes(Exposition text, List<Message> services, ProcessTable processes) {
        Map<String, CpuTime> next = new HashMap<>();
        for (Message service : services) {
            ProcessTable.Group group = group(processes, service);
            if (group != null) {
                String name = service.text("name");
                CpuTime before = cpuTimes.get(name);
                long least = before != null && before.start == group.start ? before.cpu : 0;
                CpuTime time = new CpuTime(group.start, Math.max(least, group.cpu));
                next.put(name, time);
                text.add(labels(service), Exposition.thousandths(time.cpu));
            }
        }
        cpuTimes = next;
    }

    private static ProcessTable.@Nullable Group group(ProcessTable processes, Message service) {
        return processes.group(service.number("pid", 0));
    }

    private static void add(Exposition text, List<Message> services, Reading reading) {
        for (Message service : services) {
            String value = reading.of(service);
            if (!value.isEmpty()) {
                text.add(labels(service), value);
            }
        }
    }

    private static String number(Message service, String name) {
        long value = service.number(name, -1);
        return value < 0 ? "" : Long.toString(value);
    }

    /** An instance has its service's name and its number; "instance" is a label that scrapers set themselves. */
    private static String labels(Message service) {
        String name = service.text("name");
        String family = service.text("family");
        String log = family.endsWith(Layout.LOG) ? Layout.LOG : "";
        int start = family.length() - log.length() + 1;
        int end = name.length() - log.length();
        return family.isEmpty() || start > end
                ? Exposition.label("service", name)
                : Exposition.label("service", family)
                        + ","
                        + Exposition.label("instance_number", name.substring(start, end));
    }
}
