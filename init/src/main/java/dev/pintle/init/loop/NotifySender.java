package dev.pintle.init.loop;

import dev.pintle.init.sys.Peer;
import dev.pintle.init.sys.ProcFiles;
import dev.pintle.init.sys.Sys;
import org.jspecify.annotations.Nullable;

/**
 * Whether a message that a service is ready comes from that service: whoever shares the network namespace can send to an abstract
 * name, and read in {@code /proc/net/unix} what names there are.
 *
 * <p>The kernel's word on the sender decides. A process of the service may: the one that init made, one of its session, or one
 * below it, whatever user it has become. A process of another service may not. Of a sender that belongs to no service the user
 * decides: the service's, that which its main process has become, or root for one that lives (a daemon whose parent has gone, or what
 * came by {@code docker exec}). One that has ended meanwhile, as a {@code pintle-notify} in a script does, may have been of any
 * pid namespace below this one, where anybody is root. One that lives in such a namespace speaks for the service that it is below, and
 * for no other. A process of another pid namespace, which has no pid here, never may.
 */
final class NotifySender {

    /** Knows whose processes init has made. */
    interface Owners {
        /** The service of a process, or null. */
        @Nullable
        String ownerOf(int pid);
    }

    private static final int DEEPEST = 64;

    private final Sys sys;
    private final Owners owners;

    NotifySender(Sys sys, Owners owners) {
        this.sys = sys;
        this.owners = owners;
    }

    /**
     * Whether {@code sender} may speak for a service.
     *
     * @param main   the process that init made for it
     * @param userId whom that was started as
     */
    boolean speaksFor(String service, int main, int userId, Peer sender) {
        if (sender.pid <= 0) {
            return false;
        }
        String owner = serviceOf(sender.pid);
        if (owner != null) {
            return owner.equals(service);
        }
        ProcFiles processes = new ProcFiles(sys);
        int namespaces = processes.namespacesOf(sender.pid);
        boolean root = sender.userId == 0 && namespaces == 1;
        return namespaces <= 1 && (root || sender.userId == userId || sender.userId == processes.userOf(main));
    }

    private @Nullable String serviceOf(int pid) {
        String owner = owners.ownerOf(pid);
        int session = owner == null ? sys.sessionOf(pid) : 0;
        if (session > 0) {
            owner = owners.ownerOf(session);
        }
        if (owner == null && session > 0) {
            ProcFiles processes = new ProcFiles(sys);
            int above = processes.parentOf(pid);
            for (int i = 0; i < DEEPEST && above > 1 && owner == null; i++) {
                owner = owners.ownerOf(above);
                above = processes.parentOf(above);
            }
        }
        return owner;
    }
}
