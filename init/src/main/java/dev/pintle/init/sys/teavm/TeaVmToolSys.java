package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.ToolSys;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/** The kernel under a natively compiled program, with what helper programs ask of it. */
public final class TeaVmToolSys extends TeaVmSys implements ToolSys {
    private static final long NANOS = 1_000_000_000;

    private static final Address OFFSET = StdlibH.malloc(8);
    private static final Timespec TIME =
            StdlibH.malloc(Structure.sizeOf(Timespec.class)).toStructure();
    private static final Rlimit RLIMIT =
            StdlibH.malloc(Structure.sizeOf(Rlimit.class)).toStructure();

    @Override
    public long wallClockNanos() {
        TimeH.clock_gettime(TimeH.CLOCK_REALTIME, TIME.toAddress());
        return TIME.tv_sec * NANOS + TIME.tv_nsec;
    }

    @Override
    public int execute(ChildSpec described) {
        ChildBlock block = new ChildBlock();
        int result = block.encode(described);
        if (result == 0) {
            result = -ChildSetUp.execute(block.plan());
            block.free();
        }
        return result;
    }

    @Override
    public int fork() {
        return ErrnoH.result(UnistdH.fork());
    }

    @Override
    public int newSession() {
        return ErrnoH.result(UnistdH.setsid());
    }

    @Override
    public int changeDirectory(String path) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : ErrnoH.result(UnistdH.chdir(name));
    }

    @Override
    public int enterDirectory(int descriptor) {
        return ErrnoH.result(UnistdH.fchdir(descriptor));
    }

    @Override
    public int changeRoot(String path) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : ErrnoH.result(UnistdH.chroot(name));
    }

    /** nice(2) answers the new niceness, which may be -1. */
    @Override
    public int addNice(int increment) {
        ErrnoH.__errno_location().putInt(0);
        return UnistdH.nice(increment) == -1 ? -ErrnoH.errno() : 0;
    }

    @Override
    public int setGroups(int[] groups) {
        return ErrnoH.result(GrpH.setgroups(groups.length, Address.ofData(groups)));
    }

    @Override
    public int setGroup(int groupId) {
        return ErrnoH.result(UnistdH.setgid(groupId));
    }

    @Override
    public int setUser(int userId) {
        return ErrnoH.result(UnistdH.setuid(userId));
    }

    @Override
    public int limit(int resource, long[] softAndHard) {
        int result = ErrnoH.result(SysResourceH.getrlimit(resource, RLIMIT.toAddress()));
        softAndHard[0] = RLIMIT.rlim_cur;
        softAndHard[1] = RLIMIT.rlim_max;
        return result;
    }

    @Override
    public int setLimit(int resource, long soft, long hard) {
        RLIMIT.rlim_cur = soft;
        RLIMIT.rlim_max = hard;
        return ErrnoH.result((int) SysSyscallH.syscall(SysSyscallH.SYS_setrlimit(), resource, RLIMIT.toAddress()));
    }

    @Override
    public int open(String path, int flags, int mode) {
        int own = DIRECTORY_ITSELF | TRUSTED | WITHOUT_WAITING;
        int kernelFlags = (flags & ~own) | FcntlH.O_CLOEXEC | FcntlH.O_NOCTTY;
        if ((flags & DIRECTORY_ITSELF) != 0) {
            kernelFlags |= FcntlH.O_DIRECTORY() | FcntlH.O_NOFOLLOW();
        }
        if ((flags & WITHOUT_WAITING) != 0) {
            kernelFlags |= FcntlH.O_NONBLOCK;
        }
        int opened = (flags & TRUSTED) != 0
                ? Files.openTrusted(path, kernelFlags, mode)
                : openPlain(path, kernelFlags, mode);
        if (opened >= 0 && (flags & WITHOUT_WAITING) != 0) {
            FcntlH.fcntl(opened, FcntlH.F_SETFL, flags & APPEND);
        }
        return opened;
    }

    private static int openPlain(String path, int kernelFlags, int mode) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : ErrnoH.result(FcntlH.open(name, kernelFlags, mode));
    }

    @Override
    public int lock(int descriptor, boolean wait) {
        return ErrnoH.result(SysFileH.flock(descriptor, wait ? SysFileH.LOCK_EX : SysFileH.LOCK_EX | SysFileH.LOCK_NB));
    }

    @Override
    public int keepOpen(int descriptor) {
        return ErrnoH.result(FcntlH.fcntl(descriptor, FcntlH.F_SETFD, 0));
    }

    @Override
    public int sync(int descriptor) {
        return ErrnoH.result(UnistdH.fsync(descriptor));
    }

    @Override
    public int seek(int descriptor, long offset) {
        return UnistdH.lseek(descriptor, offset, UnistdH.SEEK_SET) < 0 ? -ErrnoH.errno() : 0;
    }

    @Override
    public int truncate(int descriptor, long size) {
        return ErrnoH.result(UnistdH.ftruncate(descriptor, size));
    }

    @Override
    public int rename(String from, String to) {
        return Files.rename(from, to);
    }

    @Override
    public int changeLinkOwner(String path, int userId, int groupId) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : ErrnoH.result(UnistdH.lchown(name, userId, groupId));
    }

    @Override
    public int changeMode(String path, int mode) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : ErrnoH.result(SysStatH.chmod(name, mode));
    }

    @Override
    public int changeModeOf(int descriptor, int mode) {
        return ErrnoH.result(SysStatH.fchmod(descriptor, mode));
    }

    @Override
    public int statOpen(int descriptor, FileFacts facts) {
        return Files.statOpen(descriptor, facts);
    }

    @Override
    public int changeOwnerOf(int descriptor, int userId, int groupId) {
        return ErrnoH.result(UnistdH.fchown(descriptor, userId, groupId));
    }

    @Override
    public long sizeOf(int descriptor) {
        return Files.sizeOf(descriptor);
    }

    @Override
    public long offset(int descriptor) {
        long offset = UnistdH.lseek(descriptor, 0, UnistdH.SEEK_CUR);
        return offset < 0 ? -ErrnoH.errno() : offset;
    }

    @Override
    public int find(byte value, byte[] bytes, int from, int to) {
        if (from < 0 || from >= to || to > bytes.length) {
            return -1;
        }
        Address data = Address.ofData(bytes);
        Address found = StringH.memchr(data.add(from), value, to - from);
        return found.toLong() == 0 ? -1 : (int) (found.toLong() - data.toLong());
    }

    @Override
    public int readAt(int descriptor, long from, byte[] buffer, int offset, int length) {
        return Descriptors.readAt(descriptor, from, buffer, offset, length);
    }

    @Override
    public int release(int descriptor, long from, long length) {
        int mode = FcntlH.FALLOC_FL_KEEP_SIZE | FcntlH.FALLOC_FL_PUNCH_HOLE;
        return ErrnoH.result(FcntlH.fallocate(descriptor, mode, from, length));
    }

    @Override
    public int move(int pipe, int file, long to, int length) {
        OFFSET.putLong(to);
        return ErrnoH.result(FcntlH.splice(pipe, NativeStrings.NULL, file, OFFSET, length, FcntlH.SPLICE_F_NONBLOCK));
    }

    @Override
    public int connect(byte[] address, int port, boolean stream) {
        return TcpSockets.connect(address, port, stream ? SysSocketH.SOCK_STREAM : SysSocketH.SOCK_DGRAM);
    }

    @Override
    public int connectDatagrams(String path) {
        return LocalSockets.connectDatagrams(path);
    }
}
