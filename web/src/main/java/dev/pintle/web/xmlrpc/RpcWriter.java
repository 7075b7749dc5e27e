package dev.pintle.web.xmlrpc;

import java.util.List;
import java.util.Map;

/** Writes calls, responses and faults. What it writes is of this program's making, and a few levels deep. */
public final class RpcWriter {
    private static final String BEGIN = "<?xml version='1.0'?>\n";
    /** What stands for a character that XML has not. */
    private static final char REPLACEMENT = '\ufffd';

    private final StringBuilder text = new StringBuilder(BEGIN);

    private RpcWriter() {}

    /** A call. */
    public static String call(String method, List<?> values) {
        RpcWriter writer = new RpcWriter();
        writer.text.append("<methodCall>\n<methodName>");
        writer.escape(method);
        writer.text.append("</methodName>\n<params>\n");
        for (Object value : values) {
            writer.text.append("<param>\n");
            writer.value(value);
            writer.text.append("</param>\n");
        }
        return writer.text.append("</params>\n</methodCall>\n").toString();
    }

    /** A response. */
    public static String response(Object value) {
        RpcWriter writer = new RpcWriter();
        writer.text.append("<methodResponse>\n<params>\n<param>\n");
        writer.value(value);
        return writer.text.append("</param>\n</params>\n</methodResponse>\n").toString();
    }

    /** A response that is a fault. */
    public static String fault(FaultException fault) {
        RpcWriter writer = new RpcWriter();
        writer.text.append("<methodResponse>\n<fault>\n");
        writer.value(structure(fault));
        return writer.text.append("</fault>\n</methodResponse>\n").toString();
    }

    /** A fault as a value. */
    public static Map<String, Object> structure(FaultException fault) {
        return Map.of("faultCode", (long) fault.code, "faultString", fault.text());
    }

    private void value(Object value) {
        text.append("<value>");
        if (value instanceof List<?> list) {
            text.append("<array><data>\n");
            for (Object element : list) {
                value(element);
            }
            text.append("</data></array>");
        } else if (value instanceof Map<?, ?> map) {
            structure(map);
        } else {
            scalar(value);
        }
        text.append("</value>\n");
    }

    private void structure(Map<?, ?> map) {
        text.append("<struct>\n");
        for (Map.Entry<?, ?> member : map.entrySet()) {
            text.append("<member>\n<name>");
            escape(String.valueOf(member.getKey()));
            text.append("</name>\n");
            Object value = member.getValue();
            value(value == null ? Nil.NIL : value);
            text.append("</member>\n");
        }
        text.append("</struct>");
    }

    private void scalar(Object value) {
        if (value instanceof Boolean flag) {
            element("boolean", flag ? "1" : "0");
        } else if (value instanceof Long number) {
            element(number == number.intValue() ? "int" : "i8", Long.toString(number));
        } else if (value instanceof Decimal number) {
            element("double", number.text());
        } else if (value instanceof DateTime time) {
            element("dateTime.iso8601", time.text());
        } else if (value == Nil.NIL) {
            text.append("<nil/>");
        } else {
            element("string", value.toString());
        }
    }

    private void element(String type, String inside) {
        text.append('<').append(type).append('>');
        escape(inside);
        text.append("</").append(type).append('>');
    }

    /** What XML 1.0 has no place for, such as a byte that is no text, becomes visible as U+FFFD. */
    private void escape(String plain) {
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '&' -> text.append("&amp;");
                // A reader would make a newline of it.
                case '\r' -> text.append("&#13;");
                default -> text.append(isCharacter(plain, i) ? c : REPLACEMENT);
            }
        }
    }

    private static boolean isCharacter(String plain, int i) {
        char c = plain.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 < plain.length() && Character.isLowSurrogate(plain.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(plain.charAt(i - 1));
        }
        return (c >= ' ' || c == '\n' || c == '\t') && c < '\ufffe';
    }
}
