package dev.pintle.init.log;

import java.util.Arrays;

/**
 * Compresses as RFC 1951 describes, with fixed codes: half the size of a library's for text that repeats itself, which logs
 * do, in a twentieth of the code. Pieces are compressed each for itself and follow each other in one stream.
 */
final class Deflate {
    /** Bytes of the largest piece: matches reach back no further than the format lets them. */
    static final int LARGEST = 32_768;

    private static final int SHORTEST_MATCH = 3;
    private static final int LONGEST_MATCH = 258;
    private static final int HASH_BITS = 13;
    private static final int TRIES = 16;
    private static final int END_OF_BLOCK = 256;

    /** For each hash, the last place it was met, and one; 0 for none. */
    private final int[] last = new int[1 << HASH_BITS];
    /** For each place, the one before it with the same hash, and one. */
    private final int[] before = new int[LARGEST];

    /** A byte takes at most 9 bits. */
    private final byte[] output = new byte[LARGEST + LARGEST / 8 + 16];

    private int size;
    private long bits;
    private int bitCount;

    byte[] output() {
        return output;
    }

    /** How much of {@link #output} the last call has filled. */
    int size() {
        return size;
    }

    /** Compresses a piece as a block of its own. */
    void compress(byte[] input, int length) {
        size = 0;
        Arrays.fill(last, 0);
        put(0b010, 3);
        int at = 0;
        while (at < length) {
            int distance = 0;
            int best = SHORTEST_MATCH - 1;
            if (at + SHORTEST_MATCH <= length) {
                int candidate = last[hash(input, at)] - 1;
                for (int tries = 0; candidate >= 0 && tries < TRIES; tries++) {
                    int match = match(input, candidate, at, length);
                    if (match > best) {
                        best = match;
                        distance = at - candidate;
                    }
                    candidate = before[candidate] - 1;
                }
            }
            if (distance == 0) {
                putCode(input[at] & 0xff);
                note(input, at++, length);
            } else {
                putMatch(best, distance);
                for (int end = at + best; at < end; at++) {
                    note(input, at, length);
                }
            }
        }
        putCode(END_OF_BLOCK);
    }

    /** Ends the stream with an empty last block. */
    void end() {
        size = 0;
        put(0b011, 3);
        putCode(END_OF_BLOCK);
        put(0, (8 - bitCount) & 7);
    }

    private static int hash(byte[] input, int at) {
        int three = (input[at] & 0xff) | (input[at + 1] & 0xff) << 8 | (input[at + 2] & 0xff) << 16;
        return (three * 0x9E3779B1) >>> (32 - HASH_BITS);
    }

    private void note(byte[] input, int at, int length) {
        if (at + SHORTEST_MATCH <= length) {
            int hash = hash(input, at);
            before[at] = last[hash];
            last[hash] = at + 1;
        }
    }

    private static int match(byte[] input, int candidate, int at, int length) {
        int most = Math.min(LONGEST_MATCH, length - at);
        int match = 0;
        while (match < most && input[candidate + match] == input[at + match]) {
            match++;
        }
        return match;
    }

    /** Lengths and distances fall into classes, each with extra bits that tell the values of a class apart (3.2.5). */
    private void putMatch(int length, int distance) {
        if (length == LONGEST_MATCH) {
            putCode(285);
        } else {
            int value = length - SHORTEST_MATCH;
            int extra = value < 8 ? 0 : 29 - Integer.numberOfLeadingZeros(value);
            putCode(257 + extra * 4 + (value >> extra));
            put(value & ((1 << extra) - 1), extra);
        }
        int value = distance - 1;
        int extra = value < 4 ? 0 : 30 - Integer.numberOfLeadingZeros(value);
        putReversed(extra * 2 + (value >> extra), 5);
        put(value & ((1 << extra) - 1), extra);
    }

    /** The fixed code of a byte or length (3.2.6). */
    private void putCode(int symbol) {
        if (symbol < 144) {
            putReversed(0x30 + symbol, 8);
        } else if (symbol < 256) {
            putReversed(0x190 + symbol - 144, 9);
        } else if (symbol < 280) {
            putReversed(symbol - 256, 7);
        } else {
            putReversed(0xC0 + symbol - 280, 8);
        }
    }

    /** Codes are packed beginning with their highest bit, all else with the lowest (3.1.1). */
    private void putReversed(int code, int count) {
        put(Integer.reverse(code) >>> (32 - count), count);
    }

    private void put(int value, int count) {
        bits |= (long) value << bitCount;
        bitCount += count;
        while (bitCount >= 8) {
            output[size++] = (byte) bits;
            bits >>>= 8;
            bitCount -= 8;
        }
    }
}
