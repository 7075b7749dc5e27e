package dev.pintle.init.compat.runit;

import dev.pintle.init.sys.RawText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the file {@code config} of a log directory says (svlogd(8), "CONFIG"). */
final class LogConfig {
    private static final int SYSLOG_PORT = 514;
    private static final int MOST_PORT = 65_535;
    /** Leaves room for a factor. */
    private static final long LARGEST = 1L << 40;

    private static final byte[] NOTHING = {};

    /** Bytes of a file; 0 for no limit. */
    long maxSize = 1_000_000;
    /** Files that are kept beside the present one; 0 for no limit. */
    long most = 10;
    /** Files that are kept even where the disk is full. */
    long least = 10;
    /** Seconds that a file is written to; 0 for no limit. */
    long maxAge;
    /** What a file that was set aside is put through; empty for nothing. */
    String processor = "";
    /** Before every line. */
    byte[] prefix = NOTHING;
    /** Where lines are sent too; null for nowhere. */
    byte @Nullable [] address;

    int port;
    /** Whether lines are sent, and not written. */
    boolean sentOnly;
    /** Each with its first character: {@code + - e E}. */
    final List<byte[]> filters = new ArrayList<>();

    /** What is wrong with it, such as {@code unable to scan ip address: x}. */
    final List<String> troubles = new ArrayList<>();

    /** Of a directory that has none. */
    LogConfig() {}

    /** Reads the text of one. */
    LogConfig(String text) {
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            if (end > start) {
                take(text.charAt(start), text.substring(start + 1, end));
            }
            start = end + 1;
        }
    }

    private void take(char directive, String value) {
        switch (directive) {
            case 's' -> maxSize = number(value) * factor(value, 'k', 'm', 1024);
            case 'n' -> most = number(value);
            case 'N' -> least = number(value);
            case 't' -> maxAge = number(value) * factor(value, 'm', 'h', 60);
            case '!' -> processor = value.isEmpty() ? processor : value;
            case 'p' -> prefix = value.isEmpty() ? prefix : RawText.encode(value);
            case 'u' -> takeAddress(value);
            case 'U' -> {
                sentOnly = true;
                takeAddress(value);
            }
            case '+', '-', 'e', 'E' -> filters.add(RawText.encode(directive + value));
            default -> {}
        }
    }

    private static long number(String text) {
        return Math.min(Runit.leadingNumber(text), LARGEST);
    }

    /** What the letter after the digits multiplies them with. */
    private static long factor(String text, char once, char twice, long by) {
        int end = Runit.digits(text).length();
        char unit = end < text.length() ? text.charAt(end) : ' ';
        return unit == once ? by : unit == twice ? by * by : 1;
    }

    private void takeAddress(String text) {
        byte[] bytes = new byte[4];
        String rest = text;
        for (int i = 0; i < bytes.length; i++) {
            String digits = Runit.digits(rest);
            boolean dotted = i == bytes.length - 1 || rest.startsWith(".", digits.length());
            if (digits.isEmpty() || !dotted) {
                troubles.add("unable to scan ip address: " + text);
                return;
            }
            bytes[i] = (byte) number(digits);
            rest = rest.substring(i == bytes.length - 1 ? digits.length() : digits.length() + 1);
        }
        long given = rest.startsWith(":") ? number(rest.substring(1)) : SYSLOG_PORT;
        if (given == 0) {
            troubles.add("unable to scan port number: " + rest.substring(1));
            return;
        }
        address = bytes;
        port = (int) given & MOST_PORT;
    }

    /** Whether a line is selected; the last filter that matches decides. */
    boolean selects(byte[] line, int length) {
        return decide('+', '-', true, line, length);
    }

    /** Whether a line goes to standard error too. */
    boolean alerts(byte[] line, int length) {
        return decide('e', 'E', false, line, length);
    }

    private boolean decide(char yes, char no, boolean otherwise, byte[] line, int length) {
        for (int i = filters.size() - 1; i >= 0; i--) {
            byte[] filter = filters.get(i);
            boolean concerned = filter[0] == yes || filter[0] == no;
            if (concerned && LinePattern.matches(filter, 1, line, length)) {
                return filter[0] == yes;
            }
        }
        return otherwise;
    }
}
