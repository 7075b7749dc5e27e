package dev.pintle.init.sys.teavm;

import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code struct signalfd_siginfo}. */
@Include("sys/signalfd.h")
@Name("signalfd_siginfo")
@Native(structKeyword = true)
@SuppressWarnings("MemberName")
final class SignalfdSiginfo extends Structure {
    int ssi_signo;
    int ssi_code;
}
