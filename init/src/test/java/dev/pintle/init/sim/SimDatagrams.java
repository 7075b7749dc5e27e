package dev.pintle.init.sim;

import dev.pintle.init.sys.Errno;
import java.util.ArrayDeque;

/** A local datagram socket that is read from. */
final class SimDatagrams extends OpenFile {
    private static final int MOST = 10;

    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private boolean closed;

    SimDatagrams(String name) {
        super("datagrams to " + name);
    }

    boolean isClosed() {
        return closed;
    }

    /** Takes a datagram; whether there was room, and anybody to read it. */
    boolean send(byte[] datagram) {
        return !closed && waiting.size() < MOST && waiting.add(datagram);
    }

    @Override
    boolean readable() {
        return !waiting.isEmpty();
    }

    @Override
    int read(byte[] buffer, int offset, int length) {
        byte[] datagram = waiting.poll();
        if (datagram == null) {
            return -Errno.EAGAIN;
        }
        int taken = Math.min(length, datagram.length);
        System.arraycopy(datagram, 0, buffer, offset, taken);
        return taken;
    }

    @Override
    void closed() {
        closed = true;
        waiting.clear();
    }
}
