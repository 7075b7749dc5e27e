package dev.pintle.init.sim;

import dev.pintle.init.control.Server;
import dev.pintle.init.core.Event;
import dev.pintle.init.core.Role;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.launch.Launcher;
import dev.pintle.init.loop.Console;
import dev.pintle.init.loop.Loop;
import dev.pintle.init.loop.Watch;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Readiness;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One course of a world: the real supervisor and the real loop on the simulated kernel, watched at every step. */
final class WorldRun implements Observer {
    /** The one of those that are sent which stops nothing where main gets it. */
    private static final int WINCH = 28;

    private final World world;
    private final Simulation simulation;
    private final SimSys sys;
    private final Supervisor supervisor;
    private final Loop loop;
    private final Ledgers ledgers;
    private final StartRules starts;
    private final StopRules stops;
    private final RunRules runs;
    private final ExitRules exits;
    private final ArrayDeque<Event> requests = new ArrayDeque<>();
    private final List<Visitor> visitors = new ArrayList<>();
    /** Those that have come and not gone. */
    private final List<Visitor> present = new ArrayList<>();

    private final News news;
    private final int descriptorsAtRest;
    private boolean stoppingBeforeTurn;
    /** Whether another layout than the first has been read. */
    private boolean edited;

    WorldRun(World world, boolean tracing) {
        this.world = world;
        simulation = new Simulation(world.makeFaults(), tracing);
        supervisor = new Supervisor(world.layout());
        Actors actors = new Actors(world, this::definition);
        sys = new SimSys(simulation, world.machine(), actors);
        sys.files.putDirectory("/ready", 0777, 0);
        sys.files.putDirectory("/run", 0777, 0);
        sys.files.put("/dev/null", "", 0666, 0);
        actors.setSys(sys);
        int signals = sys.openSignals();
        sys.adoptOrphans();
        Console console = new Console(sys, world.layout().container().messages());
        loop = new Loop(
                sys, supervisor, new Launcher(sys, Map.of("PATH", "/bin")), () -> this::noLayout, console, signals);
        news = new News(sys);
        loop.addListener(news);
        loop.addListener(this::changed);
        ledgers = new Ledgers(world);
        starts = new StartRules(sys, supervisor, ledgers);
        stops = new StopRules(simulation, ledgers, world.layout().container().shutdownGracePeriod());
        runs = new RunRules(simulation);
        exits = new ExitRules(sys, world, ledgers, stops);
        sys.observe(this);
        sys.whenAtRest(starts::judgeRest);
        schedule();
        int listener = sys.listenLocal(Visitor.SOCKET, 0600, -1, -1);
        Server.attach(sys, supervisor, loop, listener, false);
        descriptorsAtRest = sys.descriptors.open();
    }

    private @Nullable ServiceDefinition definition(String name) {
        Service service = supervisor.service(name);
        return service == null ? null : service.definition();
    }

    /** Layouts come as requests: there are no files of them. */
    private ParseResult noLayout() {
        return new ParseResult(null, List.of(), world.layout(), List.of());
    }

    private void schedule() {
        int[] ends = new int[2];
        SimPipe pipe = new SimPipe("requests");
        ends[0] = sys.descriptors.open(pipe.reader);
        pipe.writer.hold();
        loop.watches().add(new Watch(ends[0]) {
            @Override
            protected void ready() {
                byte[] buffer = new byte[1];
                if (sys.read(descriptor(), buffer, 0, 1) == 1) {
                    take(requests.remove());
                }
            }
        });
        SplitMix64 random = new SplitMix64(world.seed());
        for (int i = 0; i < world.machine().strangers; i++) {
            Behaviour stranger =
                    Behaviour.exits(random.between(1, 5000), 0).forks(random.below(1000), true, Behaviour.runs());
            simulation.fromOutside(random.below(5000), () -> beginStranger(stranger));
        }
        for (World.Visit visit : world.visits()) {
            Visitor visitor = visitor(visit, random);
            visitors.add(visitor);
            simulation.fromOutside(visit.time(), () -> {
                visitor.come();
                present.add(visitor);
            });
        }
        for (World.Request request : world.requests()) {
            simulation.fromOutside(request.time(), () -> {
                Event event = request.event();
                if (event == null) {
                    sys.signal(request.signal());
                } else {
                    requests.add(event);
                    pipe.writer.write(new byte[1], 0, 1);
                }
            });
        }
    }

