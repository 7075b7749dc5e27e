package dev.pintle.init.sys;

/** Writes times as text. All are UTC. */
public final class Timestamp {
    private static final long NANOS = 1_000_000_000L;
    private static final long MILLIS = 1_000;
    private static final int NANOS_IN_MILLI = 1_000_000;
    private static final long DAY = 86_400;
    private static final int LONGEST = 32;
    /** TAI64 of 1970 (https://cr.yp.to/libtai/tai64.html), as daemontools counts: with 10 leap seconds. */
    public static final long TAI_EPOCH = 4611686018427387914L;

    private Timestamp() {}

    /** Appends {@code @} and 24 hexadecimal digits; where it ends. */
    public static int appendTai64n(byte[] to, int at, long nanos) {
        to[at] = '@';
        appendHex(to, at + 1, TAI_EPOCH + Math.floorDiv(nanos, NANOS), 16);
        appendHex(to, at + 17, Math.floorMod(nanos, NANOS), 8);
        return at + 25;
    }

    private static void appendHex(byte[] to, int at, long value, int digits) {
        for (int i = digits - 1; i >= 0; i--) {
            int digit = (int) (value & 15);
            to[at + i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
            value >>>= 4;
        }
    }

    /** Such as {@code 2026-11-24T06:40:58.123Z} (RFC 3339), for milliseconds since 1970. */
    public static String iso(long millis) {
        byte[] text = new byte[LONGEST];
        int inSecond = (int) Math.floorMod(millis, MILLIS) * NANOS_IN_MILLI;
        int end = appendDate(text, 0, Math.floorDiv(millis, MILLIS), inSecond, 'T', 3);
        text[end] = 'Z';
        return RawText.decode(text, 0, end + 1);
    }

    /** Appends {@code YYYY-MM-DD}, {@code separator}, {@code HH:MM:SS.} and digits of the fraction; where it ends. */
    public static int appendDate(byte[] to, int at, long nanos, char separator, int digits) {
        int inSecond = (int) Math.floorMod(nanos, NANOS);
        return appendDate(to, at, Math.floorDiv(nanos, NANOS), inSecond, separator, digits);
    }

    private static int appendDate(byte[] to, int at, long seconds, int inSecond, char separator, int digits) {
        long days = Math.floorDiv(seconds, DAY);
        int inDay = (int) Math.floorMod(seconds, DAY);
        // Days to a date in the calendar that begins in March, where the leap day is a year's last.
        long shifted = days + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int ofEra = (int) (shifted - era * 146_097);
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * ofYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        int end = appendNumber(to, at, year, 4, '-');
        end = appendNumber(to, end, month, 2, '-');
        end = appendNumber(to, end, ofYear - (153 * march + 2) / 5 + 1, 2, separator);
        end = appendNumber(to, end, inDay / 3600, 2, ':');
        end = appendNumber(to, end, inDay / 60 % 60, 2, ':');
        end = appendNumber(to, end, inDay % 60, 2, '.');
        int fraction = inSecond;
        for (int i = digits; i < 9; i++) {
            fraction /= 10;
        }
        return appendNumber(to, end, fraction, digits, ' ') - 1;
    }

    private static int appendNumber(byte[] to, int at, int number, int digits, char after) {
        for (int i = digits - 1; i >= 0; i--) {
            to[at + i] = (byte) ('0' + number % 10);
            number /= 10;
        }
        to[at + digits] = (byte) after;
        return at + digits + 1;
    }
}
