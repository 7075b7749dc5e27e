package dev.pintle.web.xmlrpc;

import java.util.List;

/**
 * A call.
 *
 * @param method the name of what is called; never empty
 * @param values its arguments
 */
public record MethodCall(String method, List<Object> values) {}
