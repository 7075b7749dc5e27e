package dev.pintle.init.tool;

import dev.pintle.init.log.TimeReader;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.RawText;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;

/**
 * Which lines of a log are shown.
 *
 * @param lines how many at most, of those that are there at first; {@link #NOT_SAID} for what is usual
 * @param since nanoseconds since 1970 from which on lines count
 * @param until the last that count
 */
public record LogRange(int lines, long since, long until) {
    /** As many lines as is usual. */
    public static final int NOT_SAID = -1;

    private static final int USUAL = 100;
    private static final long NANOS_IN_MILLI = 1_000_000;

    /** The last lines. */
    static LogRange last(int lines) {
        return new LogRange(lines, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    boolean isByTime() {
        return since > Long.MIN_VALUE || until < Long.MAX_VALUE;
    }

    boolean has(long time) {
        return !isByTime() || (time >= since && time <= until && time != TimeReader.UNKNOWN);
    }

    /** How many lines are shown, of those whose times are known or of those without. */
    int most(boolean timed) {
        if (lines != NOT_SAID) {
            return lines;
        }
        return timed && isByTime() ? Integer.MAX_VALUE : USUAL;
    }

    /**
     * Reads a time, or a duration before now.
     *
     * @param now nanoseconds since 1970
     */
    public static long moment(String option, String text, long now) throws UsageException {
        long time = new TimeReader().ofText(RawText.encode(text));
        if (time != TimeReader.UNKNOWN) {
            return time;
        }
        try {
            char last = text.isEmpty() ? '0' : text.charAt(text.length() - 1);
            if (last < '0' || last > '9') {
                return now - Values.duration(text) * NANOS_IN_MILLI;
            }
        } catch (BadValueException e) {
            // It is neither.
        }
        throw new UsageException(
                option + " takes a duration such as 10m, or a time such as 2026-11-24T06:40:58Z, not " + text);
    }
}
