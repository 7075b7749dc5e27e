package dev.pintle.init.sys.teavm;

import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code struct stat}, laid out by the C compiler since it differs between architectures. */
@Include("sys/stat.h")
@Name("stat")
@Native(structKeyword = true)
@SuppressWarnings("MemberName")
final class Stat extends Structure {
    int st_mode;
    int st_uid;
    int st_gid;
    long st_nlink;
    long st_size;
    long st_dev;
    long st_ino;
}
