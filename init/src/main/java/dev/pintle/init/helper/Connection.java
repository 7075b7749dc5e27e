package dev.pintle.init.helper;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.text.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** A connection that is given up at a deadline. */
public final class Connection {
    /** What {@link #reach} gives where a name means no host. */
    public static final int NO_HOST = 1;

    private final ToolSys sys;
    /** On the monotonic clock. */
    private final long deadline;

    private final PollSet set = new PollSet();
    private int socket = -1;

    /** One that is given up at {@code deadline}, on the monotonic clock. */
    public Connection(ToolSys sys, long deadline) {
        this.sys = sys;
        this.deadline = deadline;
    }

    /** Connects to the first address of a host that takes the connection; why none does, or empty. */
    String open(String host, int port) {
        int result = reach(host, port);
        return result == 0 ? "" : result == NO_HOST ? "there is no host " + host : Errno.describe(-result);
    }

    /** Connects to the first address of a host that takes the connection; 0, a negated errno, or {@link #NO_HOST}. */
    public int reach(String host, int port) {
        int result = NO_HOST;
        for (byte[] address : addresses(host)) {
            result = connect(address, port);
            if (result == 0) {
                return 0;
            }
        }
        return result;
    }

    /** Connects to a Unix stream socket; 0, or a negated errno. */
    public int reachLocal(String path) {
        socket = sys.connectLocal(path);
        return Math.min(socket, 0);
    }

    private List<byte[]> addresses(String host) {
        byte[] address = IpAddress.parse(host);
        if (address == null) {
            return new Resolver(sys, deadline).resolve(host);
        }
        List<byte[]> list = new ArrayList<>();
        list.add(address);
        return list;
    }

    /** Connects to an address; 0, or a negated errno. */
    int connect(byte[] address, int port) {
        socket = sys.connect(address, port, true);
        if (socket < 0) {
            return socket;
        }
        int result = await(PollSet.WRITABLE);
        if (result == 0) {
            // An error here is the connection's. A server that speaks first loses a byte that nobody wants.
            result = sys.read(socket, new byte[1], 0, 1);
        }
        if (result < 0 && result != -Errno.EAGAIN) {
            close();
            return result;
        }
        return 0;
    }

    /** Waits for what is asked; 0, or a negated errno. */
    private int await(int asked) {
        set.clear();
        set.add(socket, asked);
        long left = deadline - sys.monotonicMillis();
        int found = left <= 0 ? 0 : sys.poll(set, left);
        return found < 0 ? found : found == 0 ? -Errno.ETIMEDOUT : 0;
    }

    /** Writes all; 0, or a negated errno. */
    public int write(byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            int result = await(PollSet.WRITABLE);
            if (result == 0) {
                result = sys.write(socket, bytes, at, bytes.length - at);
            }
            if (result < 0 && result != -Errno.EAGAIN) {
                return result;
            }
            at += Math.max(result, 0);
        }
        return 0;
    }

    /** Reads what comes next; 0 at the end, or a negated errno. */
    public int read(byte[] buffer, int offset) {
        int result;
        do {
            result = await(PollSet.READABLE);
            if (result == 0) {
                result = sys.read(socket, buffer, offset, buffer.length - offset);
            }
        } while (result == -Errno.EAGAIN);
        return result;
    }

    /** Closes it, where it is open. */
    public void close() {
        if (socket >= 0) {
            sys.close(socket);
            socket = -1;
        }
    }
}
