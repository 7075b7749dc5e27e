/**
 * {@code pintle-web}: what the init says on the control socket, over HTTP. A binary of its own, which comes in an archive of its own and
 * which the init starts and supervises where {@code pintle.conf} has {@code [web]}; what strangers send ends here, never in PID 1.
 * {@link dev.pintle.web.Commands} is where it begins, {@link dev.pintle.web.Web} its loop, {@link dev.pintle.web.Visit} a connection, and
 * {@link dev.pintle.web.Site} what each address answers. Everything is bounded: connections, their time, and the length of requests.
 */
@NullMarked
package dev.pintle.web;

import org.jspecify.annotations.NullMarked;
