package dev.pintle.init.sys;

/** Bytes as the inside of a JSON string (RFC 8259, 7). What is no UTF-8 becomes U+FFFD, as decoders have it. */
public final class JsonText {
    /** A control character takes six. */
    public static final int MOST_PER_BYTE = 6;

    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** Appends; where it ends. */
    public static int append(byte[] to, int at, byte[] bytes, int from, int end) {
        int i = from;
        while (i < end) {
            int b = bytes[i];
            if (b >= ' ' && b != '"' && b != '\\' && b != 0x7f) {
                to[at++] = (byte) b;
                i++;
            } else if (b >= 0) {
                at = escape(to, at, b);
                i++;
            } else {
                int length = RawText.sequenceLength(bytes, i, end);
                if (length == 0) {
                    at = escape(to, at, 0xFFFD);
                    i++;
                }
                for (int k = 0; k < length; k++) {
                    to[at++] = bytes[i++];
                }
            }
        }
        return at;
    }

    private static int escape(byte[] to, int at, int c) {
        to[at++] = '\\';
        if (c == '"' || c == '\\') {
            to[at++] = (byte) c;
        } else if (c == '\t') {
            to[at++] = 't';
        } else {
            to[at++] = 'u';
            for (int shift = 12; shift >= 0; shift -= 4) {
                to[at++] = (byte) HEX.charAt((c >> shift) & 15);
            }
        }
        return at;
    }
}
