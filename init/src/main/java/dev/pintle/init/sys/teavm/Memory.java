package dev.pintle.init.sys.teavm;

import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/**
 * Gives back memory that was needed for a moment only: garbage, and the pages of this program's code. A page of code
 * comes back from the page cache when it is next executed.
 */
final class Memory {
    /** How long nothing must have happened before memory is given back. */
    static final int QUIET_MILLIS = 250;

    private Memory() {}

    static void trim() {
        System.gc();
        long header = SysAuxvH.getauxval(SysAuxvH.AT_PHDR);
        long count = SysAuxvH.getauxval(SysAuxvH.AT_PHNUM);
        // From the last: the headers themselves lie in the first segment, and would bring it back.
        for (long i = count - 1; i >= 0; i--) {
            trimSegment(Address.fromLong(header + i * Structure.sizeOf(Elf64Phdr.class))
                    .toStructure());
        }
    }

    /** Segments that may be written to hold more than the file does: they stay. */
    private static void trimSegment(Elf64Phdr header) {
        if (header.p_type == ElfH.PT_LOAD && (header.p_flags & ElfH.PF_W) == 0) {
            // Pages larger than the segment's alignment are refused, and then nothing is given back.
            SysMmanH.madvise(Address.fromLong(header.p_vaddr), header.p_memsz, SysMmanH.MADV_DONTNEED);
        }
    }
}
