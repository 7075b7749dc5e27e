package dev.pintle.layout.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Signals by name and number, as Linux numbers them on amd64 and arm64. {@code RTMIN} is 34, as in glibc, which is what
 * those who write {@code RTMIN+3} mean; a number is always what it says.
 */
public final class Signals {

    /** The highest number. */
    public static final int MAX = 64;

    private static final int RTMIN = 34;

    private static final String[] NAMES = {
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS"
    };

    private Signals() {}

    /** The number of a signal written as {@code TERM}, {@code SIGTERM}, {@code term}, {@code 15} or {@code RTMIN+1}; else -1. */
    public static int number(String text) {
        if (Ascii.isNumber(text)) {
            int number = text.length() > 2 ? 0 : Integer.parseInt(text);
            return number >= 1 && number <= MAX ? number : -1;
        }
        String name = Ascii.upper(text);
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        for (int i = 1; i < NAMES.length; i++) {
            if (NAMES[i].equals(name)) {
                return i;
            }
        }
        return switch (name) {
            case "IOT" -> 6;
            case "CLD" -> 17;
            case "POLL" -> 29;
            default -> realTime(name);
        };
    }

    /** The usual name without {@code SIG}: {@code TERM}, {@code RTMIN+1}; the number where there is none. */
    public static String name(int number) {
        if (number >= 1 && number < NAMES.length) {
            return NAMES[number];
        }
        if (number == RTMIN) {
            return "RTMIN";
        }
        return number > RTMIN && number <= MAX ? "RTMIN+" + (number - RTMIN) : String.valueOf(number);
    }

    /** {@code did you mean} for a name that is near a signal's, or a word on what a signal looks like. */
    public static String hint(String text) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i < NAMES.length; i++) {
            names.add(NAMES[i]);
        }
        String name = Ascii.upper(text);
        String nearest = Nearest.didYouMean(name.startsWith("SIG") ? name.substring(3) : name, names);
        return nearest == null ? "write a name such as TERM, or a number from 1 to " + MAX : nearest;
    }

    private static int realTime(String name) {
        if (!name.startsWith("RTMIN") && !name.startsWith("RTMAX")) {
            return -1;
        }
        boolean fromLow = name.startsWith("RTMIN");
        int base = fromLow ? RTMIN : MAX;
        if (name.length() == 5) {
            return base;
        }
        String offset = name.substring(6);
        if (name.charAt(5) != (fromLow ? '+' : '-') || !Ascii.isNumber(offset) || offset.length() > 2) {
            return -1;
        }
        int number = base + (fromLow ? 1 : -1) * Integer.parseInt(offset);
        return number >= RTMIN && number <= MAX ? number : -1;
    }
}
