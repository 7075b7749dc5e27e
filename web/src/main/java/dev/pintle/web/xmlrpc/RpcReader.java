package dev.pintle.web.xmlrpc;

import dev.pintle.init.sys.RawText;
import dev.pintle.layout.text.Ascii;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads calls and responses. */
public final class RpcReader {
    /** Arrays and structures in one another. */
    private static final int DEEPEST = 32;

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String VALUE = "value";

    private final XmlReader xml;
    /** Arrays and structures that have begun, the outermost first. */
    private final List<Container> open = new ArrayList<>();

    private RpcReader(String text) {
        xml = new XmlReader(text);
    }

    /** Reads a call. */
    public static MethodCall call(String text) throws MalformedXmlException {
        return new RpcReader(text).call();
    }

    /** Reads a response: its value. */
    public static Object response(String text) throws MalformedXmlException, FaultException {
        return new RpcReader(text).response();
    }

    private MethodCall call() throws MalformedXmlException {
        xml.open("methodCall");
        xml.open("methodName");
        String method = Ascii.trim(xml.text());
        xml.close("methodName");
        if (method.isEmpty()) {
            throw xml.malformed("a method's name is expected");
        }
        List<Object> values = new ArrayList<>();
        // Clients may leave it out where there are no arguments.
        if (xml.opens("params")) {
            while (xml.opens("param")) {
                values.add(value());
                xml.close("param");
            }
            xml.close("params");
        }
        xml.close("methodCall");
        xml.end();
        return new MethodCall(method, values);
    }

    private Object response() throws MalformedXmlException, FaultException {
        xml.open("methodResponse");
        if (xml.opens("fault")) {
            throw fault(value());
        }
        xml.open("params");
        xml.open("param");
        Object value = value();
        xml.close("param");
        xml.close("params");
        xml.close("methodResponse");
        xml.end();
        return value;
    }

    private static FaultException fault(Object value) {
        Object code = value instanceof Map<?, ?> map ? map.get("faultCode") : null;
        Object text = value instanceof Map<?, ?> map ? map.get("faultString") : null;
        return new FaultException(code instanceof Long number ? number.intValue() : 0, String.valueOf(text));
    }

    /** An array or a structure that is being read. */
    private static final class Container {
        private final @Nullable List<Object> array;
        private final Map<String, Object> structure = new LinkedHashMap<>();
        private String member = "";

        Container(boolean array) {
            this.array = array ? new ArrayList<>() : null;
        }

        void add(Object value) {
            if (array != null) {
                array.add(value);
            } else {
                structure.put(member, value);
            }
        }

        Object whole() {
            return array != null ? array : structure;
        }

        /** Takes what is before the next value in it, or its end; whether there is one. */
        boolean hasNext(XmlReader xml) throws MalformedXmlException {
            if (array != null) {
                if (xml.opens(VALUE)) {
                    return true;
                }
                xml.close("data");
                xml.close("array");
                return false;
            }
            if (!xml.opens("member")) {
                xml.close("struct");
                return false;
            }
            xml.open("name");
            member = xml.text();
            xml.close("name");
            xml.open(VALUE);
            return true;
        }

        void endOfValue(XmlReader xml) throws MalformedXmlException {
            if (array == null) {
                xml.close("member");
            }
        }
    }

    /** A value, with all that is in it. */
    private Object value() throws MalformedXmlException {
        xml.open(VALUE);
        while (true) {
            Object value = scalar();
            while (true) {
                if (value != null && open.isEmpty()) {
                    return value;
                }
                Container innermost = open.get(open.size() - 1);
                if (value != null) {
                    innermost.add(value);
                    innermost.endOfValue(xml);
                }
                if (innermost.hasNext(xml)) {
                    break;
                }
                xml.close(VALUE);
                value = innermost.whole();
                open.remove(open.size() - 1);
            }
        }
    }

    /** Takes the inside of a value and its end; null where an array or a structure has begun instead. */
    private @Nullable Object scalar() throws MalformedXmlException {
        String text = xml.text();
        if (xml.closes(VALUE)) {
            return text;
        }
        if (!Ascii.trim(text).isEmpty()) {
            throw xml.malformed("text is not expected beside an element");
        }
        String type = xml.open();
        if (type.equals("array") || type.equals("struct")) {
            begin(type.equals("array"));
            return null;
        }
        Object value = scalar(type, xml.text());
        xml.close(type);
        xml.close(VALUE);
        return value;
    }

    private void begin(boolean array) throws MalformedXmlException {
        if (open.size() == DEEPEST) {
            throw xml.malformed("there are values in one another more than " + DEEPEST + " deep");
        }
        if (array) {
            xml.open("data");
        }
        open.add(new Container(array));
    }

    private Object scalar(String type, String text) throws MalformedXmlException {
        return switch (type) {
            case "string" -> text;
            case "int", "i4", "i8" -> integer(Ascii.trim(text));
            case "boolean" -> Ascii.trim(text).equals("1");
            case "double" -> decimal(Ascii.trim(text));
            case "dateTime.iso8601" -> dateTime(Ascii.trim(text));
            case "base64" -> bytes(text);
            case "nil" -> Nil.NIL;
            default -> throw xml.malformed("there is no type " + type);
        };
    }

    private Long integer(String text) throws MalformedXmlException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw xml.malformed("a number is expected");
        }
    }

    private Decimal decimal(String text) throws MalformedXmlException {
        if (!Decimal.isOne(text)) {
            throw xml.malformed("a number is expected");
        }
        return new Decimal(text);
    }

    private DateTime dateTime(String text) throws MalformedXmlException {
        if (!DateTime.isOne(text)) {
            throw xml.malformed("a time such as 20261130T09:22:07 is expected");
        }
        return new DateTime(text);
    }

    /** Base64 (RFC 4648); blanks and ends of lines may be anywhere. */
    private String bytes(String text) throws MalformedXmlException {
        byte[] bytes = new byte[text.length() / 4 * 3 + 3];
        int size = 0;
        int digits = 0;
        int group = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = BASE64.indexOf(c);
            if (digit < 0 && c != '=' && !Ascii.isSpace(c) && c != '\r') {
                throw xml.malformed("base64 is expected");
            }
            if (digit >= 0) {
                group = group << 6 | digit;
                digits++;
                if (digits % 4 != 1) {
                    bytes[size++] = (byte) (group >> (((4 - digits % 4) % 4) * 2));
                }
            }
        }
        if (digits % 4 == 1) {
            throw xml.malformed("base64 is cut off");
        }
        return RawText.decode(bytes, 0, size);
    }
}
