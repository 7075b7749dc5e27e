package dev.pintle.init.sim;

import dev.pintle.init.core.Event;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.ContainerSettings;
import dev.pintle.layout.ContainerSettings.Control;
import dev.pintle.layout.ContainerSettings.Messages;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes a world from a seed. */
final class WorldGenerator {
    private static final int MOST_SERVICES = 6;

    private final SplitMix64 random;
    private final long seed;

    private WorldGenerator(long seed) {
        this.seed = seed;
        random = new SplitMix64(SplitMix64.mix(seed));
    }

    static World make(long seed) {
        return new WorldGenerator(seed).make();
    }

    private World make() {
        SimMachine machine = machine();
        Layout layout = layout();
        return new World(seed, machine, layout, faults(), requests(layout), visits());
    }

    private Layout layout() {
        List<ServiceDefinition> services = services();
        return new Layout(settings(services), services);
    }

    private SimMachine machine() {
        SimMachine machine = new SimMachine();
        machine.pid = random.chance(70) ? 1 : 7;
        machine.userId = random.chance(70) ? 0 : 1000;
        machine.pidLimit = random.oneOf(48, 64, 200);
        machine.descriptorLimit = random.oneOf(32, 64, 256);
        machine.adoptionRefused = random.chance(10);
        machine.outputCapacity = random.chance(5) ? random.below(300) : Integer.MAX_VALUE;
        machine.strangers = random.oneOf(0, 0, 2, 10);
        return machine;
    }

    private List<ServiceDefinition> services() {
        int count = random.between(1, MOST_SERVICES);
        List<ServiceDefinition> services = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            services.add(new ServiceGenerator(random).make(String.valueOf((char) ('a' + i)), services));
        }
        services = withLogs(services);
        if (random.chance(20)) {
            services.add(ServiceGenerator.main(services));
        }
        // The layout's order is by name and says nothing of dependencies.
        for (int i = services.size() - 1; i > 0; i--) {
            ServiceDefinition moved = services.get(i);
            int other = random.below(i + 1);
            services.set(i, services.get(other));
            services.set(other, moved);
        }
        return services;
    }

    private List<ServiceDefinition> withLogs(List<ServiceDefinition> services) {
        int percent = random.oneOf(0, 0, 0, 30);
        List<ServiceDefinition> all = new ArrayList<>();
        for (ServiceDefinition service : services) {
            if (random.chance(percent)) {
                all.add(new ServiceGenerator(random).log(service.name()));
                all.add(ServiceGenerator.withLog(service));
            } else {
                all.add(service);
            }
        }
        return all;
    }

    private ContainerSettings settings(List<ServiceDefinition> services) {
        String exitCodeFrom =
                random.chance(20) ? services.get(random.below(services.size())).name() : null;
        return new ContainerSettings(
                random.oneOf(1000L, 4000L, 9000L, 9000L, 30_000L),
                0,
                0,
                exitCodeFrom,
                random.chance(15) ? random.oneOf(500L, 5000L) : 0,
                Messages.DEFAULT,
                Map.of(),
                List.of(),
                new Control(null, 0600, null),
                null);
    }

    private List<World.FaultRate> faults() {
        List<World.FaultRate> faults = new ArrayList<>();
        if (random.chance(50)) {
            return faults;
        }
        for (Faults.Kind kind : Faults.Kind.values()) {
            if (random.chance(30)) {
                faults.add(new World.FaultRate(kind, random.oneOf(5, 50, 200)));
            }
        }
        return faults;
    }

    private List<World.Request> requests(Layout first) {
        Layout layout = first;
        boolean edits = random.chance(25);
        List<World.Request> requests = new ArrayList<>();
        int count = random.oneOf(0, 0, 1, 2, 4, 8);
        long time = 0;
        for (int i = 0; i < count; i++) {
            time += random.oneOf(0, 1, random.below(100), random.below(1500), random.below(8000));
            if (edits && random.chance(40)) {
                layout = new LayoutMutator(random).mutate(layout);
                requests.add(event(time, new Event.LayoutRead(layout)));
            } else {
                requests.add(request(time, layout.services()));
            }
        }
        // No world runs for ever: what crashes and restarts does.
        long end = time + random.oneOf(20, 1000, 10_000, 60_000);
        requests.add(random.chance(80) ? signal(end, Signal.TERM) : event(end, new Event.ShutdownRequested(code())));
        if (random.chance(30)) {
            requests.add(signal(end + random.below(3000), random.oneOf(Signal.TERM, Signal.INT)));
        }
        return requests;
    }

    private List<World.Visit> visits() {
        List<World.Visit> visits = new ArrayList<>();
        boolean crowd = random.chance(2);
        int count = crowd ? 40 : random.oneOf(0, 0, 0, 1, 3);
        Visitor.Manner common = random.oneOf(Visitor.Manner.values());
        for (int i = 0; i < count; i++) {
            Visitor.Manner manner = crowd && random.chance(80) ? common : random.oneOf(Visitor.Manner.values());
            visits.add(new World.Visit(random.below(5000), manner, random.oneOf(0L, 0L, 100L, 5000L)));
        }
        return visits;
    }

    private int code() {
        return random.oneOf(-1, 0, 7);
    }

    private World.Request request(long time, List<ServiceDefinition> services) {
        List<String> names = new ArrayList<>();
        for (ServiceDefinition service : services) {
            if (random.chance(60 / services.size() + 5)) {
                names.add(service.name());
            }
        }
        if (names.isEmpty()) {
            names.add(services.get(random.below(services.size())).name());
        }
        return switch (random.below(15)) {
            case 0, 1, 2, 3 -> event(time, new Event.StopRequested(names));
            case 4, 5, 6 -> event(time, new Event.StartRequested(names));
            case 7, 8, 9 -> event(time, new Event.RestartRequested(names));
            case 10 -> event(time, new Event.ReloadRequested(names));
            case 11 ->
                event(
                        time,
                        new Event.SignalRequested(
                                names, random.oneOf(Signal.HUP, Signal.TERM, Signal.KILL, 19, Signal.CONT)));
            case 12 -> event(time, new Event.OnceRequested(names));
            case 13 -> signal(time, random.oneOf(Signal.PIPE, Signal.CONT, 28, Signal.CHLD));
            default -> random.chance(30) ? signal(time, Signal.TERM) : event(time, new Event.StartRequested(names));
        };
    }

    private static World.Request event(long time, Event event) {
        return new World.Request(time, event, 0);
    }

    private static World.Request signal(long time, int number) {
        return new World.Request(time, null, number);
    }
}
