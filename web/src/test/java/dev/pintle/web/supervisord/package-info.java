@NullMarked
package dev.pintle.web.supervisord;

import org.jspecify.annotations.NullMarked;
