package dev.pintle.init.control;

import dev.pintle.init.core.HealthState;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.core.Verdict;
import dev.pintle.init.core.Words;
import dev.pintle.layout.ServiceDefinition.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client waits for after its request. */
final class Goal {

    // What is to come of one service: numbers, since the native program pays for each constant of an enum.

    /**
     * Ready, or completed; where execution is all that readiness takes, once the run has lasted {@code min_uptime}. A first
     * failed start is told at once, with what is tried next.
     */
    static final int UP = 0;
    /** The same of what is to run: a service that has ended does not, though with success. */
    static final int RUNNING = 1;
    /** Nothing of it runs, nor will by itself. */
    static final int DOWN = 2;
    /** Its reload command has ended, with success; who only gets a signal is not waited for. */
    static final int RELOADED = 3;
    /** Down for good: a service that the layout has no more is gone by then. */
    static final int GONE = 4;
    /** The condition of the goal. */
    static final int CONDITION = 5;
    /** It does not keep from running what depends on it: it has not just failed. */
    private static final int NEEDED = 6;
    /** Failed starts in a row after which who only waits is told that there is little hope. */
    private static final int HOPELESS = 2;

    /** By the names of services. */
    private final Map<String, Integer> tests = new HashMap<>();
    /** Those names. */
    private final List<String> services = new ArrayList<>();
    /** For {@link #CONDITION}: null stands for what a bare name means. */
    @Nullable
    Condition condition;
    /** Whether services were named for it. */
    boolean named;
    /** Null while it is not known. */
    private @Nullable Message done;
    /** The one that was last found not to have reached it. */
    private int pending;

    /** Whether the reply is not at hand, so that to make it for all who wait may take long. */
    private final boolean unmade;

    /** A goal that is answered with {@code done}. */
    Goal(Message done) {
        this.done = done.made();
        unmade = false;
    }

    /** A goal whose reply is yet to be found out; nothing else is waited for until then. */
    Goal() {
        unmade = true;
    }

    /** Whether it takes time to make the reply. */
    boolean unmade() {
        return unmade;
    }

    /** What the client is told, once all else has been reached. */
    void answer(Message reply) {
        done = reply;
    }

    /** What services that are to run need is not to fail either, and is proved to run. */
    Goal andNeeded(List<String> names) {
        return and(NEEDED, unnamed(names));
    }

    private List<String> unnamed(List<String> names) {
        List<String> unnamed = new ArrayList<>();
        for (String name : names) {
            if (!tests.containsKey(name)) {
                unnamed.add(name);
            }
        }
        return unnamed;
    }

    private Verdict verdict(int test, Supervisor supervisor, Service service, long now) {
        State state = service.state();
        return switch (test) {
            case UP -> up(service, now);
            case RUNNING -> state == State.DONE && runs(service) ? Verdict.LOST : up(service, now);
            case NEEDED -> isNoHindrance(state) ? Verdict.MET : up(service, now);
            case DOWN -> state.settled() ? Verdict.MET : Verdict.PENDING;
            case RELOADED ->
                service.isReloading()
                        ? Verdict.PENDING
                        : service.reloadFailure().isEmpty() ? Verdict.MET : Verdict.LOST;
            case CONDITION -> awaited(supervisor, service, now);
            default -> Verdict.PENDING;
        };
    }

    private static Verdict up(Service service, long now) {
        return switch (service.state()) {
            case READY -> service.isProved(now) ? Verdict.MET : Verdict.PENDING;
            case DONE -> Verdict.MET;
            case BACKOFF -> service.restsBetweenRuns() ? Verdict.MET : Verdict.LOST;
            case FAILED, DOWN -> Verdict.LOST;
            case WAITING, STARTING, UP, STOPPING, FINISHING -> Verdict.PENDING;
        };
    }

    private static boolean isNoHindrance(State state) {
        return state == State.WAITING || state == State.UP || state == State.DOWN || state == State.DONE;
    }

    private static boolean runs(Service service) {
        return service.bareCondition() == Condition.READY;
    }

