package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <time.h>}. */
@Include("time.h")
@SuppressWarnings("MemberName")
final class TimeH {
    static final int CLOCK_MONOTONIC = 1;
    static final int CLOCK_REALTIME = 0;

    private TimeH() {}

    @Import(name = "clock_gettime")
    static native int clock_gettime(int clock, Address time);
}
