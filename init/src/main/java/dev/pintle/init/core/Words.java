package dev.pintle.init.core;

/** Numbers as people read them. */
final class Words {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private Words() {}

    /** A duration in the layout's own notation, with the precision that its size deserves: 250ms, 12s, 3m20s, 5h2m. */
    static String duration(long millis) {
        if (millis < SECOND) {
            return millis + "ms";
        }
        if (millis < MINUTE) {
            long tenths = millis % SECOND / 100;
            return millis / SECOND + (tenths == 0 || millis >= 10 * SECOND ? "" : "." + tenths) + "s";
        }
        if (millis < HOUR) {
            return millis / MINUTE + "m" + millis % MINUTE / SECOND + "s";
        }
        return millis / HOUR + "h" + millis % HOUR / MINUTE + "m";
    }
}