    /**
     * What a dependency on a service with the condition waits for; {@code healthy} stands for what a bare name means, too, where there
     * is no health check. A run is believed to be ready as for {@link #UP}, and one that fails to start again is not waited for. Of
     * a service that has ended with success, who has named it is told that it is not ready; who waits for all does not wait for it.
     */
    private Verdict awaited(Supervisor supervisor, Service service, long now) {
        boolean bare = condition == null
                || (condition == Condition.HEALTHY && service.definition().healthcheck() == null);
        Condition awaited = bare || condition == null ? service.bareCondition() : condition;
        if (awaited != Condition.READY) {
            return supervisor.verdict(service, awaited);
        }
        if (service.state() == State.READY && !service.isProved(now)) {
            return Verdict.PENDING;
        }
        boolean lost = isHopeless(service) || (named && runs(service) && service.state() == State.DONE);
        return lost ? Verdict.LOST : supervisor.verdict(service, awaited);
    }

    private static boolean isHopeless(Service service) {
        return service.state() == State.BACKOFF && service.failures() >= HOPELESS;
    }

    /** Waits for these services too. */
    Goal and(int test, List<String> names) {
        for (String name : names) {
            if (tests.put(name, test) == null) {
                services.add(name);
            }
        }
        return this;
    }

    /**
     * The reply, where all have reached it, or one never will by itself; else null. A service that has left is no hindrance.
     *
     * @param changed the one that has changed since this was asked last; empty where others may have, too
     */
    @Nullable
    Message reply(Supervisor supervisor, long now, String changed) {
        boolean lost = changed.isEmpty() || verdict(changed, supervisor, now) == Verdict.LOST;
        boolean waits = done == null || anyPending(supervisor, now);
        if (done == null || (waits && !lost)) {
            return null;
        }
        List<String> failed = new ArrayList<>();
        List<@Nullable Object> names = new ArrayList<>();
        for (String name : services) {
            Service service = supervisor.service(name);
            if (service != null && verdict(name, supervisor, now) == Verdict.LOST) {
                failed.add(
                        isReload(name)
                                ? service.reloadFailure()
                                : name
                                        + (isOnlyNeeded(name) ? ", which is needed, " : " ")
                                        + service.state().phrase()
                                        + why(service));
                names.add(service.name());
            }
        }
        if (!failed.isEmpty()) {
            return Message.refused("failed", String.join("; ", failed)).with("failed", names);
        }
        return waits ? null : done;
    }

    /**
     * Whether any has not reached it. The one that was found last is asked first, and then those after it: most changes are none of
     * that one, and to ask all of thousands at each would take long.
     */
    private boolean anyPending(Supervisor supervisor, long now) {
        for (int i = 0; i < services.size(); i++) {
            int index = (pending + i) % services.size();
            if (verdict(services.get(index), supervisor, now) == Verdict.PENDING) {
                pending = index;
                return true;
            }
        }
        return false;
    }

    /** MET of what is not waited for. */
    private Verdict verdict(String name, Supervisor supervisor, long now) {
        Integer test = tests.get(name);
        Service service = supervisor.service(name);
        return test == null || service == null ? Verdict.MET : verdict(test, supervisor, service, now);
    }

    private boolean isReload(String name) {
        Integer test = tests.get(name);
        return test != null && test == RELOADED;
    }

    private boolean isOnlyNeeded(String name) {
        Integer test = tests.get(name);
        return test != null && test == NEEDED;
    }

    /**
     * What has not reached it, each with what it does instead, as far as a line has room.
     *
     * @param state the word for what it was to reach
     */
    String late(Supervisor supervisor, long now, String state) {
        List<String> late = new ArrayList<>();
        for (String name : services) {
            Service service = supervisor.service(name);
            if (service != null && verdict(name, supervisor, now) != Verdict.MET) {
                late.add(
                        state.equals("reloaded")
                                ? "the reload command of " + name + " still runs"
                                : name + " " + doing(supervisor, service, now, state));
            }
        }
        return Words.some(late, "; ");
    }

    private static String doing(Supervisor supervisor, Service service, long now, String state) {
        String waits = state.equals("down") ? "" : supervisor.waitsFor(service);
        if (service.state() == State.WAITING && !waits.isEmpty()) {
            return waits;
        }
        if (service.state() == State.UP) {
            return "is " + (waits.isEmpty() ? "still running" : waits);
        }
        if (service.state() == State.READY && state.equals(Condition.HEALTHY.text())) {
            String failure = supervisor.explain(service);
            return "is not healthy: " + (failure.isEmpty() ? HealthState.UNPROVED : failure);
        }
        return service.state() == State.READY && !service.isProved(now)
                ? "has not run for its min_uptime yet"
                : service.state().phrase() + why(service);
    }

    private static String why(Service service) {
        String reason = service.reason();
        return reason != null ? ": " + reason : service.state() == State.DONE ? ": " + service.howItEnded() : "";
    }
}
