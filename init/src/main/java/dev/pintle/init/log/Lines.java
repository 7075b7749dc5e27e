package dev.pintle.init.log;

/** Looks for the ends of lines. */
public final class Lines {
    private Lines() {}

    /** Behind the last line end between {@code from} and {@code to}; {@code from} where there is none. */
    public static int lastEnd(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** How many lines end between {@code from} and {@code to}. */
    public static int count(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                count++;
            }
        }
        return count;
    }
}
