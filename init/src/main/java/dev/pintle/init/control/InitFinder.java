package dev.pintle.init.control;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Peer;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.ProcFiles;
import dev.pintle.init.sys.Sys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the init of this container and to nobody who plays it: another user of the container may have made the socket, and
 * another container of the pod may have its own init where this one looks.
 */
public final class InitFinder {
    /** How long somebody is waited for who listens and does not come to accept, in all. */
    private static final long PATIENCE = 2_000;

    private static final long PAUSE = 10;

    private final Sys sys;
    private final ProcFiles processes;
    /** The user of the container's first process: its init runs as that one, or as root. */
    private final int firstUser;

    private final Peer peer = new Peer();
    private final long deadline;
    private String distrust = "";

    /** Looks through {@code sys}. */
    public InitFinder(Sys sys) {
        this.sys = sys;
        processes = new ProcFiles(sys);
        firstUser = processes.userOf(1);
        deadline = sys.monotonicMillis() + PATIENCE;
    }

    /** Why somebody who listened was not taken for the init; empty where there was nobody like that. */
    public String distrust() {
        return distrust;
    }

    /**
     * Connects.
     *
     * @param given a place, in which case it is looked nowhere else, unless another container's init has that; or null
     * @return the connection; a negated errno where no init of this container listens
     */
    public int connect(@Nullable String given) {
        if (given != null && !given.isEmpty()) {
            int result = tryAt(given);
            return result >= 0 || distrust.isEmpty() ? result : connectToDefaults(result);
        }
        return connectToDefaults(-Errno.ENOENT);
    }

    private int connectToDefaults(int otherwise) {
        int result = otherwise;
        for (int userId : users()) {
            for (String place : places(userId)) {
                if (SocketPath.isAbstract(place) || SocketPath.isDirectoryOf(sys, place, userId)) {
                    result = tryAt(place);
                }
                if (result >= 0) {
                    return result;
                }
            }
        }
        return result;
    }

    /** Whose init it may be: ours; and root looks after one that is not root's. */
    private List<Integer> users() {
        List<Integer> users = new ArrayList<>(List.of(sys.userId()));
        if (firstUser != -1 && firstUser != sys.userId()) {
            users.add(firstUser);
        }
        return users;
    }

    /** An init that was started before there was a /proc did not know its namespaces. */
    private List<String> places(int userId) {
        String namespaces = SocketPath.namespaces(sys);
        List<String> places = new ArrayList<>(SocketPath.defaults(userId, namespaces));
        if (!namespaces.isEmpty()) {
            places.addAll(SocketPath.defaults(userId, ""));
        }
        return places;
    }

    private int tryAt(String place) {
        int connection = sys.connectLocal(place);
        while (connection == -Errno.EAGAIN && sys.monotonicMillis() < deadline) {
            sys.poll(new PollSet(), PAUSE);
            connection = sys.connectLocal(place);
        }
        if (connection < 0) {
            return connection;
        }
        String why = whyNot(connection);
        if (why.isEmpty()) {
            return connection;
        }
        sys.close(connection);
        distrust = "who listens at " + place + " " + why;
        return -Errno.EPERM;
    }

    /**
     * The pid of who listens at an abstract name, if it is a process of this container, whatever its user; else 0. Who does not
     * accept connections is known by the first ones.
     */
    int holder(String name) {
        int connection = sys.connectLocal(name);
        if (connection < 0) {
            return 0;
        }
        boolean known = sys.peer(connection, peer) >= 0 && peer.pid != 0;
        sys.close(connection);
        return known && !processes.hasOtherMounts(peer.pid) ? peer.pid : 0;
    }

    private String whyNot(int connection) {
        int result = sys.peer(connection, peer);
        if (result < 0) {
            return "cannot be identified: " + Errno.describe(-result);
        }
        if (peer.pid == 0) {
            return "is of another pid namespace";
        }
        if (peer.userId != 0 && peer.userId != sys.userId() && peer.userId != firstUser) {
            return "is uid " + Integer.toUnsignedLong(peer.userId)
                    + ", which is neither root, nor the user of pid 1, nor who asks";
        }
        // A service may have mounts of its own, and is below its init all the same.
        if (processes.hasOtherMounts(peer.pid) && !processes.descends(sys.pid(), peer.pid)) {
            return "is of another container";
        }
        return "";
    }
}
