package dev.pintle.init.sys.teavm;

/** {@code <elf.h>}: what is read of an Elf64_Phdr, as offsets. */
final class ElfH {
    static final int PROGRAM_HEADER_SIZE = 56;
    static final int P_FLAGS = 4;
    static final int P_VADDR = 16;
    static final int P_MEMSZ = 40;
    static final int PT_LOAD = 1;
    static final int PF_W = 2;

    private ElfH() {}
}
