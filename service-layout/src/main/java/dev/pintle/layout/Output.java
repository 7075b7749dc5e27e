package dev.pintle.layout;

import java.util.List;

/** Where a stream of output goes. */
public sealed interface Output {

    /** Whether a word is a destination, as {@code to} has it. */
    static boolean isWritten(String word) {
        return word.startsWith("file:")
                || word.equals("inherit")
                || word.equals("null")
                || word.equals(Stream.OUTPUT.text())
                || word.equals(Stream.ERROR.text());
    }

    /** A destination that needs no more to be said. */
    enum Fixed implements Output {
        /** The container's own stream. */
        INHERIT,
        /** {@code /dev/null}. */
        NULL,
        /** Wherever the other stream of the service goes. */
        OTHER_STREAM,
        /** A pipe that init holds, and the service's own log service reads; standard output only. */
        LOG_SERVICE
    }

    /**
     * A file, opened for appending by the child, after it has become its user.
     *
     * @param path absolute
     */
    record ToFile(String path) implements Output {}

    /**
     * A pipe that init holds, and a logger reads.
     *
     * @param options those of {@code pintle-log} that say what becomes of the lines
     */
    record ToLogger(List<String> options) implements Output {}
}
