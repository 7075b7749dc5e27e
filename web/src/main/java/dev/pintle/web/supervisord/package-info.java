/**
 * supervisord's interface (its 4.3, http://supervisord.org/api.html) over the control protocol: what its own clients call and
 * get. {@link dev.pintle.web.supervisord.Supervisord} is where a call comes in; what it knows of init and the machine comes through
 * {@link dev.pintle.web.supervisord.Backend}.
 *
 * <p>A service is the process of its name, in the group that the layout puts it in, or else in one of its own, as supervisord has a
 * program outside of all groups. Where a process of supervisord had another name than a service can have, the layout says it in the
 * variables that supervisord set: {@code SUPERVISOR_PROCESS_NAME} and {@code SUPERVISOR_GROUP_NAME}.
 */
@NullMarked
package dev.pintle.web.supervisord;

import org.jspecify.annotations.NullMarked;
