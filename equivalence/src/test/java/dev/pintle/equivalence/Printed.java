package dev.pintle.equivalence;

/** What the probe prints: its name, and numbered lines. */
final class Printed {

    /** Bytes of a line with its end. */
    static final int LINE = 100;

    private Printed() {}

    /** All that a program prints to standard output with {@code lines:COUNT}. */
    static String text(String program, int lines) {
        StringBuilder text = new StringBuilder("stdout of " + program + "\n");
        for (int i = 0; i < lines; i++) {
            String number = String.valueOf(i);
            text.append("0".repeat(7 - number.length())).append(number).append(' ');
            text.append("0".repeat(LINE - 9)).append('\n');
        }
        return text.toString();
    }

    /** What it prints to standard error comes at any time. */
    static String withoutErrors(String text) {
        return text.replaceFirst("stderr of \\w+\n", "");
    }
}
