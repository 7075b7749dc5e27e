package dev.pintle.init.compat.runit;

/**
 * A pattern of svlogd(8): {@code *} stands for what has not the character that follows it, at the end for anything; {@code
 * +} for one or more of the character that follows it; anything else for itself.
 */
final class LinePattern {
    private LinePattern() {}

    /** Whether a pattern's part from {@code p} on matches the first {@code length} bytes of a line. */
    static boolean matches(byte[] pattern, int p, byte[] line, int length) {
        int at = 0;
        while (p < pattern.length) {
            byte c = pattern[p++];
            if (c == '*') {
                if (p == pattern.length) {
                    return true;
                }
                at = find(pattern[p], line, at, length);
                if (at == length) {
                    return false;
                }
            } else if (c == '+') {
                if (p == pattern.length || at == length || line[at] != pattern[p]) {
                    return false;
                }
                at = skip(pattern[p++], line, at, length);
                if (at == length) {
                    // Whatever the pattern still wants: so does the original.
                    return true;
                }
            } else if (at == length || line[at++] != c) {
                return false;
            }
        }
        return at == length;
    }

    private static int find(byte c, byte[] line, int from, int to) {
        int at = from;
        while (at < to && line[at] != c) {
            at++;
        }
        return at;
    }

    private static int skip(byte c, byte[] line, int from, int to) {
        int at = from;
        while (at < to && line[at] == c) {
            at++;
        }
        return at;
    }
}
