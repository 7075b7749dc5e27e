package dev.pintle.init.log;

import dev.pintle.init.sys.ToolSys;
import java.util.Arrays;

/**
 * Reads what gzip has made (RFC 1952 and 1951) from front to back, a piece at a time. The file may be anybody's: what is not as
 * the format has it ends in {@link #DAMAGED}, and memory is that of the format's window, whatever the file says.
 */
public final class Gunzip {
    /** What {@link #read} gives where the file is none of gzip's, ends too soon, or has another checksum or size. */
    public static final int DAMAGED = Integer.MIN_VALUE;

    /** Bytes at the end of a file that tell what is in it. */
    public static final int TRAILER = 8;

    private static final int WINDOW = 32_768;
    private static final int PIECE = 4096;
    private static final int LONGEST_CODE = 15;
    private static final int END_OF_BLOCK = 256;
    private static final int MOST_LENGTHS = 286;
    private static final int MOST_DISTANCES = 30;
    private static final int WITH_CHECKSUM = 2;
    private static final int WITH_EXTRA = 4;
    private static final int WITH_NAME = 8;
    private static final int WITH_COMMENT = 16;
    /** The order in which lengths of the code for code lengths come (RFC 1951, 3.2.7): 16, 17, 18, 0, 8 … */
    private static final String ORDER = "QRSAIHJGKFLEMDNCOBP";

    /** What comes next in the file. */
    private enum Next {
        MEMBER,
        BLOCK,
        STORED,
        CODED,
        TRAILER,
        NOTHING
    }

    /** A code, as how many of its words have each length, and what they stand for in order. */
    private static final class Code {
        final short[] counts = new short[LONGEST_CODE + 1];
        final short[] symbols;

        Code(int most) {
            symbols = new short[most];
        }

        /** Takes the lengths of the words of all symbols; how many words are left over, below 0 where there are too many. */
        int build(byte[] lengths, int from, int count) {
            Arrays.fill(counts, (short) 0);
            for (int i = 0; i < count; i++) {
                counts[lengths[from + i]]++;
            }
            short[] places = new short[LONGEST_CODE + 1];
            int left = 1;
            for (int length = 1; length <= LONGEST_CODE; length++) {
                left = left * 2 - counts[length];
                if (left < 0) {
                    return left;
                }
                places[length] = (short) (length == 1 ? 0 : places[length - 1] + counts[length - 1]);
            }
            for (int i = 0; i < count; i++) {
                int length = lengths[from + i];
                if (length > 0) {
                    symbols[places[length]++] = (short) i;
                }
            }
            return left;
        }
    }

    private final ToolSys sys;
    private final int file;
    private final byte[] input = new byte[PIECE];
    private int inputAt;
    private int inputEnd;
    private long position;
    private int bits;
    private int bitCount;
    private int failure;

    private final byte[] window = new byte[WINDOW];
    private final byte[] lengths = new byte[MOST_LENGTHS + MOST_DISTANCES + 2];
    private final Code literals = new Code(MOST_LENGTHS + 2);
    private final Code distances = new Code(MOST_DISTANCES);
    private final Checksum checksum = new Checksum();
    private Next next = Next.MEMBER;
    private boolean last;
    /** Bytes of this member so far. */
    private long made;
    /** Bytes that are still to be copied: from the file in a stored block, else from the window. */
    private int left;

    private int distance;

    /** Reads an open file from its beginning; its offset stays as it is. */
    public Gunzip(ToolSys sys, int file) {
        this.sys = sys;
        this.file = file;
    }

    /**
     * Unpacks the next bytes.
     *
     * @return how many; 0 at the end; {@link #DAMAGED}, or why the file cannot be read as a negated errno. What was unpacked
     *     before comes first.
     */
    public int read(byte[] to, int offset, int length) {
        int got = 0;
        while (got < length && failure == 0 && next != Next.NOTHING) {
            int value = step();
            if (value >= 0 && failure == 0) {
                window[(int) (made++ & (WINDOW - 1))] = (byte) value;
                to[offset + got++] = (byte) value;
                checksum.add(to, offset + got - 1, offset + got);
            }
        }
        return got > 0 ? got : failure;
    }

