/** Tests of what ini4j makes of our rendering. */
@NullMarked
package dev.pintle.convert.parse.supervisord.ini;

import org.jspecify.annotations.NullMarked;
