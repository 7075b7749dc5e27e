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
    /** How it ended, with the last line that it printed. */
    String inOneLine() {
        int newline = Math.max(output.lastIndexOf('\n'), output.lastIndexOf('\r'));
        return output.isEmpty()
                ? how
                : how + ": " + output.substring(newline + 1).trim();
    }
}
