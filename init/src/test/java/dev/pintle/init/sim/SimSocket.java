package dev.pintle.init.sim;

import dev.pintle.init.sys.Errno;
import org.jspecify.annotations.Nullable;

/** One end of a connection of local stream sockets. */
final class SimSocket extends OpenFile {
    /** What one direction holds; smaller than a real kernel's, so that it is full sooner. */
    static final int CAPACITY = 4096;

    private final ByteQueue inbox = new ByteQueue(CAPACITY);
    private @Nullable SimSocket peer;
    private int peerPid;
    private int peerUserId;
    private boolean blocking;

    private SimSocket(String description) {
        super(description);
    }

    /** Makes a connection; gives the ends of who connects and of who accepts. */
    static SimSocket[] pair(String name) {
        SimSocket client = new SimSocket(name + ", connecting end");
        SimSocket server = new SimSocket(name + ", accepted end");
        client.peer = server;
        server.peer = client;
        client.blocking = true;
        return new SimSocket[] {client, server};
    }

    /** Sets who is at the other end. */
    void setPeer(int pid, int userId) {
        peerPid = pid;
        peerUserId = userId;
    }

    int peerPid() {
        return peerPid;
    }

    int peerUserId() {
        return peerUserId;
    }

    /** Whether reads and writes of this end wait. */
    boolean blocking() {
        return blocking;
    }

    @Override
    void closed() {
        SimSocket other = peer;
        if (other != null) {
            other.peer = null;
            peer = null;
        }
    }

    @Override
    boolean readable() {
        return inbox.size() > 0 || peer == null;
    }

    @Override
    boolean writable() {
        return peer == null || peer.inbox.room() > 0;
    }

    @Override
    boolean hungUp() {
        return peer == null;
    }

    @Override
    int read(byte[] buffer, int offset, int length) {
        return inbox.size() > 0 ? inbox.take(buffer, offset, length) : peer == null ? 0 : -Errno.EAGAIN;
    }

    @Override
    int write(byte[] buffer, int offset, int length) {
        SimSocket to = peer;
        if (to == null) {
            return -Errno.EPIPE;
        }
        return to.inbox.room() > 0 ? to.inbox.put(buffer, offset, length) : -Errno.EAGAIN;
    }
}
