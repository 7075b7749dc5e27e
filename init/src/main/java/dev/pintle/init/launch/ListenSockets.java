package dev.pintle.init.launch;

import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.text.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of {@code listen}. One is made before the first start of a service that names it, is shared by all instances,
 * stays open through restarts, so that nobody who connects meanwhile is turned away, and is closed when none of them is meant
 * to run any more.
 */
final class ListenSockets {
    private static final byte[] EVERY_ADDRESS = {};
    private static final int UNCHANGED = -1;

    /** An open socket and the services that have it. */
    private static final class Shared {
        final ListenSocket socket;
        final int descriptor;
        final Set<String> holders = new HashSet<>();

        Shared(ListenSocket socket, int descriptor) {
            this.socket = socket;
            this.descriptor = descriptor;
        }
    }

    private final Sys sys;
    private final Accounts accounts;
    private final Map<String, Shared> open = new HashMap<>();
    /** Those of each service that has any: there are thousands of sockets, and of services that have none. */
    private final Map<String, List<Shared>> held = new HashMap<>();

    ListenSockets(Sys sys, Accounts accounts) {
        this.sys = sys;
        this.accounts = accounts;
    }

    /** The descriptors of a service's sockets, in their order; those that are not open yet are made. */
    int[] of(ServiceDefinition service) throws LaunchException {
        List<ListenSocket> sockets = service.process().listen();
        int[] descriptors = new int[sockets.size()];
        Accounts.Identity owner = null;
        for (int i = 0; i < descriptors.length; i++) {
            Shared shared = open.get(sockets.get(i).text());
            if (shared == null) {
                String name = sockets.get(i).owner();
                // One for all of them: it is looked up before there is a file, which has its owner and permissions at
                // once then.
                owner = name == null || owner != null ? owner : accounts.identify(name, List.of());
                shared = make(sockets.get(i), owner);
                open.put(sockets.get(i).text(), shared);
            }
            if (shared.holders.add(service.name())) {
                held.computeIfAbsent(service.name(), unused -> new ArrayList<>())
                        .add(shared);
            }
            descriptors[i] = shared.descriptor;
        }
        return descriptors;
    }

    /** Nothing of a service runs, and the layout may say that it listens elsewhere: what it had and names no more is closed. */
    void keepOnlyThoseOf(ServiceDefinition service) {
        List<Shared> all = held.get(service.name());
        if (all == null) {
            return;
        }
        Set<String> named = new HashSet<>();
        for (ListenSocket socket : service.process().listen()) {
            named.add(socket.text());
        }
        List<Shared> kept = new ArrayList<>();
        for (Shared shared : all) {
            if (named.contains(shared.socket.text())) {
                kept.add(shared);
            } else {
                release(shared, service.name());
            }
        }
        held.put(service.name(), kept);
    }

    private Shared make(ListenSocket socket, Accounts.@Nullable Identity owner) throws LaunchException {
        int descriptor = socket.unix() ? listenLocal(socket, owner) : sys.listenTcp(address(socket), socket.port());
        if (descriptor < 0) {
            throw new LaunchException("cannot listen on " + socket.text(), -descriptor);
        }
        return new Shared(socket, descriptor);
    }

    private int listenLocal(ListenSocket socket, Accounts.@Nullable Identity owner) {
        if (owner == null) {
            return sys.listenLocal(socket.path(), socket.mode(), UNCHANGED, UNCHANGED);
        }
        boolean ours = owner.userId() == sys.userId();
        return sys.listenLocal(socket.path(), socket.mode(), ours ? UNCHANGED : owner.userId(), owner.groupId());
    }

    private static byte[] address(ListenSocket socket) {
        byte[] address = IpAddress.parse(socket.host());
        return address == null ? EVERY_ADDRESS : address;
    }

    /** A service is not meant to run any more. */
    void release(String service) {
        List<Shared> all = held.remove(service);
        for (int i = 0; all != null && i < all.size(); i++) {
            release(all.get(i), service);
        }
    }

    private void release(Shared shared, String service) {
        shared.holders.remove(service);
        if (shared.holders.isEmpty()) {
            open.remove(shared.socket.text());
            close(shared);
        }
    }

    private void close(Shared shared) {
        sys.stopListening(shared.descriptor);
        if (shared.socket.unix()) {
            // Nobody answers there any more; a file that is gone already is what was wanted.
            sys.remove(shared.socket.path());
        }
    }
}
