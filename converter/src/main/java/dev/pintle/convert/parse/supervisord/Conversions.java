package dev.pintle.convert.parse.supervisord;

import dev.pintle.convert.parse.supervisord.Value.Deferred;
import dev.pintle.convert.read.PythonText;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.Signals;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** supervisord's data types: what it takes for a number, a boolean, a size, a signal. */
final class Conversions {

    private static final Set<String> TRUE = Set.of("yes", "true", "on", "1");
    private static final Set<String> FALSE = Set.of("no", "false", "off", "0");
    private static final Map<String, Long> UNITS = Map.of("kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);
    private static final Map<String, Integer> LEVELS =
            Map.of("critical", 50, "error", 40, "warn", 30, "info", 20, "debug", 10, "trace", 5, "blather", 3);

    private static final int RTMIN = 34;
    private static final int RTMAX = 64;

    private Conversions() {}

    /** Turns text into a value. */
    interface Conversion<T> {
        /** Throws where supervisord would refuse the text. */
        T convert(String text) throws BadValueException;
    }

    /** Converts what is known now, and defers the rest. */
    static <T> Value<T> apply(Conversion<T> conversion, Text text) throws BadValueException {
        return text.isLiteral() ? Value.of(conversion.convert(text.toString())) : new Deferred<>(text);
    }

    /** Python's {@code int()}, as far as a long goes. */
    static long integer(String text) throws BadValueException {
        return number(text, 10);
    }

    /** Python's {@code int(x, 8)}. */
    static long octal(String text) throws BadValueException {
        return number(text, 8);
    }

    private static long number(String text, int radix) throws BadValueException {
        String digits = PythonText.strip(text);
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        if (radix == 8 && digits.toLowerCase(Locale.ROOT).startsWith("0o")) {
            digits = digits.substring(digits.startsWith("_", 2) ? 3 : 2);
        }
        if (!isNumber(digits, radix)) {
            throw new BadValueException("'" + text + "' is no " + (radix == 8 ? "octal " : "whole ") + "number");
        }
        BigInteger value = new BigInteger(digits.replace("_", ""), radix);
        if (value.bitLength() > 62) {
            throw new BadValueException("'" + text + "' is too large");
        }
        return negative ? -value.longValue() : value.longValue();
    }

    /** Digits, with single underscores between them. */
    private static boolean isNumber(String text, int radix) {
        boolean digitBefore = false;
        for (int i = 0; i < text.length(); i++) {
            boolean digit = Character.digit(text.charAt(i), radix) >= 0;
            if (!digit && !(digitBefore && text.charAt(i) == '_')) {
                return false;
            }
            digitBefore = digit;
        }
        return digitBefore;
    }

    static boolean bool(String text) throws BadValueException {
        String word = text.toLowerCase(Locale.ROOT);
        if (!TRUE.contains(word) && !FALSE.contains(word)) {
            throw new BadValueException(
                    "'" + text + "' is no boolean", 0, "supervisord knows true yes on 1 and false no off 0");
        }
        return TRUE.contains(word);
    }

    static long size(String text) throws BadValueException {
        String size = text.toLowerCase(Locale.ROOT);
        int unitAt = Math.max(0, size.length() - 2);
        Long factor = UNITS.get(size.substring(unitAt));
        try {
            return factor == null ? integer(size) : Math.multiplyExact(integer(size.substring(0, unitAt)), factor);
        } catch (BadValueException e) {
            throw new BadValueException("'" + text + "' is no size", 0, "supervisord knows bytes, KB, MB and GB: 50MB");
        } catch (ArithmeticException e) {
            throw new BadValueException("'" + text + "' is too large");
        }
    }

    static AutoRestart autoRestart(String text) throws BadValueException {
        if (text.equalsIgnoreCase("unexpected")) {
            return AutoRestart.UNEXPECTED;
        }
        try {
            return bool(text) ? AutoRestart.ALWAYS : AutoRestart.NEVER;
        } catch (BadValueException e) {
            throw new BadValueException("'" + text + "' is none of true, false and unexpected");
        }
    }

    static List<Integer> exitCodes(String text) throws BadValueException {
        List<Integer> codes = new ArrayList<>();
        if (text.isEmpty()) {
            return codes;
        }
        for (String item : text.split(",", -1)) {
            long code = integer(item);
            if (code < 0 || code > 255) {
                throw new BadValueException(code + " is no exit code", 0, "exit codes are 0 to 255");
            }
            codes.add((int) code);
        }
        return codes;
    }

    static int signal(String text) throws BadValueException {
        int number = signalNumber(text);
        if (number < 0) {
            throw new BadValueException("'" + text + "' is no signal", 0, "name one signal, such as TERM");
        }
        return number;
    }

    /** Of the real-time signals only the first and the last have a name in Python. */
    private static int signalNumber(String text) {
        try {
            long number = integer(text);
            return (number >= 1 && number <= 31) || number == RTMIN || number == RTMAX ? (int) number : -1;
        } catch (BadValueException e) {
            String name = PythonText.strip(text);
            boolean offset = name.indexOf('+') >= 0 || name.indexOf('-') >= 0;
            return offset || Ascii.isNumber(name) ? -1 : Signals.number(name);
        }
    }

    static int logLevel(String text) throws BadValueException {
        Integer level = LEVELS.get(text.toLowerCase(Locale.ROOT));
        if (level == null) {
            throw new BadValueException(
                    "'" + text + "' is no log level", 0, "the levels are critical error warn info debug trace blather");
        }
        return level;
    }

    /** A process or group name; {@code what} may still have conversions in it. */
    static String name(String text) throws BadValueException {
        String name = PythonText.strip(text);
        for (char c : new char[] {' ', ':', '/'}) {
            if (name.indexOf(c) >= 0) {
                throw new BadValueException(
                        "'" + name + "' has a '" + c + "' in it", 0, "a name has no ' ', ':' or '/'");
            }
        }
        return name;
    }

    /** A user; that it exists is known in the image only. With a group it is one for the supervisord written in Go. */
    static String user(String text) throws BadValueException {
        String[] parts = text.split(":", -1);
        if (parts.length > 2 || (parts.length == 2 && (parts[0].isEmpty() || parts[1].isEmpty()))) {
            throw new BadValueException("'" + text + "' is no user", 0, "write a user, or USER:GROUP");
        }
        return text;
    }

    /** A list, split at commas. */
    static List<Text> list(Text text) {
        List<Text> items = new ArrayList<>();
        if (text.isEmpty()) {
            return items;
        }
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.at(i) == ',') {
                items.add(strip(text.part(start, i)));
                start = i + 1;
            }
        }
        return items;
    }

    /** Without white space at the ends. */
    static Text strip(Text text) {
        int start = 0;
        int end = text.length();
        while (start < end && PythonText.isSpace(text.at(start))) {
            start++;
        }
        while (end > start && PythonText.isSpace(text.at(end - 1))) {
            end--;
        }
        return text.part(start, end);
    }
}