    private Visitor visitor(World.Visit visit, SplitMix64 random) {
        return switch (visit.manner()) {
            case ASKS, BROKEN, STRANGER, NEIGHBOUR, HALF, HANGS_UP, NEVER_READS, ENDLESS ->
                new CasualVisitor(sys, visit.manner());
            case SUBSCRIBES -> new Subscriber(sys, news, visit.pause());
            case WAITS -> {
                List<ServiceDefinition> services = world.layout().services();
                String service = services.get(random.below(services.size())).name();
                yield new Waiter(sys, ledgers, service, random.oneOf(Waiter.Condition.values()));
            }
        };
    }

    private void beginStranger(Behaviour behaviour) {
        SimProcess stranger = sys.processes.fork(null, "stranger", behaviour);
        if (stranger != null) {
            sys.processes.begin(stranger);
        }
    }

    private void take(Event event) {
        simulation.trace(simulation.tracing() ? "a user: " + event : "");
        if (event instanceof Event.ShutdownRequested shutdown) {
            exits.noteRequest(shutdown.code(), Signal.TERM);
            stops.begin();
        } else if (!stops.begun()) {
            ledgers.noteRequest(event, simulation.now());
            edited |= event instanceof Event.LayoutRead;
        }
        loop.dispatch(event);
        followLayout();
    }

    /** Which services there are and what they are can only change once a layout has been edited. */
    private void followLayout() {
        if (edited) {
            ledgers.follow(supervisor.services());
        }
    }

    /** Runs it to its end; what went against the rules. */
    List<String> run() {
        loop.begin();
        int code = -1;
        while (code < 0 && simulation.ended() == null) {
            stoppingBeforeTurn = supervisor.stopping();
            code = loop.turn();
            afterTurn();
        }
        if (simulation.ended() != null) {
            simulation.violation("the simulation had to be ended: " + simulation.ended());
        } else {
            stops.judgeEnd();
            visitors.forEach(Visitor::judgeEnd);
            exits.judge(
                    code,
                    descriptorsAtRest
                            + ledgers.ofLogPipes()
                            + ofLastLines()
                            + (int) visitors.stream().filter(Visitor::stays).count());
        }
        return simulation.violations();
    }

    private void afterTurn() {
        followLayout();
        if (edited) {
            ledgers.forgetAllBut(supervisor.services());
        }
        if (supervisor.stopping()) {
            stops.begin();
            exits.judgeCause();
        }
        stops.judgeTurn();
        present.removeIf(visitor -> !visitor.stays());
        present.forEach(Visitor::lookOn);
        // A child has two descriptors at the most: its set-up's, and its readiness's.
        int allowed = descriptorsAtRest
                + visitors.size()
                + judgeSockets()
                + ledgers.ofLogPipes()
                + ofLastLines()
                + 2 * sys.processes.init().children.size();
        if (sys.descriptors.open() > allowed) {
            simulation.violation("descriptors leak: " + sys.descriptors.files());
        }
    }

    /** Two pipes and two files in memory, each for a service that has failed. */
    private int ofLastLines() {
        int heard = 0;
        for (Service service : supervisor.services()) {
            heard += service.heard() ? 1 : 0;
        }
        return 6 * heard;
    }

    /** A socket of {@code listen} is open while its service runs or is to run again; how many there may be. */
    private int judgeSockets() {
        int open = 0;
        for (Ledger ledger : ledgers.all()) {
            for (ListenSocket socket : ledger.definition.process().listen()) {
                open += ledger.state.settled() ? 0 : 1;
                if (ledger.run != null && ledger.run.alive() && !sys.sockets.isOpen(socket.port())) {
                    simulation.violation(ledger.name() + " runs without its socket");
                }
            }
        }
        return open;
    }

    SimSys sys() {
        return sys;
    }

    News news() {
        return news;
    }

    List<Visitor> visitors() {
        return visitors;
    }

    /** What happened, line by line, where it was traced. */
    List<String> trace() {
        return simulation.traceLines();
    }

    // What is seen

