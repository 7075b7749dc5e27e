package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Errno;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/**
 * A socket that listens at a path, in a directory that others may write to: the file has its permissions from the moment
 * that it is there, and is given away by its descriptor, so that nobody can put another in its place in between.
 */
final class SocketFile {
    private static final int PERMISSIONS = 0777;
    private static final int UNCHANGED = -1;

    private static final Stat STAT =
            StdlibH.malloc(Structure.sizeOf(Stat.class)).toStructure();

    private final String path;
    private final int mode;
    private final int userId;
    private final int groupId;

    SocketFile(String path, int mode, int userId, int groupId) {
        this.path = path;
        this.mode = mode;
        this.userId = userId;
        this.groupId = groupId;
    }

    int listen() {
        int length = LocalSockets.writeAddress(path);
        if (length < 0) {
            return length;
        }
        Address name = NativeStrings.path(path);
        int directory = name == null ? -ErrnoH.ENAMETOOLONG : TrustedPath.parent(name);
        if (directory < 0) {
            return directory;
        }
        int socket = LocalSockets.open(SysSocketH.SOCK_NONBLOCK);
        if (socket >= 0) {
            int result = TrustedPath.settled() ? bind(socket, directory, length) : bindWithin(socket, directory);
            socket = LocalSockets.closeUnlessListening(socket, result);
        }
        UnistdH.close(directory);
        return socket;
    }

    /**
     * Where others can have the path lead elsewhere, the name alone is bound, from within the directory: there is no
     * bindat(2). Everywhere else the whole path is, as some services look for that (getsockname(2)).
     */
    private int bindWithin(int socket, int directory) {
        int before = TrustedPath.openWorkingDirectory();
        if (before < 0) {
            return before;
        }
        int result = ErrnoH.result(UnistdH.fchdir(directory));
        if (result == 0) {
            int length = LocalSockets.writeAddress("./" + NativeStrings.read(TrustedPath.name()));
            result = length < 0 ? length : bind(socket, directory, length);
            int back = ErrnoH.result(UnistdH.fchdir(before));
            result = result < 0 ? result : back;
        }
        UnistdH.close(before);
        return result;
    }

    /**
     * Linux makes the file with the permissions of the socket's own inode less the umask, others with all permissions less
     * the umask: both come to the same.
     */
    private int bind(int socket, int directory, int length) {
        SysStatH.fchmod(socket, mode);
        int umask = SysStatH.umask(~mode & PERMISSIONS);
        int result = LocalSockets.bind(socket, length);
        if (result == -Errno.EADDRINUSE && isSocket(directory) && LocalSockets.isDead(length)) {
            UnistdH.unlinkat(directory, TrustedPath.name(), 0);
            result = LocalSockets.bind(socket, length);
        }
        SysStatH.umask(umask);
        if (result == 0 && (userId != UNCHANGED || groupId != UNCHANGED)) {
            result = giveAway(directory);
            if (result < 0) {
                UnistdH.unlinkat(directory, TrustedPath.name(), 0);
            }
        }
        return result;
    }

    private static boolean isSocket(int directory) {
        int entry = openEntry(directory);
        boolean socket = entry >= 0 && isSocketItself(entry);
        UnistdH.close(entry);
        return socket;
    }

    private static int openEntry(int directory) {
        int flags = FcntlH.O_PATH | FcntlH.O_NOFOLLOW() | FcntlH.O_CLOEXEC;
        return ErrnoH.result(FcntlH.openat(directory, TrustedPath.name(), flags, 0));
    }

    private static boolean isSocketItself(int entry) {
        return SysStatH.fstat(entry, STAT.toAddress()) == 0
                && (STAT.st_mode & SysStatH.S_IFMT) == SysStatH.S_IFSOCK
                && STAT.st_nlink == 1;
    }

    /** Whoever owns the directory can have put another file there by now: that is not given away. */
    private int giveAway(int directory) {
        int entry = openEntry(directory);
        if (entry < 0) {
            return entry;
        }
        int result = -Errno.EEXIST;
        if (isSocketItself(entry)) {
            Address nothing = TrustedPath.NOTHING;
            result = ErrnoH.result(UnistdH.fchownat(entry, nothing, userId, groupId, FcntlH.AT_EMPTY_PATH));
        }
        UnistdH.close(entry);
        return result;
    }
}
