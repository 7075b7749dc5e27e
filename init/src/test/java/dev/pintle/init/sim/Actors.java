package dev.pintle.init.sim;

import dev.pintle.init.core.Role;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ExitStatus;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Step;
import dev.pintle.layout.ServiceDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The programs of a world: what each does at its n-th start follows from the seed, its name and n. */
final class Actors implements Script {
    private static final int SEGV = 11;
    private static final int STRANGER_PID = 1_000_000;
    private static final int STRANGER_ID = 4242;
    private static final String NOTIFY_SOCKET = "NOTIFY_SOCKET=";

    private final long seed;
    /** What a service is now; null for one that there is not. */
    private final Function<String, @Nullable ServiceDefinition> services;

    private final Map<String, Integer> starts = new HashMap<>();
    private @Nullable SimSys sys;

    Actors(World world, Function<String, @Nullable ServiceDefinition> services) {
        seed = world.seed();
        this.services = services;
    }

    /** Where services say that they are ready. */
    void setSys(SimSys newSys) {
        sys = newSys;
    }

    @Override
    public @Nullable Behaviour behaviour(ChildSpec child) {
        String program = child.arguments.get(0);
        if (World.isLogger(program)) {
            return logger(child);
        }
        World.Part part = World.part(program);
        ServiceDefinition service = services.apply(part.service());
        if (service == null) {
            return null;
        }
        int nth = starts.merge(program, 1, Integer::sum);
        SplitMix64 character = new SplitMix64(SplitMix64.mix(seed ^ hash(program)));
        SplitMix64 mood = new SplitMix64(SplitMix64.mix(seed + 31L * hash(program) + nth));
        if (part.role() != Role.RUN) {
            return helper(part.role(), mood);
        }
        Behaviour behaviour = service.type() == ServiceDefinition.Type.ONESHOT
                ? oneshot(mood)
                : service(service, child, character.below(4), mood);
        vary(behaviour, mood, service.stop().gracePeriod());
        return behaviour;
    }

    /** One of those that nobody has asked for: it does not always get ready. */
    private Behaviour logger(ChildSpec child) {
        SplitMix64 mood =
                new SplitMix64(SplitMix64.mix(seed + 77L * starts.merge(child.arguments.get(0), 1, Integer::sum)));
        if (mood.chance(5)) {
            return broken(mood);
        }
        Behaviour behaviour = Behaviour.runs().readyAfter(mood.oneOf(0, 1, mood.below(2000)));
        return mood.chance(10) ? behaviour.endsAfter(mood.below(5000), end(mood)) : behaviour;
    }

    private static long hash(String text) {
        long hash = 7;
        for (int i = 0; i < text.length(); i++) {
            hash = hash * 131 + text.charAt(i);
        }
        return hash;
    }

    private Behaviour service(ServiceDefinition service, ChildSpec child, int temper, SplitMix64 mood) {
        if (mood.chance(temper == 0 ? 30 : 3)) {
            return broken(mood);
        }
        Behaviour behaviour = Behaviour.runs();
        boolean crashes = temper == 0 || (temper == 1 && mood.chance(50)) || mood.chance(5);
        if (crashes) {
            behaviour.endsAfter(mood.oneOf(0, 1, mood.below(1000), mood.below(10_000)), end(mood));
        }
        if (mood.chance(90)) {
            behaviour.readyAfter(mood.oneOf(0, 1, mood.below(100), mood.below(3000)));
        }
        SimSys to = sys;
        if (to != null) {
            if (!notifySocket(child).isEmpty()) {
                forge(to, child, new SplitMix64(mood.next()));
            }
            behaviour.whenReady = process -> sayReady(to, process, service, child);
        }
        return behaviour;
    }

    private static void sayReady(SimSys sys, SimProcess process, ServiceDefinition service, ChildSpec child) {
        String detail = service.readiness().detail();
        switch (service.readiness().kind()) {
            case FILE -> sys.files.put(detail, "", 0644, 0);
            case TCP -> sys.sockets.openPorts.add(port(service));
            case NOTIFY -> {
                sys.sockets.send(notifySocket(child), "STATUS=up\nREADY=1", process.pid, sys.userId());
            }
            case STARTED, FD, HEALTHCHECK -> {}
        }
    }

    /** The name of a run's notify socket; empty where it has none. */
    private static String notifySocket(ChildSpec child) {
        for (String variable : child.environment) {
            if (variable.startsWith(NOTIFY_SOCKET)) {
                return variable.substring(NOTIFY_SOCKET.length());
            }
        }
        return "";
    }

