package dev.pintle.layout.text;

import java.util.ArrayList;
import java.util.List;

/** Reads the kinds of value that are no service's own: numbers, durations, sizes, booleans, lists. */
public final class Values {

    /** Longer durations, in milliseconds, are mistakes: some thirty years. */
    private static final long MAX_DURATION = 1_000_000_000_000L;

    private static final String DURATION_HINT = "a duration is 250ms, 10s, 5m, 1h or 1m30s; a bare number is seconds";
    private static final String SIZE_HINT = "a size is a number of bytes, or 64k, 10m, 1g";

    private Values() {}

    /** Reads one kind of value. */
    public interface Reader<T> {
        /** The value that {@code text} stands for. */
        T read(String text) throws BadValueException;
    }

    /** {@code yes true on 1} or {@code no false off 0}, in any case. */
    public static boolean bool(String text) throws BadValueException {
        return switch (Ascii.lower(text)) {
            case "yes", "true", "on", "1" -> true;
            case "no", "false", "off", "0" -> false;
            default -> throw new BadValueException("it is neither yes nor no", "write yes or no");
        };
    }

    /** A number from 0 to {@code max}. */
    public static int count(String text, int max) throws BadValueException {
        return (int) integer(text, 0, max);
    }

    /** A number, with or without a sign. */
    public static long integer(String text, long min, long max) throws BadValueException {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        if (!Ascii.isNumber(digits)) {
            throw new BadValueException("it is not a whole number", "write a number from " + min + " to " + max);
        }
        long number = digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
        number = negative ? -number : number;
        if (number < min || number > max) {
            throw new BadValueException("it is out of range", "write a number from " + min + " to " + max);
        }
        return number;
    }

    /** Permission bits, 0 to {@code max}, in octal. */
    public static int octal(String text, int max) throws BadValueException {
        int bits = text.isEmpty() || text.length() > 6 ? -1 : 0;
        for (int i = 0; i < text.length() && bits >= 0; i++) {
            int digit = text.charAt(i) - '0';
            bits = digit < 0 || digit > 7 ? -1 : bits * 8 + digit;
        }
        if (bits < 0 || bits > max) {
            throw new BadValueException(
                    "it is not octal, up to " + Integer.toOctalString(max), "write octal digits, such as 022");
        }
        return bits;
    }

    /** Milliseconds. */
    public static long duration(String text) throws BadValueException {
        long total = 0;
        int i = 0;
        while (i < text.length()) {
            int whole = i;
            i = digitsEnd(text, i);
            int point = i;
            if (i < text.length() && text.charAt(i) == '.') {
                i = digitsEnd(text, i + 1);
            }
            int unitStart = i;
            while (i < text.length() && Ascii.isLetter(text.charAt(i))) {
                i++;
            }
            boolean only = whole == 0 && i == text.length();
            long unit = unit(text.substring(unitStart, i), only);
            total += millis(text.substring(whole, point), text.substring(point, unitStart), unit);
            if (total > MAX_DURATION) {
                throw new BadValueException("it is too long", null);
            }
        }
        if (text.isEmpty()) {
            throw new BadValueException("it is empty", DURATION_HINT);
        }
        return total;
    }

    private static long unit(String unit, boolean mayBeBare) throws BadValueException {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> {
                if (unit.isEmpty() && mayBeBare) {
                    yield 1000;
                }
                throw new BadValueException(
                        unit.isEmpty() ? "it is not a duration" : "'" + unit + "' is not a unit of time",
                        DURATION_HINT);
            }
        };
    }

    /** {@code fraction} is empty, or a point and digits. */
    private static long millis(String whole, String fraction, long unit) throws BadValueException {
        if ((whole.isEmpty() && fraction.isEmpty())
                || fraction.length() == 1
                || whole.length() > 12
                || fraction.length() > 10) {
            throw new BadValueException("it is not a duration", DURATION_HINT);
        }
        long millis = (whole.isEmpty() ? 0 : Long.parseLong(whole)) * unit;
        if (fraction.length() > 1) {
            long scale = 1;
            for (int i = 1; i < fraction.length(); i++) {
                scale *= 10;
            }
            long part = Long.parseLong(fraction.substring(1)) * unit;
            if (part % scale != 0) {
                throw new BadValueException("it is finer than a millisecond", DURATION_HINT);
            }
            millis += part / scale;
        }
        return millis;
    }

    /** Bytes; {@code k}, {@code m} and {@code g}, with or without {@code b} after them, are powers of 1024. */
    public static long size(String text) throws BadValueException {
        int end = digitsEnd(text, 0);
        long unit = switch (Ascii.lower(text.substring(end))) {
            case "", "b" -> 1L;
            case "k", "kb" -> 1L << 10;
            case "m", "mb" -> 1L << 20;
            case "g", "gb" -> 1L << 30;
            default -> 0L;
        };
        if (end == 0 || end > 18 || unit == 0) {
            throw new BadValueException("it is not a size", SIZE_HINT);
        }
        long number = Long.parseLong(text.substring(0, end));
        if (number > Long.MAX_VALUE / unit) {
            throw new BadValueException("it is too large", SIZE_HINT);
        }
        return number * unit;
    }

    /** A signal's number. */
    public static int signal(String text) throws BadValueException {
        int number = Signals.number(text);
        if (number < 0) {
            throw new BadValueException("there is no such signal", Signals.hint(text));
        }
        return number;
    }

    /**
     * An item of a list.
     *
     * @param text   never empty
     * @param offset of its first character in the list's text
     */
    public record Item(String text, int offset) {}

    /** The items of a list, which commas, white space or both separate. */
    public static List<Item> items(String text) {
        List<Item> items = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean between = i == text.length() || text.charAt(i) == ',' || Ascii.isSpace(text.charAt(i));
            if (between && start >= 0) {
                items.add(new Item(text.substring(start, i), start));
                start = -1;
            } else if (!between && start < 0) {
                start = i;
            }
        }
        return items;
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && Ascii.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
