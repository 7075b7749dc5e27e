/** What supervisord's model means, as drafts of service directories, with an account of every key of the input. */
@NullMarked
package dev.pintle.convert.lower.supervisord;

import org.jspecify.annotations.NullMarked;
