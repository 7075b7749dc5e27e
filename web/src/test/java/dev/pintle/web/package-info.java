@NullMarked
package dev.pintle.web;

import org.jspecify.annotations.NullMarked;
