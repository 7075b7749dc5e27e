/**
 * {@code pintle-web}: the status page of {@code [web]}, a program of its own that init starts, hands a listening socket, and
 * supervises like any service. What strangers send ends here, never in PID 1; what the page shows and does goes through the
 * control socket. Everything is bounded: connections, their time, and the length of requests.
 */
@NullMarked
package dev.pintle.init.web;

import org.jspecify.annotations.NullMarked;
