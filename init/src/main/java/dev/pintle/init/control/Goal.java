package dev.pintle.init.control;

import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.core.Verdict;
import dev.pintle.layout.ServiceDefinition.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client waits for after its request. */
final class Goal {

    /** Whether one service has reached it. */
    interface Test {
        /** MET, PENDING, or LOST where it is not reached by itself. */
        Verdict of(Supervisor supervisor, Service service, long now);
    }

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
            boolean hopeless = service.state() == State.BACKOFF && service.failures() >= HOPELESS;
            return awaited == Condition.READY && hopeless ? Verdict.LOST : supervisor.verdict(service, awaited);
        };
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
                        tests.get(name) == RELOADED
                                ? service.reloadFailure()
                                : service.name() + " " + service.state().phrase() + why(service));
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

    private static String why(Service service) {
        String reason = service.reason();
        return reason != null ? ": " + reason : service.state() == State.DONE ? ": " + service.howItEnded() : "";
    }
}
