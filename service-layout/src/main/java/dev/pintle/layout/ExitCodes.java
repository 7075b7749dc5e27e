package dev.pintle.layout;

import java.util.List;

/**
 * The ends of a process that count as success: exit codes, and signals that it died of.
 *
 * @param codes   exit codes, 0 to 255
 * @param signals signal numbers
 */
public record ExitCodes(List<Integer> codes, List<Integer> signals) {

    /** Only exit code 0. */
    public static final ExitCodes ZERO = new ExitCodes(List.of(0), List.of());

    /** Whether an exit with {@code code} counts as success. */
    public boolean containsCode(int code) {
        return isIn(codes, code);
    }

    /** Whether death by {@code signal} counts as success. */
    public boolean containsSignal(int signal) {
        return isIn(signals, signal);
    }

    private static boolean isIn(List<Integer> numbers, int wanted) {
        for (int number : numbers) {
            if (number == wanted) {
                return true;
            }
        }
        return false;
    }
}
