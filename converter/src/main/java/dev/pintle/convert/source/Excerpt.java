package dev.pintle.convert.source;

import java.util.Arrays;

/** A text made of characters of a file, each of which knows its place there. */
public final class Excerpt {

    private final String text;
    /** One more than characters: the last is where the excerpt ends. */
    private final int[] offsets;

    private Excerpt(String text, int[] offsets) {
        this.text = text;
        this.offsets = offsets;
    }

    /** The text. */
    public String text() {
        return text;
    }

    /** The number of characters. */
    public int length() {
        return text.length();
    }

    /** The place in the file of the character at {@code index}; of the end, for the length. */
    public int offset(int index) {
        return offsets[index];
    }

    /** The place in the file behind the character before {@code index}: where a part that ends here ends. */
    public int offsetAfter(int index) {
        return index == 0 ? offsets[0] : offsets[index - 1] + 1;
    }

    /** The characters from {@code start} to before {@code end}. */
    public Excerpt part(int start, int end) {
        int[] part = Arrays.copyOfRange(offsets, start, end + 1);
        part[end - start] = end > start ? offsetAfter(end) : offsets[start];
        return new Excerpt(text.substring(start, end), part);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Collects characters. */
    public static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private int[] offsets = new int[64];

        /** Appends a character that stands at {@code offset} of the file. */
        public void add(char c, int offset) {
            if (text.length() + 1 >= offsets.length) {
                offsets = Arrays.copyOf(offsets, offsets.length * 2);
            }
            offsets[text.length()] = offset;
            text.append(c);
        }

        /** Appends all characters of another excerpt. */
        public void add(Excerpt from) {
            for (int i = 0; i < from.length(); i++) {
                add(from.text.charAt(i), from.offsets[i]);
            }
        }

        /** The excerpt, which ends at {@code end} of the file. */
        public Excerpt build(int end) {
            int[] exact = Arrays.copyOf(offsets, text.length() + 1);
            exact[text.length()] = end;
            return new Excerpt(text.toString(), exact);
        }
    }
}
