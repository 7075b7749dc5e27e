package dev.pintle.init.core;

import dev.pintle.init.sys.ExitStatus;
import org.jspecify.annotations.Nullable;

/**
 * What came of one test of a service's health.
 *
 * @param at     when it was over
 * @param how    how it ended, in words: what it did
 * @param end    how its process ended; null where it did not, or could not be executed
 * @param output the end of what it printed, without blanks after it: a few hundred bytes of others' text
 */
public record TestResult(long at, String how, @Nullable ExitStatus end, String output) {
    /** Not trim: that takes away what a terminal would obey, of which the rest would tell nobody. */
    private static String withoutBlanks(String line) {
        int from = 0;
        while (from < line.length() && (line.charAt(from) == ' ' || line.charAt(from) == '\t')) {
            from++;
        }
        return line.substring(from);
    }

    /** How it ended, with the last line that it printed. */
    public String inOneLine() {
        int newline = Math.max(output.lastIndexOf('\n'), output.lastIndexOf('\r'));
        return output.isEmpty() ? how : how + ": " + withoutBlanks(output.substring(newline + 1));
    }
}
