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
import dev.pintle.init.loop.LayoutLoader;
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

    private static final int RTMIN = 34;
    private static final int PASSED_ON = 20;

    private static final int FILES = 64;
    /** Those of sixteen services, and their programs. */
    private static final int MOST_LOOKS = 16 * (FILES + 1);

    private static final int PATIENCE = 20_000;

    private final Simulation simulation = new Simulation(Faults.none(), false);
    private final SimMachine machine = new SimMachine();
    /** Milliseconds that each signal takes. */
    private int signalling;

    private int made;
    private int mostMade;
    private int madeInAll;
    private int signals;
    private int mostSignals;
    private int signalsInAll;
    private int looks;
    private int mostLooks;
    private int looksInAll;
    private int exitCode = -1;

    private SimSys sys(Script script) {
        machine.pidLimit = 2 * LEFTOVERS;
        machine.descriptorLimit = 10 * SERVICES;
        SimSys sys = new SimSys(simulation, machine, script);
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
                simulation.advanceTo(simulation.now() + signalling);
            }

            @Override
            public void looksAt(String path) {
                looks++;
                looksInAll++;
            }
        });
        return sys;
    }

    private static Supervisor supervisor(String conf) {
        return supervisor(conf, "");
    }

    private static Supervisor supervisor(String conf, String containerConf) {
        Layout layout = parse(conf, containerConf).layout();
        assertNotNull(layout);
        return new Supervisor(layout);
    }

    private static ParseResult parse(String conf, String containerConf) {
        SimSys sys = new SimSys(new Simulation(Faults.none(), false), new SimMachine(), child -> null);
        sys.files.put("/etc/pintle/services/many/service.conf", conf, 0644, 0);
        sys.files.put("/etc/pintle/pintle.conf", containerConf, 0644, 0);
        ParseResult result = LayoutParser.parse(new KernelLayoutSource(sys), "/etc/pintle", Map.of());
        assertEquals(List.of(), result.diagnostics());
        return result;
    }

    private static Loop loop(SimSys sys, Supervisor supervisor) {
        return loop(sys, supervisor, () -> () -> null);
    }

    private static Loop loop(SimSys sys, Supervisor supervisor, LayoutLoader loader) {
        int descriptor = sys.openSignals();
        sys.adoptOrphans();
        Loop loop = new Loop(
                sys,
                supervisor,
                new Launcher(sys, Map.of("PATH", "/bin")),
                loader,
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
        mostLooks = Math.max(mostLooks, looks);
        made = 0;
        signals = 0;
        looks = 0;
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

    @Test
    void fewFilesAreLookedAtInATurnAfterAReload() {
        SimSys sys = sys(child -> Behaviour.runs());
        StringBuilder conf = new StringBuilder("command = /run\ninstances = " + SERVICES + "\nenvironment_file =");
        for (int i = 0; i < FILES; i++) {
            conf.append(" /env").append(i);
            sys.files.put("/env" + i, "A=b\n", 0644, 0);
        }
        ParseResult same = parse(conf + "\n", "");
        Supervisor supervisor = supervisor(conf + "\n");
        Loop loop = loop(sys, supervisor, () -> () -> same);
        turnsUntil(loop, () -> all(supervisor, State.READY));
        sys.files.put("/env63", "A=another\n", 0644, 0);
        looksInAll = 0;
        mostLooks = 0;
        List<String> outdated = new ArrayList<>();
        loop.reload(reload -> outdated.addAll(reload.outdated()), false);
        turnsUntil(loop, () -> !outdated.isEmpty());
        assertEquals(SERVICES, outdated.size());
        assertTrue(looksInAll >= SERVICES * FILES, () -> looksInAll + " in all");
        assertTrue(mostLooks <= MOST_LOOKS, () -> mostLooks + " in one turn");
    }

    /** The layout may have each signal passed on to all services. */
    @Test
    void fewSignalsArePassedOnInATurnIfThatTakesLong() {
        StringBuilder conf = new StringBuilder("[signals]\n");
        for (int i = 1; i <= PASSED_ON; i++) {
            conf.append("RTMIN+").append(i).append(" = all:CONT\n");
        }
        SimSys sys = sys(child -> Behaviour.runs());
        Supervisor supervisor = supervisor("command = /run\ninstances = " + SERVICES + "\n", conf.toString());
        Loop loop = loop(sys, supervisor);
        turnsUntil(loop, () -> all(supervisor, State.READY));
        signalling = 1;
        for (int i = 1; i <= PASSED_ON; i++) {
            sys.signal(RTMIN + i);
        }
        turnsUntil(loop, () -> signalsInAll == PASSED_ON * SERVICES);
        assertEquals(SERVICES, mostSignals);
    }
}
