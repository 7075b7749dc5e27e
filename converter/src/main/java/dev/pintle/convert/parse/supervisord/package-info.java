/**
 * A faithful model of a supervisord configuration, with supervisord's own defaults and in supervisord's own order.
 *
 * <p>supervisord reads its configuration inside the container, with the container's environment at hand; this program
 * runs where that environment is not known yet. So a value is a {@link dev.pintle.convert.parse.supervisord.Text}, in which a
 * variable may stand that only the container knows, and a number or a boolean is a
 * {@link dev.pintle.convert.parse.supervisord.Value}, known or deferred. Given an environment that is closed, everything is known,
 * and the model is field by field what supervisord 4.3.0 makes of the same file; a test holds that.
 *
 * <p>Nothing here knows what the values become. supervisord stops at the first mistake, this package reports them all.
 */
@NullMarked
package dev.pintle.convert.parse.supervisord;

import org.jspecify.annotations.NullMarked;
