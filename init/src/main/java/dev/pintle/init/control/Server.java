package dev.pintle.init.control;

import dev.pintle.init.core.Event;
import dev.pintle.init.core.Service;
import dev.pintle.init.core.Supervisor;
import dev.pintle.init.loop.Loop;
import dev.pintle.init.loop.Reload;
import dev.pintle.init.loop.Watch;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Peer;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Layout;
import dev.pintle.layout.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The init's side of the control socket. */
public final class Server {
    /** More than any operator and any health probe together; for one more the one that is idle for longest has to go. */
    private static final int MOST_CONNECTIONS = 64;
    /** What is kept for all clients together that do not read to the end, in bytes: two of the longest replies. */
    private static final int MOST_HELD = 8 * 1024 * 1024;

    /** Clients that are let in in one turn: others are served in it, for as long as one may take. */
    private static final int ACCEPTED_PER_TURN = 16;

    /** How long those who asked for the end are waited for, in milliseconds. */
    private static final long FAREWELL = 1_000;

    /** What can be opened in every container; one without devices has no /dev/null. */
    private static final String ALWAYS_THERE = "/";

    private final Sys sys;
    private final Peer peer = new Peer();
    private final Supervisor supervisor;
    private final Loop loop;
    private final List<Connection> connections = new ArrayList<>();
    private final Backlog backlog = new Backlog();
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
                server.acceptSome(descriptor());
            }
        });
        loop.addListener(new Events(server));
    }

    /**
     * Sends the last events, and waits until the clients that asked for the container's end have read that it comes, and ended themselves: with PID 1 the
     * kernel kills whoever is left.
     */
    void seeOff() {
        for (Connection each : all()) {
            each.sendWaiting();
        }
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

    /** Lets in those who wait. None of them has to go for another before its request could be read. */
    private void acceptSome(int listener) {
        int fresh = 0;
        do {
            if (!accept(listener)) {
                return;
            }
            fresh++;
        } while (fresh < ACCEPTED_PER_TURN
                && (connections.size() < MOST_CONNECTIONS || longestIdle(connections.size() - fresh) != null));
    }

    /** Whether there may be another one. */
    private boolean accept(int listener) {
        int descriptor = sys.accept(listener);
        if (descriptor == -Errno.EMFILE || descriptor == -Errno.ENFILE) {
            refuseNext(listener);
            return false;
        }
        if (descriptor < 0) {
            // There is none, or it has gone again: the next one is asked for in its turn.
            return false;
        }
        String stranger = shared ? "" : whyStranger(descriptor);
        if (!stranger.isEmpty()) {
            Connection.turnAway(sys, descriptor, Message.refused("forbidden", stranger));
            return true;
        }
        if (connections.size() >= MOST_CONNECTIONS && !dismissIdle()) {
            String message = "cannot serve another client: " + MOST_CONNECTIONS + " are connected";
            Connection.turnAway(sys, descriptor, Message.refused("busy", message));
            return true;
        }
        Connection connection = new Connection(this, descriptor);
        connections.add(connection);
        loop.watches().add(connection);
        return true;
    }

    /** Of the first connections the one that is idle for longest, or null. Whoever waits or has subscribed is not. */
    private @Nullable Connection longestIdle(int first) {
        Connection longest = null;
        for (int i = 0; i < first; i++) {
            Connection each = connections.get(i);
            if (each.isIdle() && (longest == null || each.active() < longest.active())) {
                longest = each;
            }
        }
        return longest;
    }

    /** Closes the connection that is idle for longest; whether there is one. */
    private boolean dismissIdle() {
        Connection longest = longestIdle(connections.size());
        if (longest == null) {
            return false;
        }
        longest.dismiss("idle", "cannot wait for a request any longer: others want to be served");
        return true;
    }

    /**
     * Sees to it that no more is kept for all clients together than memory allows, by giving up those that do not read and have
     * taken nothing for longest.
     *
     * @return false where that would be the one that is to be sent {@code more}
     */
    boolean makeRoom(Connection to, int more) {
        while (held() + more > MOST_HELD) {
            Connection slowest = slowest();
            if (slowest == null || slowest == to) {
                return false;
            }
            close(slowest);
        }
        return true;
    }

    private long held() {
        long sum = 0;
        for (int i = 0; i < connections.size(); i++) {
            sum += connections.get(i).held();
        }
        return sum;
    }

    private @Nullable Connection slowest() {
        Connection slowest = null;
        for (int i = 0; i < connections.size(); i++) {
            Connection each = connections.get(i);
            if (each.unread() > 0 && (slowest == null || each.active() < slowest.active())) {
                slowest = each;
            }
        }
        return slowest;
    }

    /** Why a client may not ask; empty where it may. A uid of another container is not ours, whatever its number. */
    private String whyStranger(int descriptor) {
        int result = sys.peer(descriptor, peer);
        if (result < 0) {
            return "cannot serve a client that cannot be identified: " + Errno.describe(-result);
        }
        if (peer.pid == 0) {
            return "cannot serve a process of another pid namespace";
        }
        boolean welcome = peer.userId == 0 || peer.userId == sys.userId();
        return welcome
                ? ""
                : "cannot serve uid " + Integer.toUnsignedLong(peer.userId) + ": only root and uid "
                        + Integer.toUnsignedLong(sys.userId()) + " may";
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

    /** What an event brings about must not fail for want of memory, whatever its request may take. */
    void dispatch(Event event) {
        boolean limited = sys.limitMemory(false);
        try {
            loop.dispatch(event);
        } finally {
            sys.limitMemory(limited);
        }
    }

    /** What a logger holds of a stream of a service: a descriptor, or -1. */
    int held(String service, Stream stream) {
        return loop.held(service, stream);
    }

    /** Has the logger of a service open its files again; whether there is one that runs. */
    boolean reopenFiles(String service) {
        Service logger = supervisor.service(service + Layout.LOG);
        return logger != null && loop.reopenFiles(logger);
    }

    /** Has the layout read anew, and with {@code dryRun} just compared; {@code whenDone} is told what came of it. */
    void reload(Consumer<Reload> whenDone, boolean dryRun) {
        loop.reload(
                reload -> {
                    whenDone.accept(reload);
                    lookAtGoals("");
                },
                dryRun);
    }

    void close(Connection connection) {
        int index = connections.size() - 1;
        while (index >= 0 && connections.get(index) != connection) {
            index--;
        }
        if (index >= 0) {
            connections.remove(index);
            loop.watches().remove(connection);
            connection.forgetWhatItWants();
            sys.close(connection.descriptor());
            forgetEvents();
        }
    }

    /** Those that there are now: to tell one may end it, or others that are slower. */
    private List<Connection> all() {
        return connections.isEmpty() ? List.of() : new ArrayList<>(connections);
    }

    /** A service has changed, or with an empty name several may have: whoever waits may have what it waits for. */
    void lookAtGoals(String changed) {
        for (Connection each : all()) {
            each.lookAtGoal(changed);
        }
    }

    /** Tells who subscribed. */
    void tell(String service, Message event) {
        byte[] line = null;
        Backlog.Entry before = backlog.last();
        for (int i = 0; i < connections.size(); i++) {
            Connection each = connections.get(i);
            if (each.wants(service)) {
                if (line == null) {
                    line = RawText.encode(event.line() + "\n");
                    backlog.add(service, line);
                }
                each.come(before, line.length);
            }
        }
        // Whoever is not there any more closes its connection, and no other one.
        for (int i = connections.size() - 1; i >= 0; i--) {
            connections.get(i).sendFresh();
        }
        dropEvents();
        forgetEvents();
    }

    /** Keeps no more events than memory allows; who has yet to take one that is dropped has missed it. */
    private void dropEvents() {
        Backlog.Entry before = backlog.dropped();
        for (Backlog.Entry entry = backlog.dropFirst(); entry != null; entry = backlog.dropFirst()) {
            for (int i = 0; i < connections.size(); i++) {
                connections.get(i).dropped(before, entry);
            }
            before = entry;
        }
    }

    /** Lets go of the events where everybody has taken them. */
    void forgetEvents() {
        for (int i = 0; i < connections.size(); i++) {
            if (connections.get(i).isBehind()) {
                return;
            }
        }
        backlog.clear();
    }

    /** Whether there is anybody to tell or to answer. */
    boolean hasClients() {
        return !connections.isEmpty();
    }
}
