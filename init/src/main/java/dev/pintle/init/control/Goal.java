package dev.pintle.init.control;

import dev.pintle.init.core.Service;
import dev.pintle.init.core.State;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.core.Verdict;
import dev.pintle.layout.ServiceDefinition.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client waits for after its request. */
final class Goal {

    /** Whether one service has reached it. */
    interface Test {
        /** MET, PENDING, or LOST where it is not reached by itself. */
        Verdict of(Supervisor supervisor, Service service);
    }

    /** Ready, or completed. A first failed start is told at once, with what is tried next. */
    static final Test UP = (supervisor, service) -> switch (service.state()) {
        case READY, DONE -> Verdict.MET;
        case FAILED, DOWN, BACKOFF -> Verdict.LOST;
        case WAITING, STARTING, UP, STOPPING, FINISHING -> Verdict.PENDING;
    };

    /** Nothing of it runs, nor will by itself. */
    static final Test DOWN = (supervisor, service) -> service.state().settled() ? Verdict.MET : Verdict.PENDING;

    /** Down for good: a service that the layout has no more is gone by then. */
    static final Test GONE = (supervisor, service) -> Verdict.PENDING;

    private final List<String> services = new ArrayList<>();
    private final List<Test> tests = new ArrayList<>();
    private final Message done;

    /** A goal that is answered with {@code done}. */
    Goal(Message done) {
        this.done = done;
    }

    /** Waits for these services too. */
    Goal and(Test test, List<String> names) {
        for (String name : names) {
            services.add(name);
            tests.add(test);
        }
        return this;
    }

    /**
     * What a dependency on a service with this condition waits for; null stands for what a bare name means, and so does
     * {@code healthy} where there is no health check.
     */
    static Test condition(@Nullable Condition condition) {
        return (supervisor, service) -> {
            Condition awaited = condition == null
                            || (condition == Condition.HEALTHY
                                    && service.definition().healthcheck() == null)
                    ? service.bareCondition()
                    : condition;
            return supervisor.verdict(service, awaited);
        };
    }

    /** The reply, where it is reached or cannot be reached any more; else null. A service that has left is no hindrance. */
    @Nullable
    Message reply(Supervisor supervisor) {
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < services.size(); i++) {
            Service service = supervisor.service(services.get(i));
            Verdict verdict = service == null ? Verdict.MET : tests.get(i).of(supervisor, service);
            if (verdict == Verdict.PENDING) {
                return null;
            }
            if (service != null && verdict == Verdict.LOST) {
                failed.add(service.name() + " is " + service.state().text() + why(service));
            }
        }
        return failed.isEmpty() ? done : Message.refused("failed", String.join("; ", failed));
    }

    private static String why(Service service) {
        String reason = service.reason();
        return reason != null ? ": " + reason : service.state() == State.DONE ? ": " + service.howItEnded() : "";
    }
}
