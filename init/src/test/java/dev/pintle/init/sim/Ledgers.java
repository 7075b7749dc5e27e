package dev.pintle.init.sim;

import dev.pintle.init.core.Event;
import dev.pintle.init.core.Role;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.Layout;
import dev.pintle.layout.Output;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ledgers of a world: written by what passes between supervisor and kernel, and by what users ask. */
final class Ledgers {
    private final Map<String, Ledger> byName = new LinkedHashMap<>();
    private final Map<SimProcess, World.Part> parts = new HashMap<>();
    private final Map<SimProcess, Integer> runOfTest = new HashMap<>();

    Ledgers(World world) {
        for (ServiceDefinition service : world.layout().services()) {
            Ledger ledger = new Ledger(service);
            ledger.wanted = service.autostart();
            byName.put(service.name(), ledger);
        }
        for (Ledger ledger : List.copyOf(byName.values())) {
            if (ledger.wanted) {
                wantWithNeeds(ledger);
            }
        }
    }

    Collection<Ledger> all() {
        return byName.values();
    }

    /** The descriptors that may be held so that no log service's restart, nor its service's, loses a line. */
    int ofLogPipes() {
        Set<String> writers = new HashSet<>();
        for (Ledger ledger : all()) {
            if (ledger.name().endsWith(Layout.LOG)) {
                writers.add(Layout.writerOf(ledger.name()));
            } else if (ledger.definition.process().streams().output() == Output.Fixed.LOG_SERVICE) {
                // One that is on its way out may write when its log service is gone.
                writers.add(ledger.name());
            }
        }
        return 2 * writers.size();
    }

    /** That of a service; null where there is none any more. */
    @Nullable
    Ledger find(String service) {
        return byName.get(service);
    }

    Ledger of(String service) {
        Ledger ledger = byName.get(service);
        if (ledger == null) {
            throw new IllegalArgumentException("no service " + service);
        }
        return ledger;
    }

    /** Notes a start that was asked of the kernel. */
    void noteSpawn(ChildSpec child, @Nullable SimProcess process, long now) {
        World.Part part = World.part(child.arguments.get(0));
        Ledger ledger = of(part.service());
        if (process != null) {
            parts.put(process, part);
        }
        if (part.role() == Role.RUN) {
            ledger.run = process;
            ledger.runs++;
            ledger.refusals = process == null ? ledger.refusals : 0;
            ledger.startedAt = now;
            ledger.readyTimeout = ledger.definition.readiness().timeout();
            ledger.cameReady = false;
            ledger.testPassed = false;
            ledger.startFailed = false;
            ledger.sickAt = -1;
            ledger.lateAt = -1;
            ledger.cut &= process == null;
            ledger.mayBeCut &= process == null;
            ledger.killAsked = false;
        } else if (process != null) {
            ledger.helpers.removeIf(helper -> helper.released);
            ledger.helpers.add(process);
            runOfTest.put(process, ledger.runs);
        }
    }

    /** Notes the end of a child. */
    void noteEnd(SimProcess process) {
        World.Part part = parts.remove(process);
        ExitStatus status = process.status;
        if (part == null || status == null) {
            return;
        }
        Ledger ledger = byName.get(part.service());
        if (ledger == null) {
            // Its service has left: this was a test or a reload command that nobody waited for.
            return;
        }
        switch (part.role()) {
            case RUN -> ledger.lastExit = status;
            case FINISH -> ledger.lastFinish = status;
            case HEALTHCHECK -> {
                Integer run = runOfTest.get(process);
                ledger.testPassed |= run != null && run == ledger.runs && status.equals(ExitStatus.ofCode(0));
            }
            case STOP, DOWN, RELOAD -> {}
        }
    }

    /** Notes what a user asks for. */
    void noteRequest(Event event, long now) {
        if (event instanceof Event.StartRequested e) {
            known(e.services()).forEach(ledger -> {
                wantWithNeeds(ledger);
                ledger.askedAt = now;
                ledger.again |= onItsWayDown(ledger);
            });
        } else if (event instanceof Event.OnceRequested e) {
            noteOnce(known(e.services()), now);
        } else if (event instanceof Event.RestartRequested e) {
            known(e.services()).forEach(ledger -> {
                wantWithNeeds(ledger);
                ledger.again = ledger.state.running() || onItsWayDown(ledger) || ledger.state == State.DONE;
                ledger.askedAt = now;
                ledger.anewAt = now;
            });
        } else if (event instanceof Event.StopRequested e) {
            e.services().forEach(name -> {
                Ledger ledger = byName.get(name);
                if (ledger != null) {
                    unwantWithDependents(ledger);
                }
            });
        } else if (event instanceof Event.SignalRequested e && e.signal() == Signal.KILL) {
            for (String name : e.services()) {
                Ledger ledger = byName.get(name);
                if (ledger != null) {
                    ledger.killAsked = true;
                }
            }
        } else if (event instanceof Event.LayoutRead e) {
            noteLayout(e.layout(), now);
        } else if (event instanceof Event.ShutdownRequested) {
            noteShutdown();
        }
    }

