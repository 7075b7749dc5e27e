package dev.pintle.web.supervisorctl;

import dev.pintle.init.program.Client.NoReplyException;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.web.supervisord.KernelBackend;
import dev.pintle.web.supervisord.Later;
import dev.pintle.web.supervisord.Supervisord;
import dev.pintle.web.xmlrpc.FaultException;
import java.util.List;

/** The init of this container, over its control socket. */
final class LocalServer extends RpcServer {
    private final ToolSys sys;
    private final Supervisord supervisord;

    LocalServer(ToolSys sys) {
        this.sys = sys;
        supervisord = KernelBackend.connect(sys);
    }

    @Override
    Object call(String method, List<Object> values) throws FaultException, UnreachableException {
        try {
            Object value = supervisord.call(method, values);
            while (value instanceof Later later) {
                sys.poll(new PollSet(), Later.PAUSE);
                Object answer = later.answer();
                value = answer == null ? later : answer;
            }
            return value;
        } catch (NoReplyException e) {
            throw new UnreachableException(UnreachableException.Why.MISSING, String.valueOf(e.getMessage()));
        }
    }
}
