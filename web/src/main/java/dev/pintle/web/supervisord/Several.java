package dev.pintle.web.supervisord;

import dev.pintle.init.program.Client.NoReplyException;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An order to several processes: what came of each, in the order in which it was known. */
final class Several implements Later {
    /** One that is waited for. */
    private record Waiting(Supervised process, Orders.Test test) {}

    private final Supervisord supervisord;
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Object> results = new ArrayList<>();

    Several(Supervisord supervisord) {
        this.supervisord = supervisord;
    }

    /** Gives the order to one. */
    void give(Supervised process, Orders.Order order) throws NoReplyException {
        try {
            Orders.Test test = order.give(process, process.fullName());
            if (test == null) {
                results.add(result(process, null));
            } else {
                waiting.add(new Waiting(process, test));
            }
        } catch (FaultException e) {
            results.add(result(process, e));
        }
    }

    @Override
    public @Nullable Object answer() throws FaultException, NoReplyException {
        if (!waiting.isEmpty()) {
            Processes now = supervisord.processes();
            for (Waiting one : new ArrayList<>(waiting)) {
                look(one, now.ofService(one.process().service()));
            }
        }
        return waiting.isEmpty() ? results : null;
    }

    private void look(Waiting one, @Nullable Supervised now) {
        try {
            if (one.test().isDone(now)) {
                results.add(result(one.process(), null));
                waiting.remove(one);
            }
        } catch (FaultException e) {
            results.add(result(one.process(), e));
            waiting.remove(one);
        }
    }

    /** What came of one: what is wrong, or null for nothing. */
    static Map<String, Object> result(Supervised process, @Nullable FaultException fault) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", process.name());
        result.put("group", process.group());
        result.put("status", (long) (fault == null ? Fault.SUCCESS.code : fault.code));
        result.put("description", fault == null ? "OK" : fault.text());
        return result;
    }
}
