package dev.pintle.web.xmlrpc;

/**
 * Takes XML (XML 1.0, 5th edition) apart, element by element, as far as XML-RPC needs it: attributes are ignored, and a document
 * type, which could define entities that grow, is refused.
 */
final class XmlReader {
    /** The longest that means something is of the character 10FFFF in hexadecimal digits; leading zeros may make it longer. */
    private static final int LONGEST_REFERENCE = 16;

    private static final String COMMENT = "<!--";
    private static final String CDATA = "<![CDATA[";
    private static final String INSTRUCTION = "<?";

    private final String text;
    private int at;
    /** The name of an element that has begun and is empty, so that its end is next; empty for none. */
    private String empty = "";

    XmlReader(String text) {
        this.text = text;
        at = text.startsWith("\ufeff") ? 1 : 0;
    }

    /** Takes the beginning of an element where one of that name is next. */
    boolean opens(String name) throws MalformedXmlException {
        skipBlanks();
        if (!empty.isEmpty() || !isNext("<" + name) || !endsName(at + 1 + name.length())) {
            return false;
        }
        open();
        return true;
    }

    /** Takes the beginning of an element of that name. */
    void open(String name) throws MalformedXmlException {
        if (!opens(name)) {
            throw malformed("<" + name + "> is expected");
        }
    }

    /** Takes the beginning of whatever element is next; its name. */
    String open() throws MalformedXmlException {
        skipBlanks();
        if (!empty.isEmpty() || !isNext("<") || isNext("</") || isNext("<!")) {
            throw malformed("an element is expected");
        }
        int end = at + 1;
        while (!endsName(end)) {
            end++;
        }
        String name = text.substring(at + 1, end);
        int close = endOfTag(end);
        empty = text.charAt(close - 1) == '/' ? name : "";
        at = close + 1;
        return name;
    }

    /** Takes the end of an element where one of that name ends next. */
    boolean closes(String name) throws MalformedXmlException {
        if (!empty.isEmpty()) {
            boolean is = empty.equals(name);
            empty = is ? "" : empty;
            return is;
        }
        skipBlanks();
        int end = at + 2 + name.length();
        if (!isNext("</" + name) || !endsName(end)) {
            return false;
        }
        at = endOfTag(end) + 1;
        return true;
    }

    /** Takes the end of an element of that name. */
    void close(String name) throws MalformedXmlException {
        if (!closes(name)) {
            throw malformed("</" + name + "> is expected");
        }
    }

    /** Takes the text up to the next tag. */
    String text() throws MalformedXmlException {
        StringBuilder read = new StringBuilder();
        while (empty.isEmpty() && at < text.length()) {
            char c = text.charAt(at);
            if (c == '&') {
                read.appendCodePoint(reference());
            } else if (c != '<') {
                read.append(c);
                at++;
            } else if (isNext(CDATA)) {
                read.append(upTo(CDATA, "]]>"));
            } else if (isNext(COMMENT)) {
                upTo(COMMENT, "-->");
            } else if (isNext(INSTRUCTION)) {
                upTo(INSTRUCTION, "?>");
            } else {
                break;
            }
        }
        return read.toString();
    }

    /** Sees to it that nothing follows. */
    void end() throws MalformedXmlException {
        skipBlanks();
        if (at < text.length()) {
            throw malformed("nothing more is expected");
        }
    }

    MalformedXmlException malformed(String why) {
        return new MalformedXmlException(why, at);
    }

    private void skipBlanks() throws MalformedXmlException {
        String skipped = text();
        for (int i = 0; i < skipped.length(); i++) {
            if (!isBlank(skipped.charAt(i))) {
                throw malformed("text is not expected");
            }
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private boolean isNext(String what) {
        return text.startsWith(what, at);
    }

    private boolean endsName(int place) {
        return place >= text.length()
                || isBlank(text.charAt(place))
                || text.charAt(place) == '/'
                || text.charAt(place) == '>';
    }

    /** Where a tag ends, whatever attributes it has. */
    private int endOfTag(int from) throws MalformedXmlException {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '>') {
                return i;
            } else if (c == '"' || c == '\'') {
                quote = c;
            }
        }
        throw malformed("a tag does not end");
    }

    private String upTo(String begin, String end) throws MalformedXmlException {
        int close = text.indexOf(end, at + begin.length());
        if (close < 0) {
            throw malformed(end + " is missing");
        }
        String inside = text.substring(at + begin.length(), close);
        at = close + end.length();
        return inside;
    }

    /** Takes a reference to a character; what it stands for. */
    private int reference() throws MalformedXmlException {
        int end = text.indexOf(';', at);
        if (end < 0 || end - at > LONGEST_REFERENCE) {
            throw malformed("& begins no reference");
        }
        int point = meaning(text.substring(at + 1, end));
        if (point < 0) {
            throw malformed("there is no such reference");
        }
        at = end + 1;
        return point;
    }

    private static int meaning(String name) {
        return switch (name) {
            case "lt" -> '<';
            case "gt" -> '>';
            case "amp" -> '&';
            case "quot" -> '"';
            case "apos" -> '\'';
            default -> name.startsWith("#x") ? number(name, 2, 16) : name.startsWith("#") ? number(name, 1, 10) : -1;
        };
    }

    private static int number(String name, int from, int radix) {
        int point = from == name.length() ? -1 : 0;
        for (int i = from; i < name.length() && point >= 0; i++) {
            int digit = "0123456789abcdef".indexOf(name.charAt(i) | 0x20);
            point = digit < 0 || digit >= radix ? -1 : point * radix + digit;
            point = point > Character.MAX_CODE_POINT ? -1 : point;
        }
        return point >= 0xd800 && point < 0xe000 ? -1 : point;
    }
}
