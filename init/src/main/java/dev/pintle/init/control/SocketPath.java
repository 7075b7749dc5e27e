package dev.pintle.init.control;

import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Sys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the control socket is: the same list for the init, which takes the first it can use, and for its clients. */
public final class SocketPath {

    private SocketPath() {}

    /**
     * The places to try in turn.
     *
     * @param given  the path that was set by the user, or null
     * @param userId of the init
     */
    public static List<String> candidates(@Nullable String given, int userId) {
        if (given != null && !given.isEmpty()) {
            return List.of(given);
        }
        List<String> places = new ArrayList<>();
        places.add("/run/pintle/control");
        places.add("/tmp/.pintle-" + userId + "/control");
        places.add("/dev/shm/.pintle-" + userId + "/control");
        places.add("@pintle-" + userId);
        return places;
    }

    /** The value for a socket that is for root and the init's own user alone. */
    public static final int NO_GROUP = -1;

    /**
     * Listens at the first place that can be used; why not, where none can: a negated errno.
     *
     * @param groupId the group whose members may connect too, or {@link #NO_GROUP}
     */
    public static int listen(Sys sys, @Nullable String given, int mode, int groupId) {
        int result = -1;
        for (String place : candidates(given, sys.userId())) {
            boolean isAbstract = place.charAt(0) == '@';
            if (groupId != NO_GROUP && isAbstract) {
                // It has no permissions that could let a group in and keep others out.
                continue;
            }
            if (given != null || isAbstract || ownDirectory(sys, place, groupId)) {
                result = sys.listenLocal(place, mode);
                if (result >= 0 && groupId != NO_GROUP) {
                    result = share(sys, place, groupId, result);
                }
                if (result >= 0) {
                    return result;
                }
            }
        }
        return result;
    }

    private static int share(Sys sys, String place, int groupId, int listener) {
        int result = sys.changeOwner(place, -1, groupId);
        if (result < 0) {
            sys.close(listener);
            sys.remove(place);
            return result;
        }
        return listener;
    }

    /** Makes the directory of a socket, for us (and the group) alone; one that is there already must be like that. */
    private static boolean ownDirectory(Sys sys, String socket, int groupId) {
        String directory = socket.substring(0, socket.lastIndexOf('/'));
        boolean shared = groupId != NO_GROUP;
        sys.makeDirectory(directory, shared ? 0750 : 0700);
        FileFacts facts = new FileFacts();
        return sys.stat(directory, facts) >= 0
                && facts.directory
                && facts.userId == sys.userId()
                && (facts.mode & (shared ? 0027 : 0077)) == 0
                && (!shared || sys.changeOwner(directory, -1, groupId) >= 0);
    }

    /** Connects to the init of this container; a negated errno where none listens. */
    public static int connect(Sys sys, @Nullable String given) {
        int result = connectAs(sys, given, sys.userId());
        FileFacts facts = new FileFacts();
        if (result < 0 && sys.stat("/proc/1", facts) >= 0 && facts.userId != sys.userId()) {
            // root looks after an init that is not root's.
            result = connectAs(sys, given, facts.userId);
        }
        return result;
    }

    private static int connectAs(Sys sys, @Nullable String given, int userId) {
        int result = -1;
        for (String place : candidates(given, userId)) {
            result = sys.connectLocal(place);
            if (result >= 0) {
                return result;
            }
        }
        return result;
    }
}
