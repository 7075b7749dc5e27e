package dev.pintle.web.listener;

import dev.pintle.init.control.Message;
import dev.pintle.web.supervisord.EventSource;
import dev.pintle.web.supervisord.ProcessState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The init's events as supervisord's: changes of the states of processes, groups that come and go, the end of all, and ticks. There
 * is no counterpart of PROCESS_LOG, PROCESS_COMMUNICATION and REMOTE_COMMUNICATION.
 */
final class Translation {
    /** Takes events. */
    interface Emitter {
        /** Something happened. */
        void emit(String name, String payload);
    }

    private static final int[] TICKS = {5, 60, 3600};

    private final EventSource source;
    private final Emitter emitter;
    private final Map<String, Track> tracks = new TreeMap<>();
    /** The last tick of each period. */
    private final Map<Integer, Long> ticks = new HashMap<>();

    /** What is known of a process. */
    private static final class Track {
        EventSource.Facts facts;
        ProcessState state;
        /** 0 where that was before anything was heard of it. */
        long startedAt;
        /** When it counts as up, if it is still there; {@link Long#MAX_VALUE} for not by time. */
        long provedAt = Long.MAX_VALUE;

        long tries;
        long pid;

        Track(EventSource.Facts facts) {
            this.facts = facts;
            state = facts.state();
            pid = facts.pid();
        }
    }

    Translation(EventSource source, Emitter emitter) {
        this.source = source;
        this.emitter = emitter;
    }

    /** Takes over what there is, of which nothing is told. */
    void begin(long now) {
        for (EventSource.Facts facts : source.all()) {
            Track track = new Track(facts);
            tracks.put(facts.service(), track);
            if (track.state == ProcessState.STARTING) {
                track.provedAt = now + facts.minUptime();
            }
        }
        for (int period : TICKS) {
            ticks.put(period, tick(now, period));
        }
    }

    private static long tick(long now, int period) {
        return now / 1000 - now / 1000 % period;
    }

    /** When {@link #lookAtClock} has something to do, in milliseconds since 1970. */
    long next(long now) {
        long next = (tick(now, TICKS[0]) + TICKS[0]) * 1000;
        for (Track track : tracks.values()) {
            next = Math.min(next, track.provedAt);
        }
        return next;
    }

    /** Tells of what comes with time. */
    void lookAtClock(long now) {
        for (Track track : tracks.values()) {
            if (track.provedAt <= now) {
                run(track);
            }
        }
        for (int period : TICKS) {
            long tick = tick(now, period);
            if (ticks.getOrDefault(period, tick) != tick) {
                emitter.emit("TICK_" + period, "when:" + tick);
            }
            ticks.put(period, tick);
        }
    }

    /** Tells of an event of the init's. */
    void hear(Message event) {
        switch (event.text("event")) {
            case "state" -> changed(event);
            case "stopping" -> emitter.emit("SUPERVISOR_STATE_CHANGE_STOPPING", "");
            case "layout" -> layoutTaken();
            default -> {
                // Of health there is nothing to tell; what was missed cannot be told.
            }
        }
    }

    private void changed(Message event) {
        Track track = track(event.text("service"));
        if (track == null) {
            return;
        }
        long time = event.number("time_ms", 0);
        switch (event.text("to")) {
            case "starting" -> {
                track.startedAt = time;
                track.pid = 0;
                change(track, ProcessState.STARTING, "tries:" + track.tries);
            }
            case "up" -> look(track);
            case "ready" -> {
                look(track);
                long startedAt = track.startedAt == 0 ? time : track.startedAt;
                track.provedAt = track.facts.provesItselfByTime() ? startedAt + track.facts.minUptime() : time;
                if (track.provedAt <= time) {
                    run(track);
                }
            }
            case "stopping" -> {
                if (track.provedAt <= time) {
                    run(track);
                }
                track.provedAt = Long.MAX_VALUE;
                change(track, ProcessState.STOPPING, "pid:" + track.pid);
            }
            case "waiting" -> {
                // It is on its way.
            }
            default -> ended(track, event, time);
        }
    }

