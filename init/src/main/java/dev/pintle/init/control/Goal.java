package dev.pintle.init.control;

import dev.pintle.init.core.HealthState;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.core.Verdict;
import dev.pintle.layout.ServiceDefinition.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a client waits for after its request. */
final class Goal {

    /** Whether one service has reached it. */
    interface Test {
        /** MET, PENDING, or LOST where it is not reached by itself. */
        Verdict of(Supervisor supervisor, Service service, long now);
    }

    /** What is late that is named: a line has room for no more. */
    private static final int MOST_LATE = 10;

    /** Failed starts in a row after which who only waits is told that there is little hope. */
    private static final int HOPELESS = 2;

    /**
     * Ready, or completed; where execution is all that readiness takes, once the run has lasted {@code min_uptime}. A first
     * failed start is told at once, with what is tried next.
     */
    static final Test UP = (supervisor, service, now) -> switch (service.state()) {
        case READY -> service.isProved(now) ? Verdict.MET : Verdict.PENDING;
        case DONE -> Verdict.MET;
        case BACKOFF -> service.restsBetweenRuns() ? Verdict.MET : Verdict.LOST;
        case FAILED, DOWN -> Verdict.LOST;
        case WAITING, STARTING, UP, STOPPING, FINISHING -> Verdict.PENDING;
    };

    /** The same of what is to run: a service that has ended does not, though with success. */
    static final Test RUNNING =
            (supervisor, service, now) -> service.state() == State.DONE && service.bareCondition() == Condition.READY
                    ? Verdict.LOST
                    : UP.of(supervisor, service, now);

    /** It does not keep from running what depends on it: it has not just failed. */
    private static final Test NEEDED = (supervisor, service, now) -> switch (service.state()) {
        case BACKOFF, FAILED -> UP.of(supervisor, service, now);
        case READY -> service.isProved(now) ? Verdict.MET : Verdict.PENDING;
        case STARTING, STOPPING, FINISHING -> Verdict.PENDING;
        case DOWN, WAITING, UP, DONE -> Verdict.MET;
    };

    /** Nothing of it runs, nor will by itself. */
    static final Test DOWN = (supervisor, service, now) -> service.state().settled() ? Verdict.MET : Verdict.PENDING;

    /** Its reload command has ended, with success; who only gets a signal is not waited for. */
    static final Test RELOADED = (supervisor, service, now) ->
            service.isReloading() ? Verdict.PENDING : service.reloadFailure().isEmpty() ? Verdict.MET : Verdict.LOST;

    /** Down for good: a service that the layout has no more is gone by then. */
    static final Test GONE = (supervisor, service, now) -> Verdict.PENDING;

