/**
 * XML-RPC (http://xmlrpc.com/spec.md): calls and responses as text and as values. Pure; what it reads is bounded in size by who
 * reads it, in depth here, and no input is recursed on.
 *
 * <p>Values are {@code Long}, {@code Boolean}, {@link dev.pintle.web.xmlrpc.Decimal}, {@code String}, {@link dev.pintle.web.xmlrpc.DateTime}, {@link
 * dev.pintle.web.xmlrpc.Nil}, {@code List} and {@code Map}. Bytes that came as base64 are a string of {@link
 * dev.pintle.init.sys.RawText}.
 */
@NullMarked
package dev.pintle.web.xmlrpc;

import org.jspecify.annotations.NullMarked;
