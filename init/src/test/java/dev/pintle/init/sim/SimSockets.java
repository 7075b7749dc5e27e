package dev.pintle.init.sim;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Peer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sockets: the supervisor's side of them, and what others do with it. */
final class SimSockets {
    /** TCP ports that somebody listens on. */
    final Set<Integer> openPorts = new HashSet<>();

    private final Simulation simulation;
    private final SimMachine machine;
    private final SimFiles files;
    private final Descriptors descriptors;
    private final Map<String, SimDatagrams> datagrams = new HashMap<>();
    private final Map<Integer, SimListener> tcpListeners = new HashMap<>();

    SimSockets(Simulation simulation, SimMachine machine, SimFiles files, Descriptors descriptors) {
        this.simulation = simulation;
        this.machine = machine;
        this.files = files;
        this.descriptors = descriptors;
    }

    // What others do

    /** Connects to the supervisor; null where nobody listens. A pid of 0 is one of another pid namespace. */
    @Nullable
    SimClient connectFromOutside(String path, int pid, int userId) {
        SimListener listener = files.listener(path);
        SimSocket socket = listener == null ? null : listener.connect(pid, userId);
        return socket == null ? null : new SimClient(socket);
    }

    /** Has a process of a user send the supervisor a datagram; whether it arrived. */
    boolean send(String name, String text, int pid, int userId) {
        SimDatagrams to = datagrams.get(name);
        return to != null && to.send(text, pid, userId);
    }

    boolean isOpen(int port) {
        SimListener listener = tcpListeners.get(port);
        return openPorts.contains(port) || (listener != null && !listener.isClosed());
    }

    // What the supervisor does

    int listen(String path, int mode) {
        SimListener listener = new SimListener(path, machine.pid, machine.userId);
        int bound = files.bind(path, mode, machine.userId, listener);
        return bound != 0 ? bound : descriptors.open(listener);
    }

    int listenTcp(int port) {
        if (isOpen(port)) {
            return -Errno.EADDRINUSE;
        }
        if (simulation.faults.strikes(Faults.Kind.PIPE) || !descriptors.hasRoomFor(1)) {
            return -Errno.EMFILE;
        }
        SimListener listener = new SimListener("port " + port, machine.pid, machine.userId);
        tcpListeners.put(port, listener);
        return descriptors.open(listener);
    }

    void stopListening(int descriptor) {
        if (descriptors.require(descriptor, "shutdown") instanceof SimListener listener) {
            listener.shutDown();
        }
    }

    int connect(String path) {
        SimListener listener = files.listener(path);
        if (listener == null) {
            return files.exists(path) || path.startsWith("@") ? -Errno.ECONNREFUSED : -Errno.ENOENT;
        }
        SimSocket socket = listener.connect(machine.pid, machine.userId);
        return socket == null ? -Errno.ECONNREFUSED : descriptors.open(socket);
    }

    int accept(int descriptor) {
        if (!(descriptors.require(descriptor, "accept") instanceof SimListener listener)) {
            return -Errno.EINVAL;
        }
        if (simulation.faults.strikes(Faults.Kind.ACCEPT) || !descriptors.hasRoomFor(1)) {
            return -Errno.EMFILE;
        }
        SimSocket socket = listener.accept();
        if (socket == null) {
            return -Errno.EAGAIN;
        }
        int accepted = descriptors.open(socket);
        socket.drop();
        return accepted;
    }

    int peer(int connection, Peer peer) {
        if (!(descriptors.require(connection, "asking the peer") instanceof SimSocket socket)) {
            return -Errno.EINVAL;
        }
        peer.pid = socket.peerPid();
        peer.userId = socket.peerUserId();
        return 0;
    }

    /** Who has sent the datagram that was read last. */
    void sender(int descriptor, Peer sender) {
        if (descriptors.require(descriptor, "asking the sender") instanceof SimDatagrams socket) {
            sender.pid = socket.sender().pid;
            sender.userId = socket.sender().userId;
        }
    }

    int receiveDatagrams(String name) {
        if (simulation.faults.strikes(Faults.Kind.PIPE) || !descriptors.hasRoomFor(1)) {
            return -Errno.EMFILE;
        }
        SimDatagrams before = datagrams.get(name);
        if (before != null && !before.isClosed()) {
            return -Errno.EADDRINUSE;
        }
        SimDatagrams socket = new SimDatagrams(name);
        datagrams.put(name, socket);
        return descriptors.open(socket);
    }
}
