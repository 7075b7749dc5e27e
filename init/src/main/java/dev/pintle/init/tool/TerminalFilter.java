package dev.pintle.init.tool;

import java.util.Arrays;

/**
 * What a service has written, as a terminal may be given it: lines, tabs and colours (SGR, ECMA-48 8.3.117) as they are; whatever else
 * a terminal would obey becomes visible, as {@code \x1b}. Colours end with their line. What comes in pieces is filtered as if it
 * came at once.
 */
final class TerminalFilter {
    private static final String HEX = "0123456789abcdef";
    private static final int ESC = 0x1b;
    /** The first byte of U+0080 to U+00BF in UTF-8; up to U+009F those are controls. */
    private static final int FIRST_OF_C1 = 0xc2;

    private static final int LONGEST_COLOUR = 32;
    private static final String PLAIN = "\033[0m";

    private byte[] out = new byte[256];
    private int size;
    /** What may become a colour, or a control in two bytes. */
    private final byte[] held = new byte[LONGEST_COLOUR];

    private int heldSize;
    /** Whether the last colour of this line was another than that of plain text. */
    private boolean coloured;
    /** How many bytes of a character in UTF-8 are still to come. */
    private int rest;

    /** Takes the first bytes of {@code bytes}; what is to be shown of them is in {@link #bytes}, up to {@link #size}. */
    void take(byte[] bytes, int count) {
        size = 0;
        for (int i = 0; i < count; i++) {
            take(bytes[i] & 0xff);
        }
    }

    /** Takes the end: what is to be shown after it. */
    void end() {
        size = 0;
        letGo(false);
        makePlain();
    }

    private void makePlain() {
        for (int i = 0; coloured && i < PLAIN.length(); i++) {
            put(PLAIN.charAt(i));
        }
        coloured = false;
    }

    byte[] bytes() {
        return out;
    }

    int size() {
        return size;
    }

    private void take(int c) {
        if (heldSize > 0 && goOn(c)) {
            return;
        }
        if (c == ESC || c == FIRST_OF_C1) {
            rest = 0;
            hold(c);
        } else if (rest > 0 && (c & 0xc0) == 0x80) {
            rest--;
            put(c);
        } else {
            rest = c >= 0xf0 && c < 0xf5 ? 3 : c >= 0xe0 ? 2 : c >= 0xc3 ? 1 : 0;
            rest = c >= 0xf5 ? 0 : rest;
            boolean text = c == '\n' || c == '\t' || (c >= ' ' && c < 0x7f) || rest > 0;
            if (text) {
                if (c == '\n') {
                    makePlain();
                }
                put(c);
            } else {
                show(c);
            }
        }
    }

    /** Whether a byte belongs to what is held; else that has been let go. */
    private boolean goOn(int c) {
        if ((held[0] & 0xff) == FIRST_OF_C1) {
            boolean pair = (c & 0xc0) == 0x80;
            letGo(pair && c > 0x9f);
            if (pair && c > 0x9f) {
                put(c);
            } else if (pair) {
                show(c);
            }
            return pair;
        }
        boolean begun = heldSize > 1;
        boolean parameter = begun && ((c >= '0' && c <= '9') || c == ';' || c == ':');
        if ((!begun && c == '[') || (parameter && heldSize < LONGEST_COLOUR - 1)) {
            hold(c);
            return true;
        }
        boolean colour = begun && c == 'm';
        if (colour) {
            coloured = !isPlain();
        }
        letGo(colour);
        if (colour) {
            put(c);
        }
        return colour;
    }

    /** Whether what is held is reset: no parameter, or only zeros. */
    private boolean isPlain() {
        for (int i = 2; i < heldSize; i++) {
            if (held[i] != '0' && held[i] != ';') {
                return false;
            }
        }
        return true;
    }

    private void hold(int c) {
        held[heldSize++] = (byte) c;
    }

    private void letGo(boolean harmless) {
        for (int i = 0; i < heldSize; i++) {
            int c = held[i] & 0xff;
            if (harmless || (c >= ' ' && c < 0x7f)) {
                put(c);
            } else {
                show(c);
            }
        }
        heldSize = 0;
    }

    private void show(int c) {
        put('\\');
        put('x');
        put(HEX.charAt(c >> 4));
        put(HEX.charAt(c & 15));
    }

    private void put(int c) {
        if (size == out.length) {
            out = Arrays.copyOf(out, 2 * size);
        }
        out[size++] = (byte) c;
    }
}
