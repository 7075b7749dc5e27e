package dev.pintle.init.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.boot.KernelLayoutSource;
import dev.pintle.init.core.Event;
import dev.pintle.init.sys.Signal;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ParseResult;
import dev.pintle.layout.parse.LayoutParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A week of one container: services that crash, come up by all kinds of readiness and fall ill; users who restart, stop and
 * start; an operator who edits the layout every day; clients of every manner; and a machine that has its moments.
 */
final class WeekTest {
    private static final long HOUR = 3_600_000;
    private static final long WEEK = 7 * 24 * HOUR;
    private static final long SEED = 7;
    private static final String DIRECTORY = "/etc/pintle";

    private static final Map<String, String> SERVICES = Map.of(
            "crashing", "backoff_max = 30s\n",
            "linear", "ready = fd:3\nready_timeout = 2s\nbackoff = linear\n",
            "notifying", "ready = notify\nready_timeout = 1s\n",
            "listening", "ready = tcp:9000\nready_timeout = 5s\ndepends_on = notifying\n",
            "filed", "ready = file:/ready/filed\nready_timeout = 5s\nafter = linear\n",
            "job", "type = oneshot\ndepends_on = watched\non_failed = ignore\ndown_command = /svc/job/DOWN\n",
            "watched", """
                stop_grace_period = 2s
                [healthcheck]
                test = /svc/watched/HEALTHCHECK
                interval = 30s
                """,
            "ill", """
                restart_delay = 1s
                [healthcheck]
                test = /svc/ill/HEALTHCHECK
                interval = 10s
                retries = 2
                on_unhealthy = restart
                """);

    @Test
    void aWeekIsQuiet() {
        long before = System.nanoTime();
        WorldRun run = new WorldRun(week(), false);
        List<String> violations = run.run();
        String messages = run.sys().messages();
        long exceptions = count(messages, "Exception");
        Subscriber prompt = subscriber(run, 0);
        Subscriber sleepy = subscriber(run, 1);
        System.out.println("a week of simulated time in " + (System.nanoTime() - before) / 1_000_000 + " ms: "
                + run.sys().poll.polls() + " turns, " + run.news().size() + " changes, "
                + count(messages, "restarting it") + " restarts, "
                + count(messages, "next try in") + " failed starts, " + count(messages, "is unhealthy")
                + " illnesses, " + run.visitors().size() + " clients, " + prompt.heard()
                + " events heard by one that reads, "
                + sleepy.heard() + " by one that sleeps and " + sleepy.missed() + " missed, " + exceptions
                + " exceptions");
        assertEquals(List.of(), violations);
        assertEquals(0, exceptions, messages);
        assertEquals(0, count(messages, "internal error"));
        assertTrue(run.sys().simulation.now() >= WEEK, "it lasts a week");
        assertEquals(0, prompt.missed(), "who reads misses nothing");
        assertTrue(sleepy.missed() > 0, "who sleeps is told so");
        assertTrue(count(messages, "restarting it") > 1000 && count(messages, "next try in") > 1000, "much happens");
    }

    private static Subscriber subscriber(WorldRun run, int index) {
        return (Subscriber) run.visitors().get(index);
    }

    private static long count(String messages, String word) {
        return messages.lines().filter(line -> line.contains(word)).count();
    }

    private static World week() {
        SimMachine machine = new SimMachine();
        machine.pollLimit = Integer.MAX_VALUE;
        machine.pidLimit = 100_000;
        List<World.FaultRate> faults = List.of(
                new World.FaultRate(Faults.Kind.INTERRUPT, 1),
                new World.FaultRate(Faults.Kind.SHORT_READ, 5),
                new World.FaultRate(Faults.Kind.SHORT_WRITE, 5),
                new World.FaultRate(Faults.Kind.LATE_CHILD_SIGNAL, 5),
                new World.FaultRate(Faults.Kind.FORK_AGAIN, 1));
        return new World(SEED, machine, layout("5s"), faults, requests(), visits());
    }

    private static Layout layout(String grace) {
        SimSys sys = new SimSys(new Simulation(Faults.none(), false), new SimMachine(), child -> null);
        SERVICES.forEach((name, text) -> {
            String conf = "command = /svc/" + name + "/RUN\n" + text;
            String edited = name.equals("crashing") ? "stop_grace_period = " + grace + "\n" + conf : conf;
            sys.files.put(DIRECTORY + "/services/" + name + "/service.conf", edited, 0644, 0);
        });
        ParseResult result = LayoutParser.parse(new KernelLayoutSource(sys), DIRECTORY, Map.of());
        assertEquals(List.of(), result.diagnostics());
        Layout layout = result.layout();
        assertNotNull(layout);
        return layout;
    }

    private static List<World.Request> requests() {
        List<World.Request> requests = new ArrayList<>();
        List<String> names = SERVICES.keySet().stream().sorted().toList();
        for (int hour = 1; hour * HOUR < WEEK; hour++) {
            List<String> one = List.of(names.get(hour % names.size()));
            Event event = switch (hour % 5) {
                case 0 -> new Event.StopRequested(one);
                case 1 -> new Event.StartRequested(names);
                case 2 -> new Event.RestartRequested(one);
                case 3 -> new Event.SignalRequested(one, Signal.KILL);
                default ->
                    hour % 20 == 4 ? new Event.LayoutRead(layout(hour % 12 + 1 + "s")) : new Event.ReloadRequested(one);
            };
            requests.add(new World.Request(hour * HOUR, event, 0));
        }
        requests.add(new World.Request(WEEK, null, Signal.TERM));
        return requests;
    }

    private static List<World.Visit> visits() {
        List<World.Visit> visits = new ArrayList<>();
        visits.add(new World.Visit(0, Visitor.Manner.SUBSCRIBES, 0));
        visits.add(new World.Visit(0, Visitor.Manner.SUBSCRIBES, 6 * HOUR));
        visits.add(new World.Visit(HOUR, Visitor.Manner.ENDLESS, 0));
        visits.add(new World.Visit(HOUR, Visitor.Manner.NEVER_READS, 0));
        List<Visitor.Manner> passing = List.of(
                Visitor.Manner.ASKS,
                Visitor.Manner.WAITS,
                Visitor.Manner.BROKEN,
                Visitor.Manner.WAITS,
                Visitor.Manner.STRANGER,
                Visitor.Manner.NEIGHBOUR,
                Visitor.Manner.HALF,
                Visitor.Manner.HANGS_UP);
        for (int i = 1; i * HOUR / 4 < WEEK; i++) {
            visits.add(new World.Visit(i * HOUR / 4, passing.get(i % passing.size()), 0));
        }
        return visits;
    }
}
