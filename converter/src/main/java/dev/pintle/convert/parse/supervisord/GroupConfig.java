package dev.pintle.convert.parse.supervisord;

import java.util.List;
import java.util.Optional;

/**
 * What supervisord starts and stops as one.
 *
 * @param kind      what section made it
 * @param section   the name of that section
 * @param name      the group's
 * @param priority  its place among the groups
 * @param processes in the order in which supervisord starts them
 * @param listener  for event listeners
 * @param socket    for FastCGI programs
 */
public record GroupConfig(
        Kind kind,
        String section,
        String name,
        Value<Long> priority,
        List<ProcessConfig> processes,
        Optional<Listener> listener,
        Optional<FcgiSocket> socket) {

    /** What makes a group. */
    public enum Kind {
        /** A {@code [program:x]} that is in no group. */
        PROGRAM,
        /** A {@code [group:x]}. */
        GROUP,
        /** An {@code [eventlistener:x]}. */
        EVENT_LISTENER,
        /** A {@code [fcgi-program:x]} that is in no group. */
        FCGI_PROGRAM
    }

    /**
     * What an event listener listens to.
     *
     * @param events        their names, sorted
     * @param bufferSize    how many events wait for it
     * @param resultHandler {@code module:callable}
     */
    public record Listener(List<String> events, Value<Long> bufferSize, Text resultHandler) {}

    /**
     * The listening socket of a FastCGI group.
     *
     * @param url     {@code tcp://host:port} or {@code unix:///path}
     * @param owner   {@code user[:group]}, where it is set
     * @param mode    permissions, where set
     * @param backlog where set
     */
    public record FcgiSocket(
            Text url, Optional<Text> owner, Optional<Value<Long>> mode, Optional<Value<Long>> backlog) {}
}
