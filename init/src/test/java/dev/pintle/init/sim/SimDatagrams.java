package dev.pintle.init.sim;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Peer;
import dev.pintle.init.sys.RawText;
import java.util.ArrayDeque;

/** A local datagram socket that is read from. */
final class SimDatagrams extends OpenFile {
    private static final int MOST = 10;

    private record Datagram(String text, int pid, int userId) {}

    private final ArrayDeque<Datagram> waiting = new ArrayDeque<>();
    private final Peer sender = new Peer();
    private boolean closed;

    SimDatagrams(String name) {
        super("datagrams to " + name);
    }

    boolean isClosed() {
        return closed;
    }

    /** Takes a datagram; whether there was room, and anybody to read it. */
    boolean send(String text, int pid, int userId) {
        return !closed && waiting.size() < MOST && waiting.add(new Datagram(text, pid, userId));
    }

    /** Who has sent the one that was read last. */
    Peer sender() {
        return sender;
    }

    @Override
    boolean readable() {
        return !waiting.isEmpty();
    }

    @Override
    int read(byte[] buffer, int offset, int length) {
        Datagram datagram = waiting.poll();
        if (datagram == null) {
            return -Errno.EAGAIN;
        }
        byte[] bytes = RawText.encode(datagram.text);
        int taken = Math.min(length, bytes.length);
        System.arraycopy(bytes, 0, buffer, offset, taken);
        sender.pid = datagram.pid;
        sender.userId = datagram.userId;
        return taken;
    }

    @Override
    void closed() {
        closed = true;
        waiting.clear();
    }
}
