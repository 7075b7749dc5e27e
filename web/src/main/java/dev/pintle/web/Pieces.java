package dev.pintle.web;

import dev.pintle.init.sys.RawText;
import java.util.ArrayList;
import java.util.List;

/** Text as bytes in pieces: metrics of many services are megabytes, which nothing copies as a whole. */
final class Pieces {
    private static final int PIECE = 16 * 1024;

    private final List<byte[]> pieces = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();
    private int size;

    /** Text in one piece, where it is short. */
    static Pieces of(String text) {
        return new Pieces().add(text);
    }

    /** Adds text, all of its last character included. */
    Pieces add(String text) {
        open.append(text);
        if (open.length() >= PIECE) {
            close();
        }
        return this;
    }

    /** Adds bytes as they are. */
    Pieces add(byte[] bytes) {
        close();
        pieces.add(bytes);
        size += bytes.length;
        return this;
    }

    private void close() {
        if (open.length() > 0) {
            String text = open.toString();
            open.setLength(0);
            add(RawText.encode(text));
        }
    }

    /** The text so far. */
    List<byte[]> all() {
        close();
        return pieces;
    }

    /** Bytes so far. */
    int size() {
        close();
        return size;
    }
}
