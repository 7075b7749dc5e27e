package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code struct dirent}. */
@Include("dirent.h")
@Name("dirent")
@Native(structKeyword = true)
@SuppressWarnings({"MemberName", "NullAway.Init"})
final class Dirent extends Structure {
    Address d_name;
}
