package dev.pintle.init.sys.teavm;

import org.teavm.interop.Structure;
import org.teavm.interop.c.Include;
import org.teavm.interop.c.Name;
import org.teavm.interop.c.Native;

/** {@code Elf64_Phdr}, a program header (elf(5)). */
@Include("elf.h")
@Name("Elf64_Phdr")
@Native(structKeyword = false)
@SuppressWarnings("MemberName")
final class Elf64Phdr extends Structure {
    int p_type;
    int p_flags;
    long p_vaddr;
    long p_memsz;
}