    /** Whether a file, which is not packed, is what a packed one with this end has in it. */
    public static boolean fits(byte[] trailer, ToolSys sys, int file) {
        long size = sys.sizeOf(file);
        if (size < 0 || (int) size != number(trailer, 4)) {
            return false;
        }
        Checksum checksum = new Checksum();
        byte[] piece = new byte[PIECE];
        long at = 0;
        while (at < size) {
            int got = sys.readAt(file, at, piece, 0, PIECE);
            if (got <= 0) {
                return false;
            }
            checksum.add(piece, 0, got);
            at += got;
        }
        return checksum.value() == number(trailer, 0);
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    /** The next byte, or -1 where something else was next. */
    private int step() {
        switch (next) {
            case MEMBER -> beginMember();
            case BLOCK -> beginBlock();
            case STORED -> {
                if (left > 0) {
                    left--;
                    return take(8);
                }
                endBlock();
            }
            case CODED -> {
                return left > 0 ? copy() : decode();
            }
            case TRAILER -> endMember();
            case NOTHING -> {}
        }
        return -1;
    }

    private void fail() {
        if (failure == 0) {
            failure = DAMAGED;
        }
    }

    // The file's bytes and bits

    /** Whether there are more bytes. */
    private boolean hasMore() {
        if (inputAt == inputEnd) {
            int got = sys.readAt(file, position, input, 0, PIECE);
            inputAt = 0;
            inputEnd = Math.max(got, 0);
            position += inputEnd;
            if (got < 0 && failure == 0) {
                failure = got;
            }
        }
        return inputAt < inputEnd;
    }

    /** The next bits, the lowest first, at most 16; 0 where there are too few. */
    private int take(int count) {
        while (bitCount < count) {
            if (!hasMore()) {
                fail();
                return 0;
            }
            bits |= (input[inputAt++] & 0xff) << bitCount;
            bitCount += 8;
        }
        int value = bits & ((1 << count) - 1);
        bits >>>= count;
        bitCount -= count;
        return value;
    }

    private void skipToByte() {
        take(bitCount & 7);
    }

    private int takeInt() {
        int low = take(16);
        return low | take(16) << 16;
    }

    // Members

    private void beginMember() {
        if (position > 0 && !hasMore()) {
            next = Next.NOTHING;
            return;
        }
        boolean known = take(16) == 0x8b1f && take(8) == 8;
        int flags = take(8);
        if (!known || flags >= 2 * WITH_COMMENT) {
            fail();
            return;
        }
        // When it was made, how well, and where.
        skip(6);
        if ((flags & WITH_EXTRA) != 0) {
            skip(take(16));
        }
        if ((flags & WITH_NAME) != 0) {
            skipText();
        }
        if ((flags & WITH_COMMENT) != 0) {
            skipText();
        }
        if ((flags & WITH_CHECKSUM) != 0) {
            skip(2);
        }
        made = 0;
        checksum.clear();
        next = Next.BLOCK;
    }

    private void skip(int bytes) {
        for (int i = 0; i < bytes && failure == 0; i++) {
            take(8);
        }
    }

    private void skipText() {
        while (take(8) != 0) {
            // Up to its end.
        }
    }

    private void endMember() {
        skipToByte();
        if (takeInt() != checksum.value() || takeInt() != (int) made) {
            fail();
        }
        next = Next.MEMBER;
    }

    // Blocks

    private void beginBlock() {
        last = take(1) == 1;
        left = 0;
        switch (take(2)) {
            case 0 -> beginStored();
            case 1 -> beginFixed();
            case 2 -> beginDynamic();
            default -> fail();
        }
    }

    private void endBlock() {
        next = last ? Next.TRAILER : Next.BLOCK;
    }

    private void beginStored() {
        skipToByte();
        left = take(16);
        if ((take(16) ^ left) != 0xffff) {
            fail();
        }
        next = Next.STORED;
    }

    /** RFC 1951, 3.2.6. */
    private void beginFixed() {
        Arrays.fill(lengths, 0, 144, (byte) 8);
        Arrays.fill(lengths, 144, 256, (byte) 9);
        Arrays.fill(lengths, 256, 280, (byte) 7);
        Arrays.fill(lengths, 280, 288, (byte) 8);
        literals.build(lengths, 0, 288);
        Arrays.fill(lengths, 0, MOST_DISTANCES, (byte) 5);
        distances.build(lengths, 0, MOST_DISTANCES);
        next = Next.CODED;
    }

    /** RFC 1951, 3.2.7. A code may be incomplete only where it has a single word. */
    private void beginDynamic() {
        int literalCount = take(5) + 257;
        int distanceCount = take(5) + 1;
        int lengthCount = take(4) + 4;
        Arrays.fill(lengths, (byte) 0);
        for (int i = 0; i < lengthCount; i++) {
            lengths[ORDER.charAt(i) - 'A'] = (byte) take(3);
        }
        boolean right = literalCount <= MOST_LENGTHS && distanceCount <= MOST_DISTANCES;
        if (!right || literals.build(lengths, 0, ORDER.length()) != 0) {
            fail();
            return;
        }
        readLengths(literalCount + distanceCount);
        if (failure != 0
                || lengths[END_OF_BLOCK] == 0
                || !isUsable(literals, 0, literalCount)
                || !isUsable(distances, literalCount, distanceCount)) {
            fail();
        }
        next = Next.CODED;
    }

    private boolean isUsable(Code code, int from, int count) {
        int over = code.build(lengths, from, count);
        return over == 0 || (over > 0 && code.counts[0] + code.counts[1] == count);
    }

    /** Reads the lengths of words by the code that {@link #literals} holds for now. */
    private void readLengths(int count) {
        int at = 0;
        while (at < count && failure == 0) {
            int symbol = takeSymbol(literals);
            int value = 0;
            int times = 1;
            if (symbol < 16) {
                value = symbol;
            } else if (symbol == 16) {
                value = at > 0 ? lengths[at - 1] : -1;
                times = 3 + take(2);
            } else {
                times = symbol == 17 ? 3 + take(3) : 11 + take(7);
            }
            if (value < 0 || at + times > count) {
                fail();
                return;
            }
            Arrays.fill(lengths, at, at + times, (byte) value);
            at += times;
        }
    }

    /** What the next word stands for; -1 for none. */
    private int takeSymbol(Code code) {
        int word = 0;
        int first = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            word |= take(1);
            int count = code.counts[length];
            if (word - count < first) {
                return code.symbols[index + word - first];
            }
            index += count;
            first = (first + count) << 1;
            word <<= 1;
        }
        fail();
        return -1;
    }

    /** A byte, or the beginning of a copy, or the end of the block. */
    private int decode() {
        int symbol = takeSymbol(literals);
        if (symbol < END_OF_BLOCK) {
            return symbol;
        }
        if (symbol == END_OF_BLOCK) {
            endBlock();
            return -1;
        }
        int length = symbol - END_OF_BLOCK - 1;
        int extra = length < 8 ? 0 : (length >> 2) - 1;
        left = length == 28 ? 258 : length < 8 ? length + 3 : ((4 + (length & 3)) << extra) + 3 + take(extra);
        int far = takeSymbol(distances);
        int more = far < 4 ? 0 : (far >> 1) - 1;
        distance = far < 4 ? far + 1 : ((2 + (far & 1)) << more) + 1 + take(more);
        if (length > 28 || distance > made) {
            fail();
        }
        return -1;
    }

    private int copy() {
        left--;
        return window[(int) ((made - distance) & (WINDOW - 1))] & 0xff;
    }
}
