package dev.pintle.web;

import dev.pintle.init.sys.PollSet;

/** Waits for what an answer needs: a line of the init's, or all that a task writes. */
final class Dialogue extends Watched {
    /** What follows. */
    interface Next {
        /** The outcome of what has come. */
        Outcome of(byte[] bytes, int size);
    }

    /** What follows where it takes too long. */
    interface TooLate {
        /** The outcome. */
        Outcome get();
    }

    /** Bytes of it; the status of many thousands of services is shorter. */
    private static final int LONGEST = 8 * 1024 * 1024;
    /** Milliseconds: who waits for more than that is looked after. */
    private static final long LONG = 5_000;

    private final Web web;
    private final Visit visit;
    /** Of a task's child; 0 for the init. */
    private final int pid;

    private final Next next;
    private final TooLate tooLate;
    private final boolean takesLong;
    private final Incoming in = new Incoming();

    /**
     * Begins to wait.
     *
     * @param pid      of a child whose whole output counts; 0 for the init, of which a line does
     * @param patience milliseconds
     * @param tooLate  the outcome after these
     */
    Dialogue(Web web, Visit visit, int descriptor, int pid, long patience, Next next, TooLate tooLate) {
        super(descriptor);
        this.web = web;
        this.visit = visit;
        this.pid = pid;
        this.next = next;
        this.tooLate = tooLate;
        takesLong = patience > LONG;
        deadline = web.now() + patience;
    }

    boolean takesLong() {
        return takesLong;
    }

    /** Whether it is the init that is asked. */
    boolean asksInit() {
        return pid == 0;
    }

    @Override
    int asked() {
        return PollSet.READABLE;
    }

    @Override
    void ready() {
        int got = in.read(web.sys(), descriptor);
        boolean line = pid == 0 && got > 0 && in.bytes[in.size - 1] == '\n';
        if (got == Incoming.END || line || in.size >= LONGEST) {
            // Half a line is none.
            finish(next.of(in.bytes, line ? in.size - 1 : pid == 0 ? 0 : in.size));
        }
    }

    @Override
    void late() {
        finish(tooLate.get());
    }

    private void finish(Outcome outcome) {
        visit.dialogue = null;
        cancel();
        web.settle(visit, outcome);
    }

    /** Nobody waits for it any more. */
    void cancel() {
        web.drop(this, pid);
    }
}
