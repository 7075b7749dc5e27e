package dev.pintle.init.control;

import dev.pintle.init.core.Counts;
import dev.pintle.init.core.Failure;
import dev.pintle.init.core.HealthState;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.core.TestResult;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of services to clients. Durations are milliseconds. */
final class StatusReport {
    private final Supervisor supervisor;
    private final long now;
    /** Whether what services wait for is said too. */
    boolean edges;
    /** Whether what others print is said too: of a thousand services it would be too much. */
    boolean details;

    StatusReport(Supervisor supervisor, long now) {
        this.supervisor = supervisor;
        this.now = now;
    }

    /** An object for a service. */
    Map<String, @Nullable Object> of(Service service) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("name", service.name());
        entry.put("state", service.state().text());
        entry.put("wanted", service.wanted());
        if (service.since() != Service.NEVER) {
            entry.put("for_ms", now - service.since());
        }
        if (service.pid() != 0) {
            entry.put("pid", service.pid());
        }
        if (service.helperPid() != 0) {
            entry.put("helper_pid", service.helperPid());
        }
        if (!service.definition().autostart()) {
            entry.put("manual", true);
        }
        if (service.healthState() != HealthState.NONE) {
            entry.put("health", service.healthState().text());
        }
        entry.put("starts", service.starts());
        addTimes(entry, service);
        addCounts(entry, service);
        if (service.failures() > 0) {
            entry.put("failed_starts", service.failures());
        }
        addRestarts(entry, service);
        if (service.state() == State.BACKOFF) {
            entry.put("next_start_ms", Math.max(0, service.deadline() - now));
        }
        addExit(service.lastExit(), entry::put);
        String reason = supervisor.explain(service);
        if (!reason.isEmpty()) {
            entry.put("reason", reason);
        }
        if (!service.lastFailures().isEmpty()) {
            entry.put("last_failures", failures(service));
        }
        TestResult test = service.lastTest();
        if (details && test != null) {
            entry.put("last_check", describe(test));
        }
        if (edges) {
            addEdges(entry, service.definition());
        }
        return entry;
    }

    private void addTimes(Map<String, @Nullable Object> entry, Service service) {
        if (service.starts() > 0) {
            entry.put("started_ago_ms", now - service.startedAt());
        }
        Counts counts = service.counts();
        if (counts.exitsByCode() + counts.exitsBySignal() > 0) {
            entry.put("ended_ago_ms", now - service.lastEndAt());
        }
    }

    private static void addCounts(Map<String, @Nullable Object> entry, Service service) {
        ServiceDefinition definition = service.definition();
        if (!definition.family().equals(service.name())) {
            entry.put("family", definition.family());
        }
        if (!definition.groups().isEmpty()) {
            entry.put("groups", new ArrayList<@Nullable Object>(definition.groups()));
        }
        Counts counts = service.counts();
        entry.put("exits_by_code", counts.exitsByCode());
        entry.put("exits_by_signal", counts.exitsBySignal());
        if (definition.healthcheck() != null) {
            entry.put("checks_passed", counts.checksPassed());
            entry.put("checks_failed", counts.checksFailed());
        }
        if (counts.readyAfter() >= 0) {
            entry.put("ready_ms", counts.readyAfter());
        }
    }

    private void addRestarts(Map<String, @Nullable Object> entry, Service service) {
        int lately = service.restartsLately(now);
        if (lately > 0) {
            entry.put("restarts_last_minute", lately);
        }
        if (service.keepsEnding(now)) {
            entry.put("keeps_ending", true);
        }
        if (service.restsBetweenRuns()) {
            entry.put("rests", true);
        }
        if (!service.trouble().isEmpty()) {
            entry.put("troubled", true);
        }
        String lastEnd = service.lastEnd();
        if (lastEnd != null) {
            entry.put("last_end", lastEnd);
            entry.put("last_end_ago_ms", now - service.lastEndAt());
        }
    }

    private Map<String, @Nullable Object> describe(TestResult test) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("ago_ms", now - test.at());
        entry.put("how", test.how());
        addExit(test.end(), entry::put);
        entry.put("output", test.output());
        return entry;
    }

    private List<@Nullable Object> failures(Service service) {
        List<@Nullable Object> list = new ArrayList<>();
        for (Failure failure : service.lastFailures()) {
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("ago_ms", now - failure.at());
            entry.put("lasted_ms", failure.lasted());
            entry.put("how", failure.how());
            list.add(entry);
        }
        return list;
    }

    private static void addEdges(Map<String, @Nullable Object> entry, ServiceDefinition definition) {
        List<@Nullable Object> needs = new ArrayList<>();
        for (Dependency dependency : definition.dependsOn()) {
            needs.add(dependency.service() + ":" + dependency.condition().text());
        }
        entry.put("depends_on", needs);
        entry.put("after", new ArrayList<@Nullable Object>(definition.after()));
    }

    /** Takes a value under its name. */
    interface Taker {
        void take(String name, @Nullable Object value);
    }

    /** How a run ended. */
    static void addExit(@Nullable ExitStatus exit, Taker entry) {
        if (exit == null) {
            return;
        }
        if (exit.signalled()) {
            entry.take("exit_signal", Signal.name(exit.signal()));
        } else {
            entry.take("exit_code", (long) exit.code());
        }
    }

    /** Why the container is not healthy, a line for each service; empty where it is. */
    List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        for (Service service : supervisor.services()) {
            String trouble = trouble(service);
            if (trouble != null) {
                troubles.add(service.name() + " " + trouble);
            }
        }
        return troubles;
    }

    /** Why it keeps the container from being healthy; null where it does not. */
    @Nullable
    String trouble(Service service) {
        if (!service.wanted()) {
            return null;
        }
        return switch (service.state()) {
            case READY -> troubleThoughReady(service);
            case DONE -> null;
            case BACKOFF -> service.restsBetweenRuns() ? null : service.state().phrase() + ": " + restarts(service);
            case UP -> "is " + upTo(service) + (service.keepsEnding(now) ? "; " + restarts(service) : "");
            case FAILED -> service.state().phrase() + ": " + supervisor.explain(service);
            case DOWN, WAITING, STARTING, STOPPING, FINISHING -> {
                String reason = supervisor.explain(service);
                boolean waits = service.state() == State.WAITING && !reason.isEmpty();
                yield waits ? reason : service.state().phrase() + (reason.isEmpty() ? "" : ": " + reason);
            }
        };
    }

    private @Nullable String troubleThoughReady(Service service) {
        if (service.healthState() == HealthState.UNHEALTHY) {
            return "is unhealthy: " + supervisor.explain(service);
        }
        if (service.keepsEnding(now)) {
            return "keeps ending: " + restarts(service);
        }
        if (service.healthState() == HealthState.STARTING) {
            String failure = supervisor.explain(service);
            return "is starting: " + (failure.isEmpty() ? HealthState.UNPROVED : failure);
        }
        if (!service.trouble().isEmpty()) {
            return service.trouble();
        }
        String lost = supervisor.lostNeed(service);
        return lost.isEmpty() ? null : "runs, but " + lost;
    }

    private String upTo(Service service) {
        String waits = supervisor.waitsFor(service);
        return waits.isEmpty() ? "still running" : waits;
    }

    /** How often it was restarted lately, and why. */
    private String restarts(Service service) {
        int lately = service.restartsLately(now);
        boolean often = lately > 1;
        int count = often ? lately : service.restartsInAWhile(now);
        String reason = service.reason();
        String last = service.lastEnd();
        return (count > 1 ? count + " restarts in the last " + (often ? "minute" : "5 minutes") + ", last: " : "")
                + (reason != null ? reason : last != null ? last : "");
    }
}
