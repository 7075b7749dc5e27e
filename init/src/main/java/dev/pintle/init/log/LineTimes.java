package dev.pintle.init.log;

import dev.pintle.init.launch.LogPipes;
import dev.pintle.init.sys.ToolSys;

/**
 * When the lines came that a logger keeps in memory. The file in memory begins with a ring of records, one for each piece that
 * was taken from the pipe: where that ended, and when it came. Only a logger of a container without {@code /proc} writes none.
 */
public final class LineTimes {
    private static final int RECORD = 2 * Long.BYTES;
    private static final int MOST = (int) LogPipes.TIMES / RECORD;

    private final long[] ends = new long[MOST];
    private final long[] times = new long[MOST];
    private int count;
    private int at;

    // Writing

    /** A ring that is written to. */
    static final class Writer {
        private final ToolSys sys;
        private final int file;
        private final byte[] record = new byte[RECORD];
        private long place;

        /** A ring in a file in memory, after what a logger has written that was killed. */
        Writer(ToolSys sys, int hold) {
            this.sys = sys;
            // The offset of the hold itself says how far lines have been written.
            file = sys.open("/proc/self/fd/" + hold, ToolSys.WRITE, 0);
            long newest = 0;
            for (long from = 0;
                    from < LogPipes.TIMES && sys.readAt(hold, from, record, 0, RECORD) == RECORD;
                    from += RECORD) {
                long end = number(record, 0);
                if (end < newest || end == 0) {
                    break;
                }
                newest = end;
                place = from + RECORD;
            }
        }

        /** Notes when what ends here came. */
        void note(long end) {
            if (file < 0) {
                return;
            }
            put(0, end);
            put(Long.BYTES, sys.wallClockNanos());
            sys.seek(file, place % LogPipes.TIMES);
            sys.write(file, record, 0, RECORD);
            place += RECORD;
        }

        /** The ring is empty again. */
        void startOver() {
            place = 0;
        }

        private void put(int offset, long number) {
            for (int i = 0; i < Long.BYTES; i++) {
                record[offset + i] = (byte) (number >> (Long.SIZE - Byte.SIZE * (i + 1)));
            }
        }
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            number = (number << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return number;
    }

    // Reading

    /** Takes the ring as it is by now, of which this much could be read. */
    public void read(byte[] ring, int size) {
        int oldest = 0;
        for (int i = RECORD; i + RECORD <= size && oldest == 0; i += RECORD) {
            oldest = number(ring, i) < number(ring, i - RECORD) ? i : 0;
        }
        count = 0;
        for (int i = 0; i + RECORD <= size; i += RECORD) {
            int from = (oldest + i) % size;
            if (number(ring, from) > 0) {
                ends[count] = number(ring, from);
                times[count++] = number(ring, from + Long.BYTES);
            }
        }
        at = 0;
    }

    /**
     * When the byte at a place came, in nanoseconds since 1970, or {@link TimeReader#UNKNOWN}; what lies before it is not asked for
     * any more. Of a full ring the oldest record only says where the next piece begins: what lies before that may have come earlier.
     */
    public long of(long place) {
        while (at < count && ends[at] <= place) {
            at++;
        }
        return at < count && (at > 0 || count < MOST) ? times[at] : TimeReader.UNKNOWN;
    }

    /** Begins again with the oldest. */
    public void rewind() {
        at = 0;
    }
}
