package dev.pintle.s6;

import java.util.List;

/** What {@code test} says of words that are known. */
final class Conditions {

    private Conditions() {}

    /** 0 for true, 1 for false, -1 where it is more than two words are compared, or one is looked at. */
    static int test(List<String> words) {
        if (words.size() == 4 && words.get(0).equals("!")) {
            int result = test(words.subList(1, 4));
            return result < 0 ? -1 : 1 - result;
        }
        if (words.size() == 2 && (words.get(0).equals("-z") || words.get(0).equals("-n"))) {
            return words.get(1).isEmpty() == words.get(0).equals("-z") ? 0 : 1;
        }
        if (words.size() != 3) {
            return -1;
        }
        String left = words.get(0);
        String right = words.get(2);
        switch (words.get(1)) {
            case "=", "==" -> {
                return left.equals(right) ? 0 : 1;
            }
            case "!=" -> {
                return left.equals(right) ? 1 : 0;
            }
            default -> {
                long a = Text.number(left);
                long b = Text.number(right);
                return a < 0 || b < 0 ? -1 : compare(words.get(1), a, b);
            }
        }
    }

    private static int compare(String operator, long a, long b) {
        return switch (operator) {
            case "-eq" -> a == b ? 0 : 1;
            case "-ne" -> a != b ? 0 : 1;
            case "-gt" -> a > b ? 0 : 1;
            case "-ge" -> a >= b ? 0 : 1;
            case "-lt" -> a < b ? 0 : 1;
            case "-le" -> a <= b ? 0 : 1;
            default -> -1;
        };
    }
}
