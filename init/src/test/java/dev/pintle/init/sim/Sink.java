package dev.pintle.init.sim;

import dev.pintle.init.sys.RawText;

/** Takes what is written and keeps it. */
final class Sink extends OpenFile {
    private final StringBuilder text = new StringBuilder();

    Sink(String description) {
        super(description);
    }

    String text() {
        return text.toString();
    }

    @Override
    boolean writable() {
        return true;
    }

    @Override
    int write(byte[] buffer, int offset, int length) {
        text.append(RawText.decode(buffer, offset, length));
        return length;
    }
}