    private void noteOnce(List<Ledger> named, long now) {
        for (Ledger ledger : named) {
            wantWithNeeds(ledger);
            ledger.askedAt = now;
            ledger.again |= onItsWayDown(ledger);
        }
        for (Ledger ledger : named) {
            ledger.wanted = false;
            ledger.once = true;
            ledger.onceToCome = !ledger.state.running() || ledger.again;
        }
    }

    /** Those of these names that may be started: what the layout has no more may not. */
    private List<Ledger> known(List<String> names) {
        return names.stream()
                .map(byName::get)
                .filter(ledger -> ledger != null && !ledger.leaving)
                .toList();
    }

    private void noteLayout(Layout layout, long now) {
        List<Ledger> starting = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ServiceDefinition definition : layout.services()) {
            names.add(definition.name());
            Ledger ledger = byName.get(definition.name());
            if (ledger == null) {
                ledger = new Ledger(definition);
                byName.put(definition.name(), ledger);
                ledger.runsBefore = 0;
                ledger.fresh = true;
            }
        }
        for (ServiceDefinition definition : layout.services()) {
            Ledger ledger = of(definition.name());
            ServiceDefinition before = ledger.latest;
            boolean comesBack = ledger.fresh || ledger.leaving || !before.autostart();
            ledger.latest = definition;
            ledger.leaving = false;
            ledger.fresh = false;
            boolean anew = otherProcess(before, definition) && ledger.wanted;
            boolean runsOn = before.type() == ServiceDefinition.Type.ONESHOT
                    && definition.type() == ServiceDefinition.Type.SERVICE;
            boolean idle = ledger.state == State.DOWN || (ledger.state == State.DONE && !runsOn);
            if (comesBack && definition.autostart() && !ledger.wanted) {
                starting.add(ledger);
            } else if (anew && !idle) {
                ledger.again = ledger.state.running() || onItsWayDown(ledger);
                ledger.askedAt = now;
                ledger.anewAt = now;
                starting.add(ledger);
            }
        }
        for (Ledger ledger : byName.values()) {
            if (!names.contains(ledger.name())) {
                ledger.leaving = true;
                ledger.wanted = false;
                ledger.again = false;
            }
        }
        addBlocked(starting);
        starting.forEach(this::wantWithNeeds);
    }

    /** What was given up only for the want of what is started now is started too. */
    private void addBlocked(List<Ledger> starting) {
        List<Ledger> reached = new ArrayList<>(starting);
        for (int i = 0; i < reached.size(); i++) {
            String needed = reached.get(i).name();
            for (Ledger other : byName.values()) {
                boolean depends = other.latest.dependsOn().stream()
                        .anyMatch(edge -> edge.service().equals(needed));
                if (depends && !reached.contains(other)) {
                    reached.add(other);
                    if (other.blocked && other.state == State.FAILED && other.wanted) {
                        starting.add(other);
                    }
                }
            }
        }
    }

    private static boolean otherProcess(ServiceDefinition before, ServiceDefinition after) {
        return before.type() != after.type()
                || !before.command().equals(after.command())
                || !before.process().equals(after.process())
                || before.readiness().kind() != after.readiness().kind()
                || !before.readiness().detail().equals(after.readiness().detail());
    }

    /** What each service is now. */
    void follow(Collection<Service> services) {
        for (Service service : services) {
            of(service.name()).definition = service.definition();
        }
    }

    /** Whatever the layout has no more and the supervisor neither is gone. */
    void forgetAllBut(Collection<Service> services) {
        Set<String> names = new HashSet<>();
        services.forEach(service -> names.add(service.name()));
        byName.values().removeIf(ledger -> ledger.leaving && !names.contains(ledger.name()));
    }

    /** Whether it is a log service that has to read first what a process of what its service was still writes. */
    boolean waitsForItsWriter(Ledger ledger) {
        if (!ledger.name().endsWith(Layout.LOG)) {
            return false;
        }
        Ledger writer = byName.get(Layout.writerOf(ledger.name()));
        return writer != null && otherProcess(writer.definition, writer.latest);
    }

    private static boolean onItsWayDown(Ledger ledger) {
        return ledger.state == State.STOPPING || ledger.state == State.FINISHING;
    }

    /** From here on nothing is wanted. */
    void noteShutdown() {
        for (Ledger ledger : byName.values()) {
            ledger.wanted = false;
            ledger.again = false;
        }
    }

    private void wantWithNeeds(Ledger first) {
        ArrayDeque<Ledger> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            Ledger ledger = open.remove();
            boolean outdated = ledger.state.running() && otherProcess(ledger.definition, ledger.latest);
            ledger.again |= !ledger.wanted && (onItsWayDown(ledger) || outdated);
            ledger.wanted = true;
            ledger.once = false;
            for (Dependency dependency : ledger.latest.dependsOn()) {
                open.add(of(dependency.service()));
            }
        }
    }

    private void unwantWithDependents(Ledger first) {
        ArrayDeque<Ledger> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            Ledger ledger = open.remove();
            ledger.wanted = false;
            ledger.once = false;
            ledger.again = false;
            for (Ledger other : byName.values()) {
                for (Dependency dependency : other.definition.dependsOn()) {
                    // A CMD is stopped by its own name alone.
                    if (dependency.service().equals(ledger.name())
                            && !other.name().equals("main")) {
                        open.add(other);
                    }
                }
            }
        }
    }
}
