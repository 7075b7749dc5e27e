package dev.pintle.init.log;

/** Where lines go. */
interface Sink {
    /** Writes whole lines, or a part of one that is too long to be held. Waits for whoever reads them. */
    void write(byte[] bytes, int offset, int length);

    /** What keeps it from writing, in words; empty where it can write. */
    String trouble();

    /** Opens what could not be opened so far; whether it is open. */
    boolean open();

    /** Opens anew what somebody may have moved away. */
    void reopen();

    /** Begins a new file. */
    void rotate();

    /** Does a piece of what can wait; whether more is left. */
    boolean work();

    /** Ends, with all that was written in its place. */
    void close();
}
