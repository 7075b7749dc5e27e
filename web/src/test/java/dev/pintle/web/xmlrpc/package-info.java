@NullMarked
package dev.pintle.web.xmlrpc;

import org.jspecify.annotations.NullMarked;
