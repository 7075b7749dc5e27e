package dev.pintle.init.control;

import dev.pintle.init.sys.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON (RFC 8259) as far as the protocol needs it: objects, arrays, strings, whole numbers, true, false and null, as Map,
 * List, String, Long, Boolean and null. Written by hand because the libraries for it need reflection.
 */
public final class Json {
    /** Nesting beyond this is refused, so that input cannot exhaust the stack. */
    private static final int DEEPEST = 8;

    /** Of names in one object. More could be made up so that to tell each from the others takes long. */
    private static final int MOST_NAMES = 64;

    private static final String HEX = "0123456789abcdef";

    /** Text that is not the JSON we take. */
    public static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String what, int at) {
            super(what + " at column " + (at + 1));
        }
    }

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** Reads one value that is all of {@code text}. */
    public static @Nullable Object parse(String text) throws MalformedException {
        Json json = new Json(text);
        Object value = json.value(0);
        json.skipBlanks();
        if (json.at < text.length()) {
            throw json.malformed("something follows the value");
        }
        return value;
    }

    private MalformedException malformed(String what) {
        return new MalformedException(what, at);
    }

    private @Nullable Object value(int depth) throws MalformedException {
        if (depth > DEEPEST) {
            throw malformed("too deeply nested");
        }
        skipBlanks();
        char c = at < text.length() ? text.charAt(at) : 0;
        return switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private @Nullable Object word(String word, @Nullable Object value) throws MalformedException {
        if (!text.startsWith(word, at)) {
            throw malformed("no value");
        }
        at += word.length();
        return value;
    }

    private Map<String, @Nullable Object> object(int depth) throws MalformedException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        at++;
        if (accept('}')) {
            return map;
        }
        do {
            skipBlanks();
            if (at >= text.length() || text.charAt(at) != '"') {
                throw malformed("no name");
            }
            if (map.size() >= MOST_NAMES) {
                throw malformed("too many names in an object");
            }
            String name = string();
            expect(':');
            map.put(name, value(depth + 1));
        } while (accept(','));
        expect('}');
        return map;
    }

    private List<@Nullable Object> array(int depth) throws MalformedException {
        List<@Nullable Object> list = new ArrayList<>();
        at++;
        if (accept(']')) {
            return list;
        }
        do {
            list.add(value(depth + 1));
        } while (accept(','));
        expect(']');
        return list;
    }

    private Long number() throws MalformedException {
        int start = at;
        boolean negative = at < text.length() && text.charAt(at) == '-';
        at += negative ? 1 : 0;
        long value = 0;
        int digits = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = value * 10 + (text.charAt(at++) - '0');
            digits++;
        }
        if (digits == 0 || digits > 18) {
            at = start;
            throw malformed("no value");
        }
        return negative ? -value : value;
    }

    private String string() throws MalformedException {
        StringBuilder string = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return string.toString();
            }
            if (c < ' ') {
                throw malformed("a control character in a string");
            }
            string.append(c == '\\' ? escape() : c);
        }
        throw malformed("a string without an end");
    }

    private char escape() throws MalformedException {
        char c = at < text.length() ? text.charAt(at++) : 0;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed("an escape that JSON does not have");
        };
    }

    private char unicode() throws MalformedException {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            char c = at < text.length() ? text.charAt(at++) : 0;
            int digit = HEX.indexOf(c >= 'A' && c <= 'F' ? (char) (c + 32) : c);
            if (digit < 0) {
                throw malformed("four hexadecimal digits are missing");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return;
            }
            at++;
        }
    }

    private boolean accept(char c) {
        skipBlanks();
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) throws MalformedException {
        if (!accept(c)) {
            throw malformed("'" + c + "' is missing");
        }
    }

    /** Writes a value of the kinds that {@link #parse} gives; Integer too. On one line. */
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(out, value);
        return out.toString();
    }

    /** Appends a value as {@link #write(Object)} writes it. */
    static void write(StringBuilder out, @Nullable Object value) {
        if (value instanceof String s) {
            writeString(out, s);
        } else if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                writeString(out, entry.getKey() instanceof String name ? name : "");
                out.append(':');
                write(out, entry.getValue());
                separator = ",";
            }
            out.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                if (i > 0) {
                    out.append(',');
                }
                write(out, list.get(i));
            }
            out.append(']');
        } else if (value instanceof Long n) {
            out.append(n.longValue());
        } else if (value instanceof Integer n) {
            out.append(n.intValue());
        } else {
            // Not append(Object): that brings the text of every class into the binary.
            out.append(value == null ? "null" : Boolean.TRUE.equals(value) ? "true" : "false");
        }
    }

    /** Whether strict readers take every character: none is half of a pair, as bytes that are no UTF-8 are here (see RawText). */
    static boolean isText(String string) {
        for (int i = 0; i < string.length(); i++) {
            if (isHalf(string, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHalf(String string, int i) {
        return Character.isSurrogate(string.charAt(i)) && !Printable.isHarmless(string, i);
    }

    /**
     * What would be more than text on a terminal is escaped: the line is UTF-8 and can be shown. What is no text becomes
     * visible, as a backslash, x and two digits: strict readers refuse half of a pair.
     */
    private static void writeString(StringBuilder out, String string) {
        out.append('"');
        int written = 0;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            boolean special = c == '"' || c == '\\';
            // What most characters are is asked first: replies are long.
            if (!special && ((c >= ' ' && c < 0x7f) || Printable.isHarmless(string, i))) {
                continue;
            }
            out.append(string, written, i);
            written = i + 1;
            if (special) {
                out.append('\\').append(c);
            } else if (isHalf(string, i)) {
                out.append('\\').append(Printable.line(string.substring(i, i + 1)));
            } else {
                out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15));
                out.append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
            }
        }
        if (written == 0) {
            out.append(string);
        } else {
            out.append(string, written, string.length());
        }
        out.append('"');
    }
}
