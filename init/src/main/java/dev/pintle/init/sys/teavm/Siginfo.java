package dev.pintle.init.sys.teavm;

import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code siginfo_t}, as waitid(2) fills it. */
@Include("signal.h")
@Name("siginfo_t")
@Native(structKeyword = false)
@SuppressWarnings("MemberName")
final class Siginfo extends Structure {
    int si_pid;
    int si_code;
    int si_status;
}
