package dev.pintle.web.supervisord;

import dev.pintle.init.program.Client.NoReplyException;
import dev.pintle.web.xmlrpc.FaultException;
import org.jspecify.annotations.Nullable;

/** An answer that takes its time. */
public interface Later {
    /** How long to wait before it is asked for again, in milliseconds; supervisord's own. */
    long PAUSE = 50;

    /** The answer; null where it has not come so far. */
    @Nullable
    Object answer() throws FaultException, NoReplyException;
}
