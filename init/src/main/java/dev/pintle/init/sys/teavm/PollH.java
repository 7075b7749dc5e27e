package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <poll.h>}. */
@Include("poll.h")
final class PollH {
    static final int POLLNVAL = 0x20;

    private PollH() {}

    @Import(name = "poll")
    static native int poll(Address entries, int count, int timeoutMillis);

    @Import(name = "ppoll")
    static native int ppoll(Address entries, int count, Address timeout, Address signalMask);
}
