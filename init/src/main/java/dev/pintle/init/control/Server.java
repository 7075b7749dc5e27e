package dev.pintle.init.control;

import dev.pintle.init.core.Event;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.loop.Loop;
import dev.pintle.init.loop.Reload;
import dev.pintle.init.loop.Watch;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Sys;
import java.util.ArrayList;
import java.util.List;

/** The init's side of the control socket. */
public final class Server {
    /** More than any operator and any health probe together; one more is turned away. */
    private static final int MOST_CONNECTIONS = 64;

    /** How long those who asked for the end are waited for, in milliseconds. */
    private static final long FAREWELL = 1_000;

    /** What can be opened in every container; one without devices has no /dev/null. */
    private static final String ALWAYS_THERE = "/";

    private final Sys sys;
    private final Supervisor supervisor;
    private final Loop loop;
    private final List<Connection> connections = new ArrayList<>();
    /** Whether the socket's own permissions say who may connect, because the layout names a group. */
    private final boolean shared;
    /** A descriptor kept for when there is no other left, or -1. */
    private int spare;

    private Server(Sys sys, Supervisor supervisor, Loop loop, boolean shared) {
        this.shared = shared;
        this.sys = sys;
        this.supervisor = supervisor;
        this.loop = loop;
        this.spare = sys.openForReading(ALWAYS_THERE);
    }

    /**
     * Serves on a listening socket from now on.
     *
     * @param listener of {@link SocketPath#listen}
     * @param shared   whether whoever could connect may ask: the socket's permissions let a group in
     */
    public static void attach(Sys sys, Supervisor supervisor, Loop loop, int listener, boolean shared) {
        Server server = new Server(sys, supervisor, loop, shared);
        loop.watches().add(new Watch(listener) {
            @Override
            protected int asked() {
                return server.canAnswer() ? super.asked() : 0;
            }

            @Override
            protected void ready() {
                server.accept(descriptor());
            }
        });
        loop.addListener(new Events(server));
    }

    /**
     * Waits until the clients that asked for the container's end have read that it comes, and ended themselves: with PID 1 the
     * kernel kills whoever is left.
     */
    void seeOff() {
        PollSet set = new PollSet();
        long end = sys.monotonicMillis() + FAREWELL;
        for (long left = FAREWELL; left > 0 && collect(set); left = end - sys.monotonicMillis()) {
            sys.poll(set, left);
            for (int i = connections.size() - 1; i >= 0; i--) {
                Connection connection = connections.get(i);
                if (connection.endAsked()) {
                    connection.ready();
                }
            }
        }
    }

    /** Whether somebody who asked for the end is connected. */
    private boolean collect(PollSet set) {
        set.clear();
        for (int i = 0; i < connections.size(); i++) {
            Connection connection = connections.get(i);
            if (connection.endAsked()) {
                set.add(connection.descriptor(), connection.asked());
            }
        }
        return set.size() > 0;
    }

    private void accept(int listener) {
        int descriptor = sys.accept(listener);
        if (descriptor == -Errno.EMFILE || descriptor == -Errno.ENFILE) {
            refuseNext(listener);
            return;
        }
        if (descriptor < 0) {
            // It has gone again: the next one is asked for in its turn.
            return;
        }
        int peer = sys.peerUserId(descriptor);
        boolean welcome = shared || peer == 0 || peer == sys.userId();
        if (!welcome || connections.size() >= MOST_CONNECTIONS) {
            String error = welcome ? "busy" : "forbidden";
            String message = welcome
                    ? "cannot serve another client: " + MOST_CONNECTIONS + " are connected"
                    : "cannot serve uid " + peer + ": only root and uid " + sys.userId() + " may";
            Connection.turnAway(sys, descriptor, Message.refused(error, message));
            return;
        }
        Connection connection = new Connection(this, descriptor);
        connections.add(connection);
        loop.watches().add(connection);
    }

    /**
     * No descriptor is left for a client that waits, and while it waits poll would not sleep. The spare one is given up for
     * as long as it takes to say so.
     */
    private void refuseNext(int listener) {
        if (spare >= 0) {
            sys.close(spare);
            int descriptor = sys.accept(listener);
            if (descriptor >= 0) {
                Message reply = Message.refused("busy", "cannot serve another client: no descriptor is left");
                Connection.turnAway(sys, descriptor, reply);
            }
        }
        spare = sys.openForReading(ALWAYS_THERE);
    }

    /** Whether a client that waits can be answered, if only by a refusal. */
    private boolean canAnswer() {
        if (spare < 0) {
            spare = sys.openForReading(ALWAYS_THERE);
        }
        return spare >= 0;
    }

    Sys sys() {
        return sys;
    }

    Supervisor supervisor() {
        return supervisor;
    }

    void dispatch(Event event) {
        loop.dispatch(event);
    }

    /** What a logger holds of a stream of a service: a descriptor, or -1. */
    int held(String service, boolean error) {
        return loop.launcher().held(service, error);
    }

    Reload reload() {
        return loop.reload();
    }

    void close(Connection connection) {
        int index = connections.size() - 1;
        while (index >= 0 && connections.get(index) != connection) {
            index--;
        }
        if (index >= 0) {
            connections.remove(index);
            loop.watches().remove(connection);
            sys.close(connection.descriptor());
        }
    }

    /** Something has changed: whoever waits may have what it waits for. */
    void lookAtGoals() {
        // By index from the end: a connection that fails is taken out of the list.
        for (int i = connections.size() - 1; i >= 0; i--) {
            connections.get(i).lookAtGoal();
        }
    }

    /** Tells who subscribed. */
    void tell(String service, Message event) {
        for (int i = connections.size() - 1; i >= 0; i--) {
            connections.get(i).tell(service, event);
        }
    }

    /** Whether there is anybody to tell or to answer. */
    boolean hasClients() {
        return !connections.isEmpty();
    }
}
