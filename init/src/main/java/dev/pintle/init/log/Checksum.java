package dev.pintle.init.log;

/** The checksum of the gzip format (RFC 1952, 8): CRC-32. */
final class Checksum {
    private static final int POLYNOMIAL = 0xEDB88320;

    private final int[] table = new int[256];
    private int value = -1;

    Checksum() {
        for (int i = 0; i < table.length; i++) {
            int entry = i;
            for (int bit = 0; bit < 8; bit++) {
                entry = (entry & 1) != 0 ? (entry >>> 1) ^ POLYNOMIAL : entry >>> 1;
            }
            table[i] = entry;
        }
    }

    /** Begins again. */
    void clear() {
        value = -1;
    }

    void add(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            value = (value >>> 8) ^ table[(value ^ bytes[i]) & 0xff];
        }
    }

    /** That of what was added so far. */
    int value() {
        return ~value;
    }
}
