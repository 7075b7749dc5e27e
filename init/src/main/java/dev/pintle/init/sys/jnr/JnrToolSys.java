package dev.pintle.init.sys.jnr;

import static dev.pintle.init.sys.jnr.LibC.LIBC;
import static dev.pintle.init.sys.jnr.LibC.orErrno;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.ToolSys;
import java.nio.ByteBuffer;
import java.util.List;

/** The real kernel from a JVM, with what helper programs ask of it. What changes a process changes the whole JVM. */
public final class JnrToolSys extends JnrSys implements ToolSys {
    private static final long NANOS = 1_000_000_000;
    private static final int SEEK_SET = 0;
    private static final int SEEK_CUR = 1;

    /**
     * The kernel of this process.
     *
     * @param arguments what {@link #arguments} gives: the name that it was called by, then the arguments
     */
    public JnrToolSys(List<String> arguments) {
        super(arguments);
    }

    @Override
    public long wallClockNanos() {
        long[] time = new long[2];
        LIBC.clock_gettime(LibC.CLOCK_REALTIME, time);
        return time[0] * NANOS + time[1];
    }

    /** Tries the programs in turn, as execvp(3) does. */
    @Override
    public int execute(ChildSpec described) {
        CText.Vector arguments = new CText.Vector(described.arguments);
        CText.Vector environment = new CText.Vector(described.environment);
        int worst = -Errno.ENOENT;
        for (String program : described.programs) {
            int errno = orErrno(LIBC.execve(CText.path(program), arguments.array(), environment.array()));
            if (errno == -Errno.EACCES) {
                worst = errno;
            } else if (errno != -Errno.ENOENT && errno != -Errno.ENOTDIR) {
                return errno;
            }
        }
        return worst;
    }

    @Override
    public int fork() {
        return -Errno.ENOSYS;
    }

    @Override
    public int newSession() {
        return orErrno(LIBC.setsid());
    }

    @Override
    public int changeDirectory(String path) {
        return orErrno(LIBC.chdir(CText.path(path)));
    }

    @Override
    public int enterDirectory(int descriptor) {
        return orErrno(LIBC.fchdir(descriptor));
    }

    @Override
    public int changeRoot(String path) {
        return orErrno(LIBC.chroot(CText.path(path)));
    }

    @Override
    public int addNice(int increment) {
        LibC.RUNTIME.setLastError(0);
        return LIBC.nice(increment) == -1 ? LibC.negatedErrno() : 0;
    }

    @Override
    public int setGroups(int[] groups) {
        return orErrno(LIBC.setgroups(groups.length, groups));
    }

    @Override
    public int setGroup(int groupId) {
        return orErrno(LIBC.setgid(groupId));
    }

    @Override
    public int setUser(int userId) {
        return orErrno(LIBC.setuid(userId));
    }

    @Override
    public int limit(int resource, long[] softAndHard) {
        return orErrno(LIBC.prlimit(0, resource, null, softAndHard));
    }

    @Override
    public int setLimit(int resource, long soft, long hard) {
        return orErrno(LIBC.prlimit(0, resource, new long[] {soft, hard}, null));
    }

    @Override
    public int open(String path, int flags, int mode) {
        int own = DIRECTORY_ITSELF | TRUSTED | WITHOUT_WAITING;
        int kernelFlags = (flags & ~own) | LibC.O_CLOEXEC | LibC.O_NOCTTY;
        if ((flags & DIRECTORY_ITSELF) != 0) {
            kernelFlags |= LibC.O_DIRECTORY | LibC.O_NOFOLLOW;
        }
        if ((flags & WITHOUT_WAITING) != 0) {
            kernelFlags |= LibC.O_NONBLOCK;
        }
        int opened = (flags & TRUSTED) != 0
                ? new TrustedPath(path).open(kernelFlags, mode)
                : orErrno(LIBC.open(CText.path(path), kernelFlags, mode));
        if (opened >= 0 && (flags & WITHOUT_WAITING) != 0) {
            LIBC.fcntl(opened, LibC.F_SETFL, flags & APPEND);
        }
        return opened;
    }

    @Override
    public int lock(int descriptor, boolean wait) {
        return orErrno(LIBC.flock(descriptor, wait ? LibC.LOCK_EX : LibC.LOCK_EX | LibC.LOCK_NB));
    }

    @Override
    public int keepOpen(int descriptor) {
        return orErrno(LIBC.fcntl(descriptor, LibC.F_SETFD, 0));
    }

    @Override
    public int sync(int descriptor) {
        return orErrno(LIBC.fsync(descriptor));
    }

    @Override
    public int seek(int descriptor, long offset) {
        return LIBC.lseek(descriptor, offset, SEEK_SET) < 0 ? LibC.negatedErrno() : 0;
    }

    @Override
    public int truncate(int descriptor, long size) {
        return orErrno(LIBC.ftruncate(descriptor, size));
    }

    @Override
    public int rename(String from, String to) {
        return TrustedPath.at(
                from,
                (directory, name) -> TrustedPath.at(
                        to, (toDirectory, toName) -> orErrno(LIBC.renameat(directory, name, toDirectory, toName))));
    }

    @Override
    public int changeLinkOwner(String path, int userId, int groupId) {
        return orErrno(LIBC.lchown(CText.path(path), userId, groupId));
    }

    @Override
    public int changeMode(String path, int mode) {
        return orErrno(LIBC.chmod(CText.path(path), mode));
    }

    @Override
    public int changeModeOf(int descriptor, int mode) {
        return orErrno(LIBC.fchmod(descriptor, mode));
    }

    @Override
    public int statOpen(int descriptor, FileFacts facts) {
        return stat(descriptor, "", LibC.AT_EMPTY_PATH, facts);
    }

    @Override
    public int changeOwnerOf(int descriptor, int userId, int groupId) {
        return orErrno(LIBC.fchown(descriptor, userId, groupId));
    }

    @Override
    public long sizeOf(int descriptor) {
        FileFacts facts = new FileFacts();
        int result = statOpen(descriptor, facts);
        return result < 0 ? result : facts.size;
    }

    @Override
    public long offset(int descriptor) {
        long offset = LIBC.lseek(descriptor, 0, SEEK_CUR);
        return offset < 0 ? LibC.negatedErrno() : offset;
    }

    @Override
    public int find(byte value, byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == value) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int readAt(int descriptor, long from, byte[] buffer, int offset, int length) {
        return orErrno(LIBC.pread(descriptor, ByteBuffer.wrap(buffer, offset, length), length, from));
    }

    @Override
    public int release(int descriptor, long from, long length) {
        return orErrno(LIBC.fallocate(descriptor, LibC.FALLOC_FL_KEEP_SIZE | LibC.FALLOC_FL_PUNCH_HOLE, from, length));
    }

    @Override
    public int move(int pipe, int file, long to, int length) {
        return orErrno(LIBC.splice(pipe, null, file, new long[] {to}, length, LibC.SPLICE_F_NONBLOCK));
    }

    @Override
    public int connect(byte[] address, int port, boolean stream) {
        return TcpSockets.connect(address, port, stream ? LibC.SOCK_STREAM : LibC.SOCK_DGRAM);
    }

    @Override
    public int connectDatagrams(String path) {
        return LocalSockets.connect(path, LibC.SOCK_DGRAM);
    }
}