    @Override
    public void spawned(ChildSpec child, @Nullable SimProcess process) {
        followLayout();
        if (World.isLogger(child.arguments.get(0))) {
            return;
        }
        World.Part part = World.part(child.arguments.get(0));
        if (part.role() == Role.RUN) {
            starts.judgeStart(ledgers.of(part.service()), stoppingBeforeTurn, stops.begun());
        }
        ledgers.noteSpawn(child, process, simulation.now());
    }

    @Override
    public void ended(SimProcess process) {
        boolean ofAService = !process.name.endsWith("+") && !World.isLogger(process.name);
        World.Part part = ofAService ? World.part(process.name) : null;
        if (part != null && part.role() == Role.RUN) {
            closePort(ledgers.of(part.service()));
        }
        ledgers.noteEnd(process);
    }

    private void closePort(Ledger ledger) {
        if (ledger.definition.readiness().kind() == Readiness.Kind.TCP) {
            sys.sockets.openPorts.remove(Actors.port(ledger.definition));
        }
    }

    @Override
    public void tookSignal(int signal) {
        Ledger main = ledgers.find("main");
        boolean forNobody = signal == WINCH && (main == null || !main.there());
        boolean stop = signal == Signal.TERM || signal == Signal.INT || forNobody;
        if (stop && !stops.begun()) {
            exits.noteRequest(-1, forNobody ? Signal.TERM : signal);
            stops.begin();
        }
    }

    private void changed(String service, State from, State to) {
        simulation.trace(simulation.tracing() ? service + ": " + from.text() + " -> " + to.text() : "");
        sys.poll.noteEffect();
        Ledger ledger = ledgers.of(service);
        present.forEach(visitor -> visitor.changes(ledger));
        followLayout();
        // What is asked for once is not wanted after that run, and begins it anew all the same.
        boolean restarting = (ledger.again && (ledger.wanted || ledger.once)) || ledger.anewAt == simulation.now();
        if (supervisor.stopping() && !stops.begun() && (to == State.STOPPING || to == State.DOWN)) {
            exits.noteChecks();
            stops.begin();
        }
        runs.judgePossible(ledger, from, to);
        judge(ledger, from, to, restarting);
        boolean cause = exits.isCause(ledger, to);
        ledger.blocked = from == State.WAITING && to == State.FAILED;
        ledger.state = to;
        ledger.grace = ledger.definition.stop().gracePeriod();
        ledger.since = simulation.now();
        ledger.lagSince = simulation.lag();
        if (cause) {
            exits.noteCause(ledger, to);
            stops.begin();
        }
        ledger.runsBefore = to == State.WAITING ? ledger.runs : ledger.runsBefore;
        ledger.again &=
                to == State.STOPPING || to == State.FINISHING || (to.running() && ledgers.waitsForItsWriter(ledger));
        present.forEach(visitor -> visitor.changed(ledger));
    }

    private void judge(Ledger ledger, State from, State to, boolean restarting) {
        boolean afterRun = from.running() || from == State.FINISHING;
        if (from == State.STOPPING) {
            exits.noteStopped(ledger);
        }
        if (from == State.STOPPING && !edited) {
            stops.judgeGroup(ledger, sys.processes);
        }
        switch (to) {
            case STOPPING -> stops.judgeStop(ledger, from, restarting);
            case READY -> {
                starts.judgeReady(ledger);
                ledger.cameReady = true;
            }
            case FINISHING -> ledger.concludedAt = simulation.now();
            case STARTING, UP -> {}
            case WAITING, BACKOFF, FAILED, DONE, DOWN -> {
                if (from != State.FINISHING) {
                    ledger.concludedAt = simulation.now();
                }
                if (afterRun) {
                    runs.judgeOutcome(ledger, from, to);
                } else if (from == State.WAITING && to == State.DONE) {
                    starts.judgeMilestone(ledger, stoppingBeforeTurn, stops.begun());
                } else if (from == State.BACKOFF && to == State.WAITING) {
                    runs.judgePause(ledger);
                } else if (to == State.FAILED) {
                    ledger.failedByPolicy = false;
                    starts.judgeGivenUp(ledger);
                } else if (to == State.WAITING) {
                    ledger.forget();
                }
            }
        }
    }
}
