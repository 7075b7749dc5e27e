package dev.pintle.init.tool;

/** Where lines of logs are shown. */
public interface LogView {
    /**
     * Shows the piece that a tail has at hand.
     *
     * @param goesOn  whether it goes on with the line that was shown last
     * @param several whether there are tails of more than one service
     */
    void show(LogTail tail, boolean goesOn, boolean several);

    /** Ends the line that was begun with a tail's piece, whose rest comes later or never. */
    void endLine(LogTail tail);

    /** Says how many bytes of a tail are gone. */
    void gap(LogTail tail, long bytes);

    /** Says what is not shown. */
    void complain(String sentence);

    /** There is no more for now. */
    void flush();

    /** There is no more. */
    void end();

    /** Lets some milliseconds go by. */
    void pause(long millis);
}
