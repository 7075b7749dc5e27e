package dev.pintle.web;

/** A descriptor that something is waited for at, and when that is too late. */
abstract class Watched {
    /** A deadline that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    final int descriptor;
    /** On the clock that never jumps. */
    long deadline = NEVER;
    /** Whether it is over: nothing is asked of it any more. */
    boolean closed;

    Watched(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Where it is waited; -1 for nowhere at present, not even for an end. */
    int polled() {
        return descriptor;
    }

    /** What is waited for, of {@link dev.pintle.init.sys.PollSet}; an end is always told. */
    abstract int asked();

    /** It has come. */
    abstract void ready();

    /** The deadline has. */
    abstract void late();
}
