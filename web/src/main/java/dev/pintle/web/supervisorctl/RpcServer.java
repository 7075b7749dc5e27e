package dev.pintle.web.supervisorctl;

import dev.pintle.web.xmlrpc.FaultException;
import java.util.List;
import java.util.Map;

/** Whoever has supervisord's interface. */
abstract class RpcServer {
    /** Makes a call, and waits for its answer. */
    abstract Object call(String method, List<Object> values) throws FaultException, UnreachableException;

    /** A call of {@code supervisor.*}. */
    final Object ask(String method, Object... values) throws FaultException, UnreachableException {
        return call("supervisor." + method, List.of(values));
    }

    /** The same, of a method that has a text. */
    final String text(String method, Object... values) throws FaultException, UnreachableException {
        return String.valueOf(ask(method, values));
    }

    /** The same, of a method that has a list. */
    final List<?> list(String method, Object... values) throws FaultException, UnreachableException {
        return ask(method, values) instanceof List<?> list ? list : List.of();
    }

    /** The same, of a method that has a structure. */
    final Map<?, ?> structure(String method, Object... values) throws FaultException, UnreachableException {
        return ask(method, values) instanceof Map<?, ?> map ? map : Map.of();
    }
}
