package dev.pintle.init.sim;

import dev.pintle.init.sys.RawText;

/** Takes what is written and keeps it, until it is full. */
final class Sink extends OpenFile {
    private final StringBuilder text = new StringBuilder();
    private final int capacity;

    Sink(String description, int capacity) {
        super(description);
        this.capacity = capacity;
    }

    String text() {
        return text.toString();
    }

    @Override
    boolean writable() {
        return text.length() < capacity;
    }

    @Override
    int write(byte[] buffer, int offset, int length) {
        text.append(RawText.decode(buffer, offset, length));
        return length;
    }
}
