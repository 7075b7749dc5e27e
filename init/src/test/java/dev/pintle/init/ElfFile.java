package dev.pintle.init;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The machine and the program headers of a 64-bit little-endian ELF file (elf(5)). */
final class ElfFile {
    static final int X86_64 = 62;
    static final int AARCH64 = 183;

    static final int LOAD = 1;
    static final int DYNAMIC = 2;
    static final int INTERPRETER = 3;
    static final int GNU_STACK = 0x6474e551;

    static final int EXECUTABLE = 1;
    static final int WRITABLE = 2;

    private static final int MAGIC = 0x464c457f;
    private static final int MACHINE_AT = 18;
    private static final int TABLE_OFFSET_AT = 32;
    private static final int ENTRY_SIZE_AT = 54;
    private static final int ENTRY_COUNT_AT = 56;

    record Segment(int type, int flags) {}

    private final int machine;
    private final List<Segment> segments = new ArrayList<>();

    ElfFile(byte[] bytes) {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (file.getInt(0) != MAGIC || file.get(4) != 2) {
            throw new IllegalArgumentException("no 64-bit ELF file");
        }
        machine = file.getShort(MACHINE_AT);
        int offset = (int) file.getLong(TABLE_OFFSET_AT);
        int size = file.getShort(ENTRY_SIZE_AT);
        for (int i = 0; i < file.getShort(ENTRY_COUNT_AT); i++) {
            segments.add(new Segment(file.getInt(offset + i * size), file.getInt(offset + i * size + 4)));
        }
    }

    int machine() {
        return machine;
    }

    List<Segment> segments(int type) {
        return segments.stream().filter(segment -> segment.type() == type).toList();
    }
}
