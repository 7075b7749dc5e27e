package dev.pintle.init.loop;

import dev.pintle.init.sys.PollSet;

/** A descriptor that the loop waits for, and what is to be done when it is ready. */
public abstract class Watch {
    private final int descriptor;
    private boolean removed;

    /** Watches a descriptor, which the loop does not close. */
    protected Watch(int descriptor) {
        this.descriptor = descriptor;
    }

    /** The descriptor. */
    public final int descriptor() {
        return descriptor;
    }

    /** What is waited for: {@link PollSet#READABLE}, unless a subclass wants to write. */
    protected int asked() {
        return PollSet.READABLE;
    }

    /** Called before each wait: another turn begins. */
    protected void beginTurn() {}

    /** Whether {@link #ready} is to be called in the next turn although the kernel has nothing new. */
    protected boolean eager() {
        return false;
    }

    /** Whether it may wait for a later turn where others have taken their time in this one: what is not the init's own business. */
    protected boolean patient() {
        return false;
    }

    /** Of those that may wait, whether it comes after the others in each turn: what takes long as a whole. */
    protected boolean bulky() {
        return false;
    }

    /** When {@link #late} is to be called, on the clock that never jumps; {@link Long#MAX_VALUE} for never. */
    protected long deadline() {
        return Long.MAX_VALUE;
    }

    /** Called once the deadline has passed, if it still has. */
    protected void late() {}

    /** Called when the descriptor is ready, or has an error or an end that reading it will tell. */
    protected abstract void ready();

    final boolean removed() {
        return removed;
    }

    final void remove() {
        removed = true;
    }
}
