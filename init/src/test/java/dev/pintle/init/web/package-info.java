@NullMarked
package dev.pintle.init.web;

import org.jspecify.annotations.NullMarked;
