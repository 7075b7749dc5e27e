package dev.pintle.init.sim;

import dev.pintle.init.control.Server;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.fuzz.Target;
import dev.pintle.init.launch.Launcher;
import dev.pintle.init.loop.Console;
import dev.pintle.init.loop.Loop;
import dev.pintle.init.sys.RawText;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ContainerSettings.Messages;
import dev.pintle.layout.ParseResult;
import java.util.List;
import java.util.Map;

/** What a client of the control socket sends, to an init with the services of a simulated world. */
public final class ControlTarget implements Target {
    private static final int TURNS = 60;

    @Override
    public void take(byte[] input) {
        World world = WorldGenerator.make(input.length == 0 ? 1 : 1 + (input[0] & 7));
        Simulation simulation = new Simulation(new Faults(1), false);
        Supervisor supervisor = new Supervisor(world.layout());
        SimMachine machine = new SimMachine();
        machine.pollLimit = TURNS * 2;
        SimSys sys = new SimSys(simulation, machine, child -> Behaviour.runs());
        sys.files.putDirectory("/run", 0777, 0);
        sys.files.put("/dev/null", "", 0666, 0);
        int signals = sys.openSignals();
        Loop loop = new Loop(
                sys,
                supervisor,
                new Launcher(sys, Map.of("PATH", "/bin")),
                () -> () -> new ParseResult(null, List.of(), world.layout(), List.of()),
                new Console(sys, new Messages(LogLevel.ERROR, "raw", "no")),
                signals);
        Server.attach(sys, supervisor, loop, sys.listenLocal(Visitor.SOCKET, 0600, -1, -1), false);
        simulation.fromOutside(10, () -> {
            SimClient client = sys.sockets.connectFromOutside(Visitor.SOCKET, 500, 0);
            if (client != null) {
                client.send(RawText.decode(input, 0, input.length));
            }
        });
        loop.begin();
        for (int turn = 0; turn < TURNS && simulation.ended() == null && loop.turn() < 0; turn++) {
            if (!simulation.violations().isEmpty()) {
                throw new IllegalStateException(simulation.violations().get(0));
            }
        }
    }
}
