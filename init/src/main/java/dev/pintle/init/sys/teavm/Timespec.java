package dev.pintle.init.sys.teavm;

import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code struct timespec}. */
@Include("time.h")
@Name("timespec")
@Native(structKeyword = true)
@SuppressWarnings("MemberName")
final class Timespec extends Structure {
    long tv_sec;
    long tv_nsec;
}
