package dev.pintle.init.log;

import dev.pintle.init.sys.Timestamp;

/** Reads times as {@link Timestamp} writes them, and as RFC 3339 has them. */
public final class TimeReader {
    /** What stands for a time that is not known. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private static final long NANOS = 1_000_000_000L;
    /** What nanoseconds since 1970 have room for. */
    private static final int LAST_YEAR = 2261;

    private static final long LAST_SECOND = 9_200_000_000L;
    private static final byte[] OBJECT = {'{', '"', 't', 'i', 'm', 'e', '"', ':', '"'};

    private byte[] bytes = {};
    private int at;
    private int end;
    private boolean wrong;

    /** Where the last time that was read ends. */
    public int end() {
        return at;
    }

    /**
     * The time that a line begins with: of a logger, plain or in an object, or of the program that wrote it, in RFC 3339 with its
     * offset to UTC.
     *
     * @return nanoseconds since 1970, or {@link #UNKNOWN}; then {@link #end} is the line's beginning
     */
    public long ofLine(byte[] line, int from, int to) {
        begin(line, from, to);
        long time;
        if (at < end && bytes[at] == '@') {
            at++;
            time = tai64n();
        } else {
            skipObject();
            time = date(true);
        }
        at = time == UNKNOWN ? from : at;
        return time;
    }

    /** The time that a whole text is, in RFC 3339; UTC where it says no offset, midnight where it is a date. */
    public long ofText(byte[] text) {
        begin(text, 0, text.length);
        long time = date(false);
        return at == end ? time : UNKNOWN;
    }

    private void begin(byte[] text, int from, int to) {
        bytes = text;
        at = from;
        end = to;
        wrong = false;
    }

    /** Goes to the time of a logger's object. */
    private void skipObject() {
        int i = 0;
        while (i < OBJECT.length && at + i < end && bytes[at + i] == OBJECT[i]) {
            i++;
        }
        at += i == OBJECT.length ? i : 0;
    }

    private long tai64n() {
        long seconds = hex(16) - Timestamp.TAI_EPOCH;
        long nanos = hex(8);
        return wrong || seconds < 0 || seconds > LAST_SECOND || nanos >= NANOS ? UNKNOWN : seconds * NANOS + nanos;
    }

    private long hex(int digits) {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int c = at < end ? bytes[at++] : 0;
            boolean letter = c >= 'a' && c <= 'f';
            wrong |= !letter && (c < '0' || c > '9');
            value = value << 4 | (letter ? c - 'a' + 10 : c - '0');
        }
        return value;
    }

    private long date(boolean withOffset) {
        int year = number(4, 1970, LAST_YEAR);
        expect('-', '-');
        int month = number(2, 1, 12);
        expect('-', '-');
        int day = number(2, 1, 31);
        long time = days(year, month, day) * 86_400;
        if (!withOffset && at == end) {
            return wrong ? UNKNOWN : time * NANOS;
        }
        expect('T', ' ');
        time += number(2, 0, 23) * 3600L;
        expect(':', ':');
        time += number(2, 0, 59) * 60L;
        expect(':', ':');
        time += number(2, 0, 60);
        long fraction = fraction();
        time -= offset(withOffset);
        return wrong ? UNKNOWN : time * NANOS + fraction;
    }

    /** Nanoseconds. */
    private long fraction() {
        if (at == end || bytes[at] != '.') {
            return 0;
        }
        at++;
        long value = 0;
        long unit = NANOS;
        int first = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            unit /= 10;
            value += (bytes[at++] - '0') * unit;
        }
        wrong |= at == first;
        return value;
    }

    /** Seconds. */
    private long offset(boolean demanded) {
        int sign = at < end ? bytes[at] : 0;
        if (sign == 'Z') {
            at++;
            return 0;
        }
        if (sign != '+' && sign != '-') {
            wrong |= demanded;
            return 0;
        }
        at++;
        long hours = number(2, 0, 23);
        expect(':', ':');
        long seconds = hours * 3600 + number(2, 0, 59) * 60L;
        return sign == '-' ? -seconds : seconds;
    }

    private void expect(char one, char other) {
        wrong |= at == end || (bytes[at] != one && bytes[at] != other);
        at += wrong ? 0 : 1;
    }

    private int number(int digits, int least, int most) {
        int value = 0;
        for (int i = 0; i < digits && !wrong; i++) {
            int digit = at < end ? bytes[at] - '0' : -1;
            wrong = digit < 0 || digit > 9;
            value = value * 10 + digit;
            at += wrong ? 0 : 1;
        }
        wrong |= value < least || value > most;
        return value;
    }

    /** Since 1970; in the calendar that begins in March, the leap day is a year's last. */
    private static long days(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int ofYear = (153 * (month <= 2 ? month + 9 : month - 3) + 2) / 5 + day - 1;
        return shifted * 365L + shifted / 4 - shifted / 100 + shifted / 400 + ofYear - 719_468;
    }
}