    /** The process of a service; null for what supervisord has nothing like. */
    private @Nullable Track track(String service) {
        if (!tracks.containsKey(service) && source.of(service) != null) {
            // A layout is told of once all in it has been taken over; of a group, before what happens in it.
            layoutTaken();
        }
        return tracks.get(service);
    }

    private void look(Track track) {
        EventSource.Facts facts = source.of(track.facts.service());
        if (facts != null) {
            track.facts = facts;
            track.pid = facts.pid() == 0 ? track.pid : facts.pid();
        }
    }

    private void run(Track track) {
        track.provedAt = Long.MAX_VALUE;
        if (track.state == ProcessState.STARTING) {
            track.tries = 0;
            look(track);
            change(track, ProcessState.RUNNING, "pid:" + track.pid);
        }
    }

    /** It does not run any more, or is given up, or is to be started later. */
    private void ended(Track track, Message event, long time) {
        String to = event.text("to");
        if (track.provedAt <= time) {
            run(track);
        }
        track.provedAt = Long.MAX_VALUE;
        switch (track.state) {
            case STOPPING -> {
                if (to.equals("down")) {
                    change(track, ProcessState.STOPPED, "pid:" + track.pid);
                    leaveIfRemoved(track);
                }
            }
            case RUNNING -> {
                boolean expected = track.facts.expects(event.number("exit_code", -1));
                change(track, ProcessState.EXITED, "expected:" + (expected ? 1 : 0) + " pid:" + track.pid);
            }
            case STARTING -> {
                track.tries++;
                change(track, ProcessState.BACKOFF, "tries:" + track.tries);
                settle(track, to);
            }
            case BACKOFF -> settle(track, to);
            case STOPPED, EXITED, FATAL -> {
                // It had ended before.
            }
        }
    }

    private void settle(Track track, String to) {
        if (to.equals("failed") || to.equals("done")) {
            track.tries = 0;
            change(track, ProcessState.FATAL, "");
        } else if (to.equals("down")) {
            track.tries = 0;
            change(track, ProcessState.STOPPED, "pid:0");
        }
    }

    private void change(Track track, ProcessState to, String more) {
        emitter.emit(
                "PROCESS_STATE_" + to.name(),
                "processname:" + track.facts.name() + " groupname:" + track.facts.group() + " from_state:"
                        + track.state.name() + (more.isEmpty() ? "" : " " + more));
        track.state = to;
    }

    /** What a layout has no more is told of until it has stopped, and its group goes then. */
    private void leaveIfRemoved(Track track) {
        String service = track.facts.service();
        if (source.of(service) == null) {
            List<String> before = groups();
            tracks.remove(service);
            tell("PROCESS_GROUP_REMOVED", before, groups());
        }
    }

    private void layoutTaken() {
        List<String> before = groups();
        Map<String, Track> known = new HashMap<>(tracks);
        tracks.clear();
        for (EventSource.Facts facts : source.all()) {
            Track track = known.get(facts.service());
            if (track == null) {
                track = new Track(facts);
                track.state = ProcessState.STOPPED;
            }
            track.facts = facts;
            tracks.put(facts.service(), track);
        }
        for (Track track : known.values()) {
            if (track.state == ProcessState.STOPPING) {
                tracks.putIfAbsent(track.facts.service(), track);
            }
        }
        tell("PROCESS_GROUP_REMOVED", before, groups());
        tell("PROCESS_GROUP_ADDED", groups(), before);
    }

    private void tell(String name, List<String> groups, List<String> without) {
        for (String group : groups) {
            if (!without.contains(group)) {
                emitter.emit(name, "groupname:" + group + "\n");
            }
        }
    }

    private List<String> groups() {
        List<String> groups = new ArrayList<>();
        for (Track track : tracks.values()) {
            if (!groups.contains(track.facts.group())) {
                groups.add(track.facts.group());
            }
        }
        return groups;
    }
}
