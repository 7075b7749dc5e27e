package dev.pintle.init.tool;

/** Moments as people and machines read them (RFC 3339), in UTC. */
final class Timestamps {
    private static final long DAY = 86_400_000;
    /** Days from 0000-03-01 to 1970-01-01 in the proleptic Gregorian calendar. */
    private static final long DAYS_TO_EPOCH = 719_468;

    private static final long DAYS_IN_ERA = 146_097;

    private Timestamps() {}

    /** Such as {@code 2026-11-24T06:40:58.123Z}, for milliseconds since 1970. */
    static String iso(long millis) {
        long days = Math.floorDiv(millis, DAY) + DAYS_TO_EPOCH;
        long rest = Math.floorMod(millis, DAY);
        // Years that begin in March end with the day that comes and goes; 400 of them are an era.
        long era = Math.floorDiv(days, DAYS_IN_ERA);
        long dayOfEra = Math.floorMod(days, DAYS_IN_ERA);
        long year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100);
        long month = (5 * dayOfYear + 2) / 153;
        long day = dayOfYear - (153 * month + 2) / 5 + 1;
        long calendarMonth = month < 10 ? month + 3 : month - 9;
        long calendarYear = year + era * 400 + (calendarMonth <= 2 ? 1 : 0);
        return digits(calendarYear, 4) + "-" + digits(calendarMonth, 2) + "-" + digits(day, 2) + "T"
                + digits(rest / 3_600_000, 2) + ":" + digits(rest / 60_000 % 60, 2) + ":"
                + digits(rest / 1000 % 60, 2) + "." + digits(rest % 1000, 3) + "Z";
    }

    private static String digits(long number, int width) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }
}
