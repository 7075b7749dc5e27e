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
import org.jspecify.annotations.Nullable;

/** supervisord's data types: what it takes for a number, a boolean, a size, a signal. */
final class Conversions {

    private static final Set<String> TRUE = Set.of("yes", "true", "on", "1");
    private static final Set<String> FALSE = Set.of("no", "false", "off", "0");
    private static final Map<String, Long> UNITS = Map.of("kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);
    private static final Map<String, Integer> LEVELS =
            Map.of("critical", 50, "error", 40, "warn", 30, "info", 20, "debug", 10, "trace", 5, "blather", 3);

    /** What a variable in a value may stand for, or for a part of it. */
    private static final List<String> GUESSES = List.of("1", "TERM", "info", "mb");

    private static final int RTMIN = 34;
    private static final int RTMAX = 64;

    private Conversions() {}

    /** Turns text into a value. */
    interface Conversion<T> {
        /** Throws where supervisord would refuse the text. */
        T convert(String text) throws BadValueException;
    }

    /** Converts what is known now, and defers the rest, which has to be right for one value at least. */
    static <T> Value<T> apply(Conversion<T> conversion, Text text) throws BadValueException {
        if (text.isLiteral()) {
            return Value.of(conversion.convert(text.toString()));
        }
        BadValueException last = null;
        for (String guess : GUESSES) {
            try {
                conversion.convert(text.map(literal -> literal, variable -> guess));
                return new Deferred<>(text);
            } catch (BadValueException e) {
                last = e;
            }
        }
        throw new BadValueException(
                "whatever " + text.variables().get(0) + " is, " + (last == null ? "" : last.reason()),
                0,
                last == null ? null : last.hint());
    }

    /** Python's {@code int()}, as far as a long goes. */
    static long integer(String text) throws BadValueException {
        return number(text, 10);
    }

    static long port(String text) throws BadValueException {
        long number = integer(text);
        if (number < 1 || number > 0xffff) {
            throw new BadValueException(number + " is no port", 0, "ports are 1 to 65535");
        }
        return number;
    }

    /** Python's {@code int(x, 8)}. */
    static long octal(String text) throws BadValueException {
        return number(text, 8);
    }

    private static long number(String text, int radix) throws BadValueException {
        BigInteger value = wholeNumber(text, radix);
        if (value == null) {
            throw new BadValueException("'" + text + "' is no " + (radix == 8 ? "octal " : "whole ") + "number");
        }
        return bounded(text, value);
    }

    /** No one means more; Python's numbers have no end. */
    private static long bounded(String text, BigInteger value) throws BadValueException {
        if (value.bitLength() > 62) {
            throw new BadValueException("'" + text + "' is too large");
        }
        return value.longValue();
    }

    /** Null where Python sees no number; the separators of ASCII are no white space to {@code int()}. */
    private static @Nullable BigInteger wholeNumber(String text, int radix) {
        boolean separator = text.chars().anyMatch(c -> c >= 0x1c && c <= 0x1f);
        String digits = separator ? text : PythonText.strip(text);
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        if (radix == 8 && digits.toLowerCase(Locale.ROOT).startsWith("0o")) {
            digits = digits.substring(digits.startsWith("_", 2) ? 3 : 2);
        }
        if (!isNumber(digits, radix)) {
            return null;
        }
        BigInteger value = new BigInteger(digits.replace("_", ""), radix);
        return negative ? value.negate() : value;
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
        BigInteger number = wholeNumber(factor == null ? size : size.substring(0, unitAt), 10);
        if (number == null) {
            throw new BadValueException("'" + text + "' is no size", 0, "supervisord knows bytes, KB, MB and GB: 50MB");
        }
        return bounded(text, factor == null ? number : number.multiply(BigInteger.valueOf(factor)));
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

    /** supervisord takes one signal, the supervisord written in Go several with blanks between them. */
    static List<Integer> signals(String text) throws BadValueException {
        String[] names = PythonText.strip(text).split("[ \\t]+", -1);
        List<Integer> signals = new ArrayList<>();
        for (String name : names) {
            signals.add(signal(names.length == 1 ? text : name));
        }
        return signals;
    }

    /** Python's module {@code signal} has a few more names and a number, of what is no signal; supervisord takes them. */
    static int signal(String text) throws BadValueException {
        String name = PythonText.strip(text).toUpperCase(Locale.ROOT);
        int number = signalNumber(name);
        if (number == 0 || name.startsWith("SIG_") || name.startsWith("_")) {
            throw new BadValueException(
                    "'" + text + "' is no signal, though supervisord takes it",
                    0,
                    "name one signal, such as TERM; where it is to be killed at once, KILL");
        }
        if (number < 0) {
            throw new BadValueException("'" + text + "' is no signal", 0, "name one signal, such as TERM");
        }
        return number;
    }

    /** Of the real-time signals only the first and the last have a name in Python. */
    private static int signalNumber(String name) {
        try {
            long number = integer(name);
            return (number >= 0 && number <= 31) || number == RTMIN || number == RTMAX ? (int) number : -1;
        } catch (BadValueException e) {
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

    /** A user, or a user and a group; that they exist is known in the image only. No name has a line feed in it. */
    static String account(String text) throws BadValueException {
        int colon = text.indexOf(':');
        String user = colon < 0 ? text : text.substring(0, colon);
        String group = colon < 0 ? user : text.substring(colon + 1);
        if (user.isEmpty() || group.isEmpty() || group.indexOf(':') >= 0 || text.indexOf('\n') >= 0) {
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
