package dev.pintle.init.sys.teavm;

import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code struct rlimit}. */
@Include("sys/resource.h")
@Name("rlimit")
@Native(structKeyword = true)
@SuppressWarnings("MemberName")
final class Rlimit extends Structure {
    long rlim_cur;
    long rlim_max;
}
