package dev.pintle.init.sim;

import dev.pintle.init.core.Event;
import dev.pintle.init.core.Role;
import dev.pintle.init.core.State;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Dependency;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
            ledger.startedAt = now;
            ledger.cameReady = false;
            ledger.testPassed = false;
            ledger.startFailed = false;
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
        Ledger ledger = of(part.service());
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
            e.services().forEach(name -> {
                Ledger ledger = of(name);
                wantWithNeeds(ledger);
                ledger.askedAt = now;
                ledger.again = onItsWayDown(ledger);
            });
        } else if (event instanceof Event.RestartRequested e) {
            e.services().forEach(name -> {
                Ledger ledger = of(name);
                wantWithNeeds(ledger);
                ledger.again = ledger.state.running() || onItsWayDown(ledger) || ledger.state == State.DONE;
                ledger.askedAt = now;
            });
        } else if (event instanceof Event.StopRequested e) {
            e.services().forEach(name -> unwantWithDependents(of(name)));
        } else if (event instanceof Event.ShutdownRequested) {
            noteShutdown();
        }
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
            ledger.again |= !ledger.wanted && onItsWayDown(ledger);
            ledger.wanted = true;
            for (Dependency dependency : ledger.definition.dependsOn()) {
                open.add(of(dependency.service()));
            }
        }
    }

    private void unwantWithDependents(Ledger first) {
        ArrayDeque<Ledger> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            Ledger ledger = open.remove();
            ledger.wanted = false;
            ledger.again = false;
            for (Ledger other : byName.values()) {
                for (Dependency dependency : other.definition.dependsOn()) {
                    if (dependency.service().equals(ledger.name())) {
                        open.add(other);
                    }
                }
            }
        }
    }
}
