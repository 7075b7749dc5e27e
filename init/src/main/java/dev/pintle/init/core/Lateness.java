package dev.pintle.init.core;

import dev.pintle.layout.ContainerSettings.LogLevel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Services that are meant to be ready and are not, for long: what they wait for is said after ten seconds, and then more and
 * more rarely. All that are late at a time are said in one line.
 */
final class Lateness {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long[] LOOKS = {10_000, MINUTE, 10 * MINUTE};
    /** Those that will be late within this are said with those that are. */
    private static final long TOGETHER = 1_000;

    /** What is waited for that is said: a line has room for no more. */
    private static final int MOST_REASONS = 10;

    private final Actions actions;

    Lateness(Actions actions) {
        this.actions = actions;
    }

    /** A service has come to another state. */
    static void follow(Service service, State before, long now) {
        if (!isLate(service)) {
            service.complainAt = Service.NEVER;
        } else if (service.complainAt == Service.NEVER || before == State.BACKOFF) {
            service.lateSince = now;
            service.complainAt = now + LOOKS[0];
        }
    }

    /** A oneshot takes the time that it takes; who waits for it is late. */
    private static boolean isLate(Service service) {
        State state = service.state;
        return state == State.WAITING || ((state == State.STARTING || state == State.UP) && !service.oneshot());
    }

    /** Says what has been waited for too long, if anything has. */
    void tick(Supervisor supervisor, Iterable<Service> services, long now) {
        boolean due = false;
        for (Service service : services) {
            due |= service.complainAt <= now;
        }
        if (!due) {
            return;
        }
        Map<String, List<String>> waiting = new LinkedHashMap<>();
        long longest = 0;
        for (Service service : services) {
            if (service.complainAt <= now + TOGETHER) {
                longest = Math.max(longest, now - service.lateSince);
                service.complainAt = next(service, now);
                String why = supervisor.waitsFor(service);
                waiting.computeIfAbsent(why.isEmpty() ? "is being set up" : why, unused -> new ArrayList<>())
                        .add(service.name());
            }
        }
        actions.say(LogLevel.WARN, "after " + Words.duration(longest) + " " + sentence(waiting));
    }

    private static long next(Service service, long now) {
        for (long look : LOOKS) {
            if (service.lateSince + look > now + TOGETHER) {
                return service.lateSince + look;
            }
        }
        return now + HOUR;
    }

    private static String sentence(Map<String, List<String>> waiting) {
        StringBuilder sentence = new StringBuilder();
        int said = 0;
        int more = 0;
        for (Map.Entry<String, List<String>> entry : waiting.entrySet()) {
            List<String> names = entry.getValue();
            if (++said > MOST_REASONS) {
                more += names.size();
                continue;
            }
            sentence.append(sentence.length() == 0 ? "" : "; ");
            sentence.append(Words.some(names))
                    .append(names.size() > 1 ? ": each " : " ")
                    .append(entry.getKey().startsWith("not ready") ? "is " : "")
                    .append(entry.getKey());
        }
        return more == 0 ? sentence.toString() : sentence.toString() + "; and " + more + " more wait for others";
    }
}
