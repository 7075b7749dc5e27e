package dev.pintle.init.control;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.ProcFiles;
import dev.pintle.init.sys.Sys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the control socket is: the same list for the init, which takes the first it can use, and for its clients.
 *
 * <p>The containers of a pod share {@code /dev/shm} and the network, whose abstract names are everybody's. So names there say
 * which pid namespace and which mount namespace they are for: containers that share the one do not share the other.
 */
public final class SocketPath {
    /** The value for a socket that is for root and the init's own user alone. */
    public static final int NO_GROUP = -1;

    private static final int WRITABLE_BY_OTHERS = 0022;

    /**
     * Where the init listens.
     *
     * @param descriptor the socket, or a negated errno
     * @param place      a path or an abstract name
     * @param trouble    why it is not where it was told to be; empty where it is
     */
    public record Listening(int descriptor, String place, String trouble) {}

    private SocketPath() {}

    /**
     * The places that nobody has to set, in turn.
     *
     * @param userId     of the init
     * @param namespaces as {@link #namespaces} gives them
     */
    static List<String> defaults(int userId, String namespaces) {
        String name = "pintle-" + Integer.toUnsignedLong(userId) + namespaces;
        return List.of(
                "/run/pintle/control", "/tmp/." + name + "/control", "/dev/shm/." + name + "/control", "@" + name);
    }

    /** What names say of the namespaces of this process; nothing of those that it cannot know, as there is no /proc. */
    static String namespaces(Sys sys) {
        long pids = ProcFiles.namespace(sys, "pid");
        long mounts = ProcFiles.namespace(sys, "mnt");
        return (pids == 0 ? "" : "-" + pids) + (mounts == 0 ? "" : "-" + mounts);
    }

    static boolean isAbstract(String place) {
        return place.charAt(0) == '@';
    }

    /**
     * Listens at the first place that can be used; why not, where none can: a negated errno. Where another init has what was
     * given, as two containers with one volume may, it is where it would be without.
     *
     * @param given   the path that was set by the user, or null
     * @param groupId the group whose members may connect too, or {@link #NO_GROUP}
     */
    public static Listening listen(Sys sys, @Nullable String given, int mode, int groupId) {
        String trouble = "";
        if (given != null && !given.isEmpty()) {
            int result = sys.listenLocal(given, mode, -1, groupId);
            if (result != -Errno.EADDRINUSE) {
                return new Listening(result, given, "");
            }
            trouble = "cannot listen at " + given + ": another process does";
        }
        int result = -1;
        for (String place : defaults(sys.userId(), namespaces(sys))) {
            // An abstract name has no permissions that could let a group in and keep others out.
            boolean fits = isAbstract(place) ? groupId == NO_GROUP : ownDirectory(sys, place, groupId);
            result = fits ? sys.listenLocal(place, mode, -1, groupId) : result;
            if (fits && result >= 0) {
                return new Listening(result, place, trouble);
            }
        }
        return new Listening(result, "", trouble);
    }

    private static String directoryOf(String place) {
        return place.substring(0, place.lastIndexOf('/'));
    }

    /** Makes the directory of a socket, for us (and the group) alone; one that is there already must be like that. */
    private static boolean ownDirectory(Sys sys, String socket, int groupId) {
        String directory = directoryOf(socket);
        boolean shared = groupId != NO_GROUP;
        sys.makeDirectory(directory, shared ? 0750 : 0700);
        FileFacts facts = new FileFacts();
        return sys.statLink(directory, facts) >= 0
                && facts.directory
                && facts.userId == sys.userId()
                && (facts.mode & (shared ? 0027 : 0077)) == 0
                && (!shared || sys.changeOwner(directory, -1, groupId) >= 0);
    }

    /** Whether only this user (or root) can have made what is in the directory of one of the default places. */
    static boolean isDirectoryOf(Sys sys, String place, int userId) {
        FileFacts facts = new FileFacts();
        return sys.statLink(directoryOf(place), facts) >= 0
                && facts.directory
                && (facts.userId == userId || facts.userId == 0)
                && (facts.mode & WRITABLE_BY_OTHERS) == 0;
    }
}