    /** Somebody else says that it is ready: another user, or root of another container. */
    private static void forge(SimSys sys, ChildSpec child, SplitMix64 mood) {
        String name = notifySocket(child);
        if (mood.chance(50)) {
            return;
        }
        boolean neighbour = mood.chance(50);
        sys.simulation.after(
                mood.below(2000),
                () -> sys.sockets.send(
                        name, mood.oneOf("READY=1", ""), neighbour ? 0 : STRANGER_PID, neighbour ? 0 : STRANGER_ID));
    }

    /** The port that a service with {@code ready = tcp:…} listens on. */
    static int port(ServiceDefinition service) {
        String detail = service.readiness().detail();
        return Integer.parseInt(detail.substring(detail.lastIndexOf(':') + 1));
    }

    private static ExitStatus end(SplitMix64 mood) {
        return mood.oneOf(
                ExitStatus.ofCode(0),
                ExitStatus.ofCode(0),
                ExitStatus.ofCode(1),
                ExitStatus.ofCode(3),
                ExitStatus.ofSignal(SEGV),
                ExitStatus.ofSignal(Signal.TERM));
    }

    private static Behaviour broken(SplitMix64 mood) {
        return Behaviour.fails(
                mood.oneOf(Step.EXECUTE, Step.EXECUTE, Step.USER, Step.DIRECTORY, Step.SESSION),
                mood.oneOf(Errno.ENOENT, Errno.EACCES, Errno.EPERM));
    }

    private static Behaviour oneshot(SplitMix64 mood) {
        if (mood.chance(4)) {
            return broken(mood);
        }
        return Behaviour.runs()
                .endsAfter(
                        mood.oneOf(0, 1, mood.below(100), mood.below(4000)),
                        mood.chance(75) ? ExitStatus.ofCode(0) : end(mood));
    }

    private Behaviour helper(Role role, SplitMix64 mood) {
        if (mood.chance(4)) {
            return broken(mood);
        }
        boolean bad = mood.chance(role == Role.HEALTHCHECK ? 25 : 10);
        int code = !bad ? 0 : role == Role.FINISH ? mood.oneOf(1, 125) : 1;
        Behaviour behaviour = Behaviour.exits(mood.oneOf(0, 0, 1, mood.below(100), mood.below(800)), code);
        if (mood.chance(5)) {
            behaviour.run = -1;
        }
        vary(behaviour, mood, 500);
        SimSys to = sys;
        if (to != null && role == Role.HEALTHCHECK) {
            behaviour.conduct = new Printing(to, mood.oneOf(0, 0, 1, 100, 5000));
        }
        return behaviour;
    }

    /** Prints so many lines, each millisecond some, and waits while nobody reads them. */
    private record Printing(SimSys sys, int lines) implements Behaviour.Conduct {
        private static final int AT_ONCE = 200;
        private static final String LINE = "looks well so far, and this line is one of many";

        @Override
        public void begin(SimProcess process) {
            print(process, lines);
        }

        private void print(SimProcess process, int left) {
            int now = 0;
            while (process.alive() && now < Math.min(left, AT_ONCE) && sys.print(process, LINE) > 0) {
                now++;
            }
            int rest = left - now;
            if (process.alive() && rest > 0) {
                sys.simulation.after(1, () -> print(process, rest));
            }
        }

        @Override
        public boolean handles(SimProcess process, int signal) {
            return false;
        }
    }

    /** What any process may do besides. */
    private static void vary(Behaviour behaviour, SplitMix64 mood, long grace) {
        if (behaviour.failedStep != null) {
            behaviour.slowSetUp(mood.oneOf(0, 0, 5), mood.chance(50));
            return;
        }
        if (mood.chance(15)) {
            behaviour.slowSetUp(mood.oneOf(1, 20, 300), mood.chance(50));
        }
        switch (mood.below(8)) {
            case 0 -> behaviour.ignores();
            case 1, 2, 3 ->
                behaviour.handles(
                        mood.oneOf(0, 1, mood.below(200), mood.below((int) grace * 2)),
                        mood.chance(80) ? ExitStatus.ofCode(0) : end(mood));
            default -> {}
        }
        if (mood.chance(2)) {
            behaviour.diesSlowly(mood.oneOf(10, 100));
        }
        if (mood.chance(10)) {
            fork(behaviour, mood);
        }
    }

    private static void fork(Behaviour behaviour, SplitMix64 mood) {
        Behaviour child = mood.chance(50) ? Behaviour.runs() : Behaviour.exits(mood.below(3000), 0);
        if (mood.chance(30)) {
            child.ignores();
        }
        long after = mood.below(500);
        switch (mood.below(3)) {
            case 0 -> behaviour.forks(after, false, child);
            case 1 -> behaviour.forks(after, true, child);
            default -> behaviour.daemonizes(after, child);
        }
        if (mood.chance(10)) {
            behaviour.reapsNothing();
        }
    }
}
