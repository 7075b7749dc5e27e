package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** {@code <dirent.h>}. */
@Include("dirent.h")
final class DirentH {
    private DirentH() {}

    @Import(name = "opendir")
    static native Address opendir(Address path);

    @Import(name = "readdir")
    static native Address readdir(Address directory);

    @Import(name = "closedir")
    static native int closedir(Address directory);
}
