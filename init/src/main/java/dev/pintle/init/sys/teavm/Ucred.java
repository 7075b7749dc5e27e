package dev.pintle.init.sys.teavm;

import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code struct ucred}. */
@Include("sys/socket.h")
@Name("ucred")
@Native(structKeyword = true)
@SuppressWarnings("MemberName")
final class Ucred extends Structure {
    int pid;
    int uid;
}
