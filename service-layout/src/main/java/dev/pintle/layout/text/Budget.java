package dev.pintle.layout.text;

import org.jspecify.annotations.Nullable;

/**
 * What a layout may take, counted while it is read. Variables, instances and families multiply: a few lines can stand for
 * more than any heap holds, so a layout that goes beyond a limit is given up there, and not once all of it is made.
 */
public final class Budget {
    /**
     * Services: instances, log services and loggers count. With this many, and as many edges as there may be, no turn of PID 1's
     * loop takes 50 ms.
     */
    public static final int MOST_SERVICES = 1_500;

    /** Edges between services: a family on a family of a hundred each has ten thousand. */
    public static final int MOST_EDGES = 16_384;

    /** Characters of the values of all services, as written or interpolated, whichever are more, with {@link #PER_VALUE} for each. */
    public static final int MOST_VALUES = 2 << 20;

    /** Characters of all files. */
    public static final int MOST_TEXT = 8 << 20;

    /** Entries of one directory: to list more would take PID 1 longer than it may be away. */
    public static final int MOST_ENTRIES = 2_048;

    /** Sections of a file. */
    public static final int MOST_SECTIONS = 64;

    /** Keys of a section: variables of {@code [environment]}; and of those of {@code env/}, and of files, as many each. */
    public static final int MOST_VARIABLES = 1_024;

    /** What an entry of a directory counts for when work is measured: a look at it takes as long as to read so many characters. */
    private static final int PER_ENTRY = 256;

    /** What a word, an item of a list or a variable counts for besides its length. */
    public static final int PER_VALUE = 32;

    private static final String WHAT = "read the layout";
    static final String HINT = "service.conf(5) has the limits of a layout";

    private int services;
    private long edges;
    private long values;
    private long text;
    private long entries;

    /** A limit was exceeded, and reported: the rest of the layout is not read. */
    public static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Counts services that are about to be made. */
    public void addServices(int count, Position at, Diagnostics diagnostics) {
        services += count;
        require(services <= MOST_SERVICES, "it has more than " + MOST_SERVICES + " services", at, diagnostics);
    }

    /** Counts edges that are about to be made. */
    public void addEdges(int count, Position at, Diagnostics diagnostics) {
        edges += count;
        require(
                edges <= MOST_EDGES,
                "its services depend on, or come after, each other in more than " + MOST_EDGES + " ways",
                at,
                diagnostics);
    }

    /** Counts a value. */
    public void addValue(int length, Position at, Diagnostics diagnostics) {
        require(takesValue(length), valuesCause(), at, diagnostics);
    }

    /** Counts the text of a value, which is read whatever comes of it. */
    public void addReading(int length, Position at, Diagnostics diagnostics) {
        addValue(length - PER_VALUE, at, diagnostics);
    }

    /** Likewise, for who has only a listener. */
    void addValue(int length, Interpolation.Listener listener) {
        if (!takesValue(length)) {
            listener.error(0, "too-large", WHAT, valuesCause(), HINT);
            throw new ExceededException();
        }
    }

    private boolean takesValue(int length) {
        values += length + PER_VALUE;
        return values <= MOST_VALUES;
    }

    private static String valuesCause() {
        return "the values of all its services together are longer than " + MOST_VALUES + " characters";
    }

    /** Counts the text of a file; null for none. */
    public void addText(@Nullable String read, String file, Diagnostics diagnostics) {
        text += read == null ? 0 : read.length();
        String cause = "its files together are longer than " + MOST_TEXT + " characters";
        require(text <= MOST_TEXT, cause, Position.of(file), diagnostics);
    }

    /** Counts the entries of a directory that was listed. */
    public void addEntries(int count) {
        entries += count;
    }

    /** How much has been read so far, about in characters: who reads in slices ends one when it has grown by enough. */
    public long work() {
        return text + values + PER_ENTRY * entries;
    }

    private static void require(boolean held, String cause, Position at, Diagnostics diagnostics) {
        if (!held) {
            diagnostics.error(at, "too-large", WHAT, cause, HINT);
            throw new ExceededException();
        }
    }
}
