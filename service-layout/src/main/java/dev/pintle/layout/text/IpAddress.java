package dev.pintle.layout.text;

import org.jspecify.annotations.Nullable;

/** Numeric addresses: IPv4 in four numbers, IPv6 by RFC 4291, and {@code localhost}. Names are not looked up. */
public final class IpAddress {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    private IpAddress() {}

    /** The 4 or 16 bytes of an address; null where {@code text} is none. IPv6 may stand in brackets. */
    public static byte @Nullable [] parse(String text) {
        if (text.equals("localhost")) {
            return new byte[] {127, 0, 0, 1};
        }
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String bare = bracketed ? text.substring(1, text.length() - 1) : text;
        return bare.indexOf(':') >= 0 ? v6(bare) : bracketed ? null : v4(bare);
    }

    private static byte @Nullable [] v4(String text) {
        byte[] address = new byte[V4_BYTES];
        int at = 0;
        for (int i = 0; i < V4_BYTES; i++) {
            int end = i < V4_BYTES - 1 ? text.indexOf('.', at) : text.length();
            int number = end < 0 ? -1 : number(text, at, end, 10, 3, 255);
            if (number < 0) {
                return null;
            }
            address[i] = (byte) number;
            at = end + 1;
        }
        return address;
    }

    private static byte @Nullable [] v6(String text) {
        int gap = text.indexOf("::");
        byte[] address = new byte[V6_BYTES];
        if (gap < 0) {
            return groups(text, address, 0) == V6_BYTES ? address : null;
        }
        byte[] tail = new byte[V6_BYTES];
        int head = groups(text.substring(0, gap), address, 0);
        int rest = groups(text.substring(gap + 2), tail, 0);
        if (head < 0 || rest < 0 || head + rest > V6_BYTES - 2) {
            return null;
        }
        System.arraycopy(tail, 0, address, V6_BYTES - rest, rest);
        return address;
    }

    /** Writes groups of four hexadecimal digits; how many bytes they are, or -1 where they are none. */
    private static int groups(String text, byte[] into, int from) {
        int size = from;
        int at = 0;
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            int number = number(text, at, end, 16, 4, 0xffff);
            if (number < 0 || size == V6_BYTES || end == text.length() - 1) {
                return -1;
            }
            into[size++] = (byte) (number >> 8);
            into[size++] = (byte) number;
            at = end + 1;
        }
        return size;
    }

    private static int number(String text, int from, int to, int base, int mostDigits, int most) {
        if (to <= from || to - from > mostDigits) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c >= '0' && c <= '9'
                    ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : base;
            if (digit >= base) {
                return -1;
            }
            number = number * base + digit;
        }
        return number > most ? -1 : number;
    }
}
