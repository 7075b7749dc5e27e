package dev.pintle.init.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each of a family waits for each of another: a change of one is looked at where it makes a difference, since to look at all that
 * each waits for takes the cube of their number.
 */
final class DependenciesTest {
    private static final int FAMILY = 20;

    private final Map<String, Service> services = new LinkedHashMap<>();
    private Dependencies dependencies = new Dependencies(services);

    @BeforeEach
    void familyOnFamily() {
        String family = "instances = " + FAMILY;
        Stage stage = Stage.of(
                "a",
                "command = a\nready = fd:3\n" + family,
                "b",
                "command = b\ndepends_on = a\nafter = c\n" + family,
                "c",
                "command = c");
        stage.supervisor.services().forEach(service -> services.put(service.name(), service));
        dependencies = new Dependencies(services);
        services.values().forEach(service -> service.state = State.WAITING);
        look();
    }

    private void look() {
        for (Service service : services.values()) {
            service.blocker = dependencies.examine(service).blocker();
        }
    }

    private Service service(String name) {
        Service service = services.get(name);
        if (service == null) {
            throw new AssertionError(name);
        }
        return service;
    }

    private void concerns(int dependents, String name, State state) {
        Service service = service(name);
        service.state = state;
        long found = dependencies.dependentsOf(service).stream()
                .filter(edge -> edge.concerns(service))
                .count();
        assertEquals(dependents, found, name + " " + state);
    }

    @Test
    void whatEachWaitsForFirstConcernsThemOnceItIsThere() {
        assertEquals(service("a-1"), service("b-7").blocker);
        concerns(0, "a-1", State.STARTING);
        concerns(0, "a-1", State.UP);
        concerns(FAMILY, "a-1", State.READY);
        look();
        assertEquals(service("a-2"), service("b-7").blocker);
        concerns(0, "a-1", State.BACKOFF);
    }

    @Test
    void whatTheyDoNotWaitForFirstConcernsThemOnlyWhereItHasFailed() {
        concerns(0, "a-5", State.STARTING);
        concerns(0, "a-5", State.READY);
        concerns(0, "c", State.READY);
        concerns(FAMILY, "a-5", State.FAILED);
    }

    @Test
    void whatComesBeforeThemConcernsThemInTheEnd() {
        for (int i = 1; i <= FAMILY; i++) {
            service("a-" + i).state = State.READY;
        }
        look();
        assertEquals(service("c"), service("b-7").blocker);
        concerns(FAMILY, "c", State.READY);
    }

    @Test
    void whatDoesNotWaitIsConcernedByNothing() {
        services.values().forEach(service -> service.state = State.READY);
        concerns(0, "a-1", State.FAILED);
    }
}
