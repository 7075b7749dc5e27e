package dev.pintle.web;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a task's child writes, as it comes: while the client takes nothing, nothing is read, and the child waits. */
final class ChildStream extends Watched implements Stream {
    private static final int PIECE = 8_192;
    /** A line of a stream of events that means nothing. */
    private static final byte[] HEARTBEAT = {':', '\n', '\n'};

    private final Web web;
    private final Visit visit;
    private final int pid;
    private final boolean events;
    private byte @Nullable [] piece;
    private boolean over;

    /**
     * Begins to read.
     *
     * @param events whether what the child writes are server-sent events
     */
    ChildStream(Web web, Visit visit, int pipe, int pid, boolean events) {
        super(pipe);
        this.web = web;
        this.visit = visit;
        this.pid = pid;
        this.events = events;
    }

    @Override
    int polled() {
        return piece == null ? descriptor : -1;
    }

    @Override
    int asked() {
        return PollSet.READABLE;
    }

    @Override
    void ready() {
        byte[] buffer = new byte[PIECE];
        int got = web.sys().read(descriptor, buffer, 0, PIECE);
        if (got > 0) {
            piece = Arrays.copyOf(buffer, got);
        } else if (got != -Errno.EAGAIN && got != -Errno.EINTR) {
            over = true;
        }
        visit.pump();
    }

    @Override
    void late() {
        // It takes as long as it likes.
    }

    @Override
    public byte @Nullable [] next() {
        byte[] taken = piece;
        piece = null;
        return taken;
    }

    @Override
    public boolean over() {
        return over && piece == null;
    }

    @Override
    public byte[] heartbeat() {
        return events ? HEARTBEAT : new byte[0];
    }

    @Override
    public void close() {
        web.drop(this, pid);
    }
}
