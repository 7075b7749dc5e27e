package dev.pintle.init.sys.remote;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values one after the other, written at one end of the pipe and read at the other. */
final class Message {
    private byte[] bytes = new byte[256];
    private int end;
    private int at;

    Message() {}

    Message(byte[] bytes) {
        this.bytes = bytes;
        end = bytes.length;
    }

    byte[] bytes() {
        byte[] copy = new byte[end];
        System.arraycopy(bytes, 0, copy, 0, end);
        return copy;
    }

    Message put(int value) {
        if (bytes.length - end < 4) {
            byte[] larger = new byte[bytes.length * 2];
            System.arraycopy(bytes, 0, larger, 0, end);
            bytes = larger;
        }
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[end++] = (byte) (value >> shift);
        }
        return this;
    }

    Message putLong(long value) {
        return put((int) (value >> 32)).put((int) value);
    }

    Message putText(@Nullable String text) {
        put(text == null ? -1 : text.length());
        for (int i = 0; text != null && i < text.length(); i++) {
            put(text.charAt(i));
        }
        return this;
    }

    Message putTexts(@Nullable List<String> texts) {
        put(texts == null ? -1 : texts.size());
        if (texts != null) {
            for (String text : texts) {
                putText(text);
            }
        }
        return this;
    }

    Message putBytes(byte[] values, int offset, int length) {
        put(length);
        for (int i = 0; i < length; i++) {
            put(values[offset + i]);
        }
        return this;
    }

    Message putInts(int @Nullable [] values) {
        put(values == null ? -1 : values.length);
        for (int i = 0; values != null && i < values.length; i++) {
            put(values[i]);
        }
        return this;
    }

    int get() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | (bytes[at++] & 0xff);
        }
        return value;
    }

    long getLong() {
        long high = get();
        return high << 32 | (get() & 0xffffffffL);
    }

    @Nullable
    String getText() {
        int length = get();
        if (length < 0) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) get());
        }
        return text.toString();
    }

    String text() {
        String text = getText();
        return text == null ? "" : text;
    }

    @Nullable
    List<String> getTexts() {
        int size = get();
        if (size < 0) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(text());
        }
        return texts;
    }

    List<String> texts() {
        List<String> texts = getTexts();
        return texts == null ? new ArrayList<>() : texts;
    }

    byte[] getBytes() {
        byte[] values = new byte[get()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) get();
        }
        return values;
    }

    int @Nullable [] getInts() {
        int size = get();
        if (size < 0) {
            return null;
        }
        int[] values = new int[size];
        for (int i = 0; i < size; i++) {
            values[i] = get();
        }
        return values;
    }
}
