package dev.pintle.web.supervisord;

import dev.pintle.init.program.Client.NoReplyException;
import dev.pintle.web.xmlrpc.FaultException;
import dev.pintle.web.xmlrpc.RpcWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several calls, one after the other. As supervisord has it, each has its value itself in the list, and not an array of it. */
final class Multicall implements Later {
    private final Supervisord supervisord;
    private final List<?> calls;
    private final List<Object> results = new ArrayList<>();
    /** The one that the next is waiting for. */
    private @Nullable Later pending;

    private int next;

    Multicall(Supervisord supervisord, List<?> calls) {
        this.supervisord = supervisord;
        this.calls = calls;
    }

    @Override
    public @Nullable Object answer() throws NoReplyException {
        while (pending != null || next < calls.size()) {
            Object value = step();
            if (value == null) {
                return null;
            }
            results.add(value);
        }
        return results;
    }

    /** Goes on with the call that is pending, or makes the next one; null where that takes longer. */
    private @Nullable Object step() throws NoReplyException {
        Later later = pending;
        try {
            Object value = later == null ? call(calls.get(next++)) : later.answer();
            pending = value instanceof Later taken ? taken : value == null ? later : null;
            return pending == null ? value : null;
        } catch (FaultException e) {
            pending = null;
            return RpcWriter.structure(e);
        }
    }

    private Object call(Object call) throws FaultException, NoReplyException {
        Map<?, ?> members = call instanceof Map<?, ?> map ? map : Map.of();
        if (!(members.get("methodName") instanceof String method)) {
            throw Fault.INCORRECT_PARAMETERS.exception("No methodName");
        }
        if (method.equals(Method.MULTICALL.text)) {
            throw Fault.INCORRECT_PARAMETERS.exception("Recursive system.multicall forbidden");
        }
        List<Object> values = new ArrayList<>();
        if (members.get("params") instanceof List<?> list) {
            values.addAll(list);
        }
        return supervisord.call(method, values);
    }
}
