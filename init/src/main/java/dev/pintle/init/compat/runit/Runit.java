package dev.pintle.init.compat.runit;

import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;

/** What runit's programs have in common. */
final class Runit {
    /** The exit code of a wrong command line. */
    static final int USAGE = 100;

    private Runit() {}

    /** A number as scan_ulong takes it: digits, or nothing for 0; -1 where it is none. */
    static long number(String text) {
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = Math.min(number * 10 + (c - '0'), Long.MAX_VALUE / 100);
        }
        return number;
    }

    /** The digits at the beginning, as scan_ulong takes them. */
    static String digits(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return text.substring(0, end);
    }

    /** The number that a text begins with; 0 where it begins with none. */
    static long leadingNumber(String text) {
        return number(digits(text));
    }

    /** The next option; one that is wrong ends the program with what getopt and it say. */
    static int next(Options options, String program, int code, String usage) throws FailureException {
        try {
            return options.next();
        } catch (UsageException e) {
            String what = e.valueMissing ? "option requires an argument" : "illegal option";
            throw FailureException.verbatim(
                    code, program + ": " + what + " -- " + e.option.substring(1) + "\n" + usage);
        }
    }
}
