package dev.pintle.init.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pintle.init.boot.Init;
import dev.pintle.init.loop.Loop;
import dev.pintle.init.scenario.Container;
import dev.pintle.init.scenario.Course;
import dev.pintle.init.scenario.Engine;
import dev.pintle.init.scenario.Puppet;
import dev.pintle.init.scenario.Scenario;
import dev.pintle.init.sys.ChildSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The whole init on the simulated kernel: it boots from files in memory, and waits cost nothing. */
final class SimEngine implements Engine {
    private static final String LAYOUT = "/etc/pintle";
    private static final String SOCKET = "/run/control";
    /** Of no process that is simulated. */
    private static final int CLIENT_PID = 1_000_000;

    private final Faults faults;

    /** Plays with such faults. */
    SimEngine(Faults faults) {
        this.faults = faults;
    }

    @Override
    public void play(Scenario scenario) {
        SimContainer container = new SimContainer(scenario);
        Course course = new Course(scenario, container);
        try {
            container.run(course);
            course.goOn();
            if (!course.isOver()) {
                throw new AssertionError(course.whereItIs());
            }
        } catch (AssertionError e) {
            String events = String.join("\n", container.simulation.traceLines());
            throw new AssertionError(e.getMessage() + "\ncourse of events:\n" + events, e);
        }
        assertEquals(List.of(), container.simulation.violations());
    }

    private final class SimContainer implements Container, Script {
        private final Scenario scenario;
        private final Simulation simulation = new Simulation(faults, true);
        private final SimSys sys;
        private final Map<String, Integer> runs = new HashMap<>();
        private int code = -1;

        SimContainer(Scenario scenario) {
            this.scenario = scenario;
            SimMachine machine = new SimMachine();
            machine.pidLimit = 1000;
            machine.environment = environment();
            sys = new SimSys(simulation, machine, this);
            sys.files.putDirectory("/run", 0755, 0);
            sys.files.put("/dev/null", "", 0666, 0);
            scenario.files().forEach(this::put);
            for (String puppet : scenario.puppets().keySet()) {
                sys.files.put(path(puppet), "#!/puppet\n", 0755, 0);
            }
            sys.observe(new Observer() {
                @Override
                public void ended(SimProcess process) {
                    if (process.behaviour.conduct instanceof PuppetConduct conduct) {
                        conduct.end();
                    }
                }
            });
        }

        private List<String> environment() {
            List<String> variables = new ArrayList<>(scenario.environment());
            variables.addAll(List.of(
                    "PATH=/bin",
                    "DIR=" + LAYOUT,
                    "PORT=8000",
                    "PINTLE_DIR=" + LAYOUT,
                    "PINTLE_CONTROL=" + SOCKET,
                    "PINTLE_LOG_LEVEL=debug"));
            return variables;
        }

        /** Runs the init to its end, and the steps with it. */
        void run(Course course) {
            List<String> command = new ArrayList<>(scenario.command());
            if (!command.isEmpty()) {
                command.set(0, path(command.get(0)));
            }
            Init.Boot boot = Init.boot(sys, command);
            Loop loop = boot.loop();
            if (loop == null) {
                code = boot.code();
                return;
            }
            AtomicReference<@Nullable AssertionError> failure = new AtomicReference<>();
            sys.beforeRest(() -> {
                try {
                    course.goOn();
                } catch (AssertionError e) {
                    // Not to be thrown through the init, which survives whatever is thrown.
                    failure.set(e);
                }
            });
            loop.begin();
            while (code < 0 && simulation.ended() == null && failure.get() == null) {
                code = loop.turn();
            }
            AssertionError failed = failure.get();
            if (failed != null) {
                throw failed;
            }
        }

        private String path(String file) {
            return LAYOUT + "/" + file;
        }

        @Override
        public @Nullable Behaviour behaviour(ChildSpec child) {
            List<String> words = child.arguments;
            String arguments = String.join(" ", words.subList(1, words.size()));
            return behaviour(child.programs.get(0), arguments, child.environmentOver(environment()));
        }

        private @Nullable Behaviour behaviour(String program, String arguments, List<String> environment) {
            Puppet puppet = program.startsWith(LAYOUT + "/")
                    ? scenario.puppets().get(program.substring(LAYOUT.length() + 1))
                    : null;
            if (puppet == null) {
                return null;
            }
            Puppet.Run run = puppet.run(runs.merge(program, 1, Integer::sum));
            return Behaviour.conducted(
                    new PuppetConduct(sys, run, arguments, environment, other -> behaviour(other, "", environment)));
        }

        @Override
        public long now() {
            return simulation.now();
        }

        @Override
        public void wakeAt(long time) {
            simulation.fromOutside(time, () -> {});
        }

        @Override
        public String messages() {
            return sys.messages();
        }

        @Override
        public String output() {
            return sys.output();
        }

        @Override
        public int exitCode() {
            return code;
        }

        @Override
        public void signal(int number) {
            sys.signal(number);
        }

        @Override
        public @Nullable Client connect() {
            SimClient client = sys.sockets.connectFromOutside(SOCKET, CLIENT_PID, 0);
            return client == null ? null : new Connection(client);
        }

        @Override
        public void put(String file, String text) {
            sys.files.put(path(file), text, 0644, 0);
        }

        @Override
        public void remove(String file) {
            sys.files.takeAway(path(file));
        }

        @Override
        public boolean hasZombies() {
            return sys.processes.firstEnded() != null;
        }
    }

    private record Connection(SimClient client) implements Container.Client {
        @Override
        public void send(String line) {
            client.send(line);
        }

        @Override
        public String received() {
            return client.receive();
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
