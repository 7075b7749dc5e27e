package dev.pintle.init.sys.teavm;

/** {@code <elf.h>}. */
final class ElfH {
    static final int PT_LOAD = 1;
    static final int PF_W = 2;

    private ElfH() {}
}
