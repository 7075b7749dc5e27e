/**
 * The control socket: lines of JSON over a Unix stream socket, one request a line, one reply a line.
 *
 * <p>A request is an object with {@code "pintle": 1} (the protocol's version), {@code "do"} and what that takes; a reply
 * has {@code "pintle": 1} and {@code "ok"}, and where that is false {@code "error"} (a stable word) and {@code "message"}.
 * Everything is bounded: connections, the length of a request, what is kept for a client that does not read. A client can
 * lose its own connection, never hold up the loop.
 */
@NullMarked
package dev.pintle.init.control;

import org.jspecify.annotations.NullMarked;
