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
 * @param edges   as written; {@link Graph} adds those that {@code before} of others makes
 * @param before  others that are to wait for it
 * @param listen  where its sockets are named
 * @param ready   where its readiness is
 * @param grace   where its grace period is set
 * @param stdout  where the destination of its standard output is
 * @param stderr  the same of its standard error
 */
record Draft(
        ServiceDefinition service,
        List<Edge> edges,
        List<Settings.Item> before,
        Position listen,
        Position ready,
        LayoutParser.Place grace,
        Position stdout,
        Position stderr) {

    /** The same as another service. */
    Draft as(ServiceDefinition other) {
        return new Draft(other, edges, before, listen, ready, grace, stdout, stderr);
    }

    /**
     * What waits for what.
     *
     * @param target    a service or a family, perhaps one that there is not
     * @param condition null where none was written
     * @param hard      {@code depends_on}, else {@code after}
     * @param optional  whether there need be no such service, and it may fail
     * @param restart   whether a restart of the target is one of this service too
     * @param position  of the target's name
     */
    record Edge(
            String target,
            @Nullable Condition condition,
            boolean hard,
            boolean optional,
            boolean restart,
            Position position) {

        Edge(String target, @Nullable Condition condition, boolean hard, Position position) {
            this(target, condition, hard, false, false, position);
        }
    }
}