    /** By the names of services. */
    private final Map<String, Test> tests = new HashMap<>();
    /** Those names. */
    private final List<String> services = new ArrayList<>();
    /** Those of them that only what is waited for needs. */
    private final Set<String> needed = new HashSet<>();
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
        needed.addAll(names);
        needed.removeAll(services);
        return and(NEEDED, new ArrayList<>(needed));
    }

    /**
     * Who only waits for services is told where one of them waits for what has little hope.
     *
     * @param names    the services that are waited for
     * @param theirs   what they need
     */
    Goal andHoped(List<String> names, List<String> theirs) {
        needed.addAll(theirs);
        needed.removeAll(services);
        return and(
                (supervisor, service, now) ->
                        isHopeless(service) && anyWaits(supervisor, names) ? Verdict.LOST : Verdict.MET,
                new ArrayList<>(needed));
    }

    private static boolean isHopeless(Service service) {
        return service.state() == State.BACKOFF && service.failures() >= HOPELESS;
    }

    private static boolean anyWaits(Supervisor supervisor, List<String> names) {
        for (String name : names) {
            Service service = supervisor.service(name);
            if (service != null && service.state() == State.WAITING) {
                return true;
            }
        }
        return false;
    }

    /** Waits for these services too. */
    Goal and(Test test, List<String> names) {
        for (String name : names) {
            if (tests.put(name, test) == null) {
                services.add(name);
            }
        }
        return this;
    }

    /**
     * What a dependency on a service with this condition waits for; null stands for what a bare name means, and so does
     * {@code healthy} where there is no health check. A run is believed to be ready as for {@link #UP}, and one that fails to
     * start again is not waited for. Of a service that has ended with success, who has named it is told that it is not ready; who
     * waits for all does not wait for it.
     */
    static Test condition(@Nullable Condition condition, boolean named) {
        return (supervisor, service, now) -> {
            Condition awaited = condition == null
                            || (condition == Condition.HEALTHY
                                    && service.definition().healthcheck() == null)
                    ? service.bareCondition()
                    : condition;
            if (awaited == Condition.READY && service.state() == State.READY && !service.isProved(now)) {
                return Verdict.PENDING;
            }
            boolean runs = service.bareCondition() == Condition.READY;
            if (awaited == Condition.READY && named && runs && service.state() == State.DONE) {
                return Verdict.LOST;
            }
            return awaited == Condition.READY && isHopeless(service)
                    ? Verdict.LOST
                    : supervisor.verdict(service, awaited);
        };
    }

    /**
     * The reply, where all have reached it, or one never will by itself; else null. A service that has left is no hindrance.
     *
     * @param changed the one that has changed since this was asked last; empty where others may have, too
     */
    @Nullable
    Message reply(Supervisor supervisor, long now, String changed) {
        boolean lost = changed.isEmpty()
                || verdict(changed, supervisor, now) == Verdict.LOST
                || (!needed.isEmpty() && anyWaits(supervisor, List.of(changed)));
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
                        tests.get(name) == RELOADED
                                ? service.reloadFailure()
                                : name
                                        + (needed.contains(name) ? ", which is needed, " : " ")
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
        Test test = tests.get(name);
        Service service = supervisor.service(name);
        return test == null || service == null ? Verdict.MET : test.of(supervisor, service, now);
    }

    /**
     * What has not reached it, each with what it does instead, as far as a line has room.
     *
     * @param state the word for what it was to reach
     */
    List<String> late(Supervisor supervisor, long now, String state) {
        List<String> late = new ArrayList<>();
        int more = 0;
        for (String name : services) {
            Service service = supervisor.service(name);
            if (service == null || verdict(name, supervisor, now) == Verdict.MET) {
                continue;
            }
            if (late.size() == MOST_LATE) {
                more++;
            } else {
                late.add(
                        tests.get(name) == RELOADED
                                ? "the reload command of " + name + " still runs"
                                : name + " " + doing(supervisor, service, now, state));
            }
        }
        if (more > 0) {
            late.add("and " + more + " more");
        }
        return late;
    }

    private static String doing(Supervisor supervisor, Service service, long now, String state) {
        if (state.equals("down")) {
            return service.state().phrase();
        }
        String waits = supervisor.waitsFor(service);
        return switch (service.state()) {
            case WAITING -> waits.isEmpty() ? "is about to start" : waits;
            case UP -> "is " + (waits.isEmpty() ? "still running" : waits);
            case READY -> {
                if (state.equals(Condition.HEALTHY.text())) {
                    String failure = supervisor.explain(service);
                    yield "is not healthy: " + (failure.isEmpty() ? HealthState.UNPROVED : failure);
                }
                yield service.isProved(now)
                                || state.equals(Condition.COMPLETED.text())
                                || state.equals(Condition.FINISHED.text())
                        ? "is ready, and has not ended"
                        : "has not run for its min_uptime yet";
            }
            case DOWN, STARTING, STOPPING, FINISHING, BACKOFF, FAILED, DONE ->
                service.state().phrase() + why(service);
        };
    }

    private static String why(Service service) {
        String reason = service.reason();
        return reason != null ? ": " + reason : service.state() == State.DONE ? ": " + service.howItEnded() : "";
    }
}
