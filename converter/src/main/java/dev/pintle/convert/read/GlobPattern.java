package dev.pintle.convert.read;

import java.util.stream.IntStream;

/** Matches one component of a path as Python's {@code fnmatch} does. */
public final class GlobPattern {

    private GlobPattern() {}

    /** Whether {@code text} has a character that stands for others. */
    public static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    /** Whether all of {@code name} matches; linear backtracking to the last star only. */
    public static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            int next = p < pattern.length() ? matchOne(pattern, p, name.charAt(n)) : -1;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (next >= 0) {
                p = next;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** Whether all parts of a path match those of a pattern. */
    public static boolean matchesPath(String[] pattern, String[] path) {
        return pattern.length == path.length
                && IntStream.range(0, path.length).allMatch(i -> matches(pattern[i], path[i]));
    }

    /** The index after the pattern's element at {@code p} where it matches {@code c}, else -1. */
    private static int matchOne(String pattern, int p, char c) {
        char element = pattern.charAt(p);
        if (element == '?') {
            return p + 1;
        }
        int close = element == '[' ? closingBracket(pattern, p) : -1;
        if (close < 0) {
            return element == c ? p + 1 : -1;
        }
        boolean negated = pattern.charAt(p + 1) == '!';
        boolean in = inSet(pattern, negated ? p + 2 : p + 1, close, c);
        return in != negated ? close + 1 : -1;
    }

    /** A bracket right after the opening one (or after {@code [!}) is an ordinary member; -1 where none closes. */
    private static int closingBracket(String pattern, int open) {
        int from = open + 1;
        if (from < pattern.length() && pattern.charAt(from) == '!') {
            from++;
        }
        return pattern.indexOf(']', from + 1);
    }

    private static boolean inSet(String pattern, int from, int to, char c) {
        for (int i = from; i < to; i++) {
            if (i + 2 < to && pattern.charAt(i + 1) == '-') {
                if (pattern.charAt(i) <= c && c <= pattern.charAt(i + 2)) {
                    return true;
                }
                i += 2;
            } else if (pattern.charAt(i) == c) {
                return true;
            }
        }
        return false;
    }
}
