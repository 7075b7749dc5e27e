@NullMarked
package dev.pintle.web.listener;

import org.jspecify.annotations.NullMarked;
