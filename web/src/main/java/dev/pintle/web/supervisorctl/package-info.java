/**
 * {@code supervisorctl} without Python: what scripts and people call it with, what it prints, and what it ends with. It speaks to the
 * init of its container by the control socket, and where it is given a URL, by XML-RPC to whoever is there.
 */
@NullMarked
package dev.pintle.web.supervisorctl;

import org.jspecify.annotations.NullMarked;
