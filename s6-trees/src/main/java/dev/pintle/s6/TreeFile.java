package dev.pintle.s6;

import org.jspecify.annotations.Nullable;

/**
 * A file of an image.
 *
 * @param path       absolute, in the container
 * @param kind       what it is, where links have been followed
 * @param text       its content; empty unless it is a regular file
 * @param executable whether it has an execute bit
 */
public record TreeFile(String path, Kind kind, String text, boolean executable) {

    /** Kinds of file. */
    public enum Kind {
        /** A regular file, or a link to one. */
        REGULAR,
        /** A link that leads nowhere in the image. */
        DANGLING,
        /** A socket, a FIFO, a device. */
        OTHER
    }

    boolean isRegular() {
        return kind == Kind.REGULAR;
    }

    /** What its first line has after {@code #!}, or null. */
    @Nullable
    String interpreter() {
        if (!text.startsWith("#!")) {
            return null;
        }
        int end = text.indexOf('\n');
        return Text.trim(text.substring(2, end < 0 ? text.length() : end));
    }

    /** Whether it is text, as far as one can tell. */
    boolean isText() {
        return isRegular() && text.indexOf('\0') < 0;
    }
}
