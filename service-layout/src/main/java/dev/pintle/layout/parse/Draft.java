package dev.pintle.layout.parse;

import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Condition;
import dev.pintle.layout.text.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service whose names of other services are not resolved yet.
 *
 * @param service without edges
 * @param edges   as written
 * @param listen  where its sockets are named
 * @param ready   where its readiness is
 */
record Draft(ServiceDefinition service, List<Edge> edges, Position listen, Position ready) {

    /** The same as another service. */
    Draft as(ServiceDefinition other) {
        return new Draft(other, edges, listen, ready);
    }

    /**
     * What waits for what.
     *
     * @param target    a service or a family, perhaps one that there is not
     * @param condition null where none was written
     * @param hard      {@code depends_on}, else {@code after}
     * @param position  of the target's name
     */
    record Edge(String target, @Nullable Condition condition, boolean hard, Position position) {}
}
