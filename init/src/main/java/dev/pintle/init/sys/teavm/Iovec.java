package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code struct iovec}. */
@Include("sys/uio.h")
@Name("iovec")
@Native(structKeyword = true)
@SuppressWarnings({"MemberName", "NullAway.Init"})
final class Iovec extends Structure {
    Address iov_base;
    int iov_len;
}
