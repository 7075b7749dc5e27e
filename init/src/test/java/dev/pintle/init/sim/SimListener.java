package dev.pintle.init.sim;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A local socket that listens. */
final class SimListener extends OpenFile {
    private static final int BACKLOG = 128;

    private final ArrayDeque<SimSocket> waiting = new ArrayDeque<>();
    final int ownerPid;
    final int ownerUserId;
    private boolean closed;

    SimListener(String path, int ownerPid, int ownerUserId) {
        super("listener at " + path);
        this.ownerPid = ownerPid;
        this.ownerUserId = ownerUserId;
    }

    /** Connects; null where nobody listens or too many wait. */
    @Nullable
    SimSocket connect(int pid, int userId) {
        if (closed || waiting.size() == BACKLOG) {
            return null;
        }
        SimSocket[] ends = SimSocket.pair("connection");
        ends[0].setPeer(ownerPid, ownerUserId);
        ends[1].setPeer(pid, userId);
        ends[1].hold();
        waiting.add(ends[1]);
        return ends[0];
    }

    /** The next connection, held once; null where none waits. */
    @Nullable
    SimSocket accept() {
        return waiting.poll();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    boolean readable() {
        return !waiting.isEmpty();
    }

    @Override
    void closed() {
        shutDown();
    }

    /** Nobody listens any more, whoever has it open. */
    void shutDown() {
        closed = true;
        waiting.forEach(OpenFile::drop);
        waiting.clear();
    }
}
