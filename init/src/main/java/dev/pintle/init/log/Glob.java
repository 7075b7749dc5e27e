package dev.pintle.init.log;

/** A pattern for whole lines: {@code *} stands for any text, {@code ?} for one byte. */
final class Glob {
    private final byte[] pattern;

    Glob(byte[] pattern) {
        this.pattern = pattern;
    }

    /** Goes back to the last star alone: no pattern takes longer than its length times the line's. */
    boolean matches(byte[] line, int from, int to) {
        int at = from;
        int p = 0;
        int star = -1;
        int resume = 0;
        while (at < to) {
            if (p < pattern.length && pattern[p] == '*') {
                star = p++;
                resume = at;
            } else if (p < pattern.length && (pattern[p] == '?' || pattern[p] == line[at])) {
                p++;
                at++;
            } else if (star >= 0) {
                p = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }
}
