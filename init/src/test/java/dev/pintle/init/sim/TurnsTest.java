package dev.pintle.init.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.boot.KernelLayoutSource;
import dev.pintle.init.core.Event;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.launch.Launcher;
import dev.pintle.init.loop.Console;
import dev.pintle.init.loop.Loop;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ContainerSettings.Messages;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.parse.LayoutParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one turn of the loop does at most, however much there is to do: others are to be answered between the turns. */
final class TurnsTest {
    private static final int SERVICES = 60;
    private static final int MOST_MADE = 16;
    private static final int LEFTOVERS = 3_000;
    /** A signal and CONT for each of a thousand, and what the services take. */
    private static final int MOST_SIGNALS = 2_010;

    private static final int PATIENCE = 20_000;

    private final SimMachine machine = new SimMachine();
    private int made;
    private int mostMade;
    private int madeInAll;
    private int signals;
    private int mostSignals;
    private int signalsInAll;
    private int exitCode = -1;

    private SimSys sys(Script script) {
        machine.pidLimit = 2 * LEFTOVERS;
        machine.descriptorLimit = 10 * SERVICES;
        SimSys sys = new SimSys(new Simulation(Faults.none(), false), machine, script);
        sys.files.put("/dev/null", "", 0666, 0);
        sys.observe(new Observer() {
            @Override
            public void spawned(ChildSpec child, @Nullable SimProcess process) {
                made++;
                madeInAll++;
            }

            @Override
            public void kills(int pid, int signal) {
                signals++;
                signalsInAll++;
            }
        });
        return sys;
    }

    private static Supervisor supervisor(String conf) {
        SimSys sys = new SimSys(new Simulation(Faults.none(), false), new SimMachine(), child -> null);
        sys.files.put("/etc/pintle/services/many/service.conf", conf, 0644, 0);
        ParseResult result = LayoutParser.parse(new KernelLayoutSource(sys), "/etc/pintle", Map.of());
        assertEquals(List.of(), result.diagnostics());
        Layout layout = result.layout();
        assertNotNull(layout);
        return new Supervisor(layout);
    }

    private static Loop loop(SimSys sys, Supervisor supervisor) {
        int descriptor = sys.openSignals();
        sys.adoptOrphans();
        Loop loop = new Loop(
                sys,
                supervisor,
                new Launcher(sys, Map.of("PATH", "/bin")),
                () -> () -> null,
                new Console(sys, new Messages(LogLevel.ERROR, "raw", "no")),
                descriptor);
        loop.begin();
        return loop;
    }

    private void turnsUntil(Loop loop, BooleanSupplier condition) {
        for (int i = 0; i < PATIENCE && !condition.getAsBoolean(); i++) {
            exitCode = loop.turn();
            endTurn();
        }
        assertTrue(condition.getAsBoolean(), "it comes to that");
    }

    private void endTurn() {
        mostMade = Math.max(mostMade, made);
        mostSignals = Math.max(mostSignals, signals);
        made = 0;
        signals = 0;
    }

    private void ask(Loop loop, Event event) {
        loop.dispatch(event);
        endTurn();
    }

    @Test
    void fewProcessesAreMadeInATurnWhateverTheyAreFor() {
        SimSys sys = sys(child -> child.arguments.get(0).equals("/run") ? Behaviour.runs() : Behaviour.exits(5, 0));
        Supervisor supervisor = supervisor(
                "command = /run\nstop_command = /stop\nreload_command = /reload\ninstances = " + SERVICES + "\n");
        Loop loop = loop(sys, supervisor);
        turnsUntil(loop, () -> all(supervisor, State.READY));
        List<String> names = new ArrayList<>();
        supervisor.services().forEach(service -> names.add(service.name()));
        ask(loop, new Event.ReloadRequested(names));
        turnsUntil(loop, () -> madeInAll == 2 * SERVICES);
        ask(loop, new Event.StopRequested(names, false));
        turnsUntil(loop, () -> all(supervisor, State.DOWN));
        assertEquals(3 * SERVICES, madeInAll);
        assertTrue(mostMade <= MOST_MADE, () -> mostMade + " in one turn");
    }

    private static boolean all(Supervisor supervisor, State state) {
        return supervisor.services().stream().allMatch(service -> service.state() == state);
    }

    /** Where the init is not PID 1, it tells each by itself, and each that ends may leave others. */
    @Test
    void eachOfThousandsOfLeftoversIsToldOnce() {
        machine.pid = 7;
        Behaviour leaves = Behaviour.runs();
        for (int i = 0; i < LEFTOVERS; i++) {
            leaves.daemonizes(1, Behaviour.runs());
        }
        SimSys sys = sys(child -> leaves);
        Supervisor supervisor = supervisor("command = /run\n");
        Loop loop = loop(sys, supervisor);
        turnsUntil(loop, () -> sys.children().size() == LEFTOVERS + 1);
        sys.signal(Signal.TERM);
        signalsInAll = 0;
        turnsUntil(loop, () -> exitCode >= 0);
        assertTrue(
                signalsInAll >= 2 * LEFTOVERS && signalsInAll < 2 * LEFTOVERS + 100, () -> signalsInAll + " signals");
        assertTrue(mostSignals <= MOST_SIGNALS, () -> mostSignals + " in one turn");
    }
}
