package dev.pintle.init.sys.jnr;

import java.nio.ByteBuffer;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Out;
import org.jspecify.annotations.Nullable;

/**
 * The functions of glibc that jnr-posix lacks, or has only for text in the JVM's encoding; their constants on amd64 and
 * arm64. A path is bytes with a zero at the end. Names, parameters and results are those of the manual pages, under the
 * headers that declare them. Public, as jnr-ffi makes the implementation in a class loader of its own.
 */
public interface LibC {
    /** The functions themselves. */
    LibC LIBC = LibraryLoader.create(LibC.class).load("c");
    /** What native memory is allocated from. */
    Runtime RUNTIME = Runtime.getRuntime(LIBC);

    // errno.h

    /** The errno of this thread's last call that failed, negated. */
    static int negatedErrno() {
        return -RUNTIME.getLastError();
    }

    /** A result as {@code Sys} has it: zero or more, or a negated errno. */
    static int orErrno(long result) {
        return result < 0 ? negatedErrno() : (int) result;
    }

    // fcntl.h

    int O_RDONLY = 0;
    int O_WRONLY = 01;
    int O_RDWR = 02;
    int O_CREAT = 0100;
    int O_APPEND = 02000;
    int O_NOCTTY = 0400;
    int O_NONBLOCK = 04000;
    int O_CLOEXEC = 02000000;
    int F_SETFD = 2;
    int F_GETFL = 3;
    int F_SETFL = 4;
    int F_DUPFD_CLOEXEC = 1030;
    int FD_CLOEXEC = 1;
    int AT_FDCWD = -100;
    int O_EXCL = 0200;
    int O_PATH = 010000000;
    boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
    int O_DIRECTORY = ARM ? 040000 : 0200000;
    int O_NOFOLLOW = ARM ? 0100000 : 0400000;
    int AT_EMPTY_PATH = 0x1000;

    int openat(int directory, @In byte[] path, int flags, int mode);

    int open(@In byte[] path, int flags, int mode);

    int fcntl(int descriptor, int command, long argument);

    int SPLICE_F_NONBLOCK = 2;

    long splice(int from, @Nullable Pointer fromOffset, int to, @In @Out long[] toOffset, long length, int flags);

    int FALLOC_FL_KEEP_SIZE = 1;
    int FALLOC_FL_PUNCH_HOLE = 2;

    int fallocate(int descriptor, int mode, long from, long length);

    // sys/mman.h

    int MFD_CLOEXEC = 1;

    int memfd_create(@In byte[] name, int flags);

    // sys/file.h

    int LOCK_EX = 2;
    int LOCK_NB = 4;

    int flock(int descriptor, int operation);

    // unistd.h

    int X_OK = 1;

    int pipe2(@Out int[] ends, int flags);

    long read(int descriptor, @Out ByteBuffer buffer, long length);

    long write(int descriptor, @In ByteBuffer buffer, long length);

    long pread(int descriptor, @Out ByteBuffer buffer, long length, long from);

    int close(int descriptor);

    int isatty(int descriptor);

    int access(@In byte[] path, int mode);

    int unlinkat(int directory, @In byte[] path, int flags);

    int readlinkat(int directory, @In byte[] path, @Out byte[] target, long size);

    int geteuid();

    int chdir(@In byte[] path);

    int fchdir(int descriptor);

    int chroot(@In byte[] path);

    int setsid();

    int getsid(int pid);

    int nice(int increment);

    int setgroups(long count, @In int[] groups);

    int setgid(int group);

    int setuid(int user);

    int execve(@In byte[] path, Pointer arguments, Pointer environment);

    int fsync(int descriptor);

    long lseek(int descriptor, long offset, int from);

    int ftruncate(int descriptor, long size);

    int lchown(@In byte[] path, int user, int group);

    int tcsetpgrp(int terminal, int group);

    int gettid();

    long syscall(long number, long first, long second, long third);

    long syscall(long number, long first, @In int[] second, long third);

    long syscall(long number, @In int[] first, @In @Out int[] second);

    // sched.h

    int CLONE_FS = 0x200;

    int unshare(int flags);

    // stdio.h

    int renameat(int fromDirectory, @In byte[] from, int toDirectory, @In byte[] to);

    // sys/stat.h

    int STATX_SIZE = 256;
    int STATX_BASIC = 0x7ff;
    int STATX_LINKS = 16;
    int STATX_USER_ID = 20;
    int STATX_GROUP_ID = 24;
    int STATX_MODE = 28;
    int STATX_INODE = 32;
    int STATX_BYTES = 40;
    int STATX_MODIFIED = 112;
    int STATX_DEVICE = 136;
    int AT_SYMLINK_NOFOLLOW = 0x100;
    int S_IFMT = 0170000;
    int S_IFIFO = 0010000;
    int S_IFDIR = 0040000;
    int S_IFREG = 0100000;
    int S_IFSOCK = 0140000;
    int S_IFLNK = 0120000;

    int statx(int directory, @In byte[] path, int flags, int mask, @Out byte[] facts);

    int mkdirat(int directory, @In byte[] path, int mode);

    int mkfifo(@In byte[] path, int mode);

    int chmod(@In byte[] path, int mode);

    int fchmod(int descriptor, int mode);

    int umask(int mask);

    int fchown(int descriptor, int user, int group);

    int fchownat(int directory, @In byte[] path, int user, int group, int flags);

    // dirent.h

    int DIRENT_LENGTH = 16;
    int DIRENT_NAME = 19;

    Pointer opendir(@In byte[] path);

    Pointer readdir(Pointer directory);

    int closedir(Pointer directory);

    // poll.h

    int poll(@In @Out long[] entries, long count, int timeout);

    // time.h

    int CLOCK_REALTIME = 0;
    int CLOCK_MONOTONIC = 1;

    int clock_gettime(int clock, @Out long[] secondsAndNanos);

    // sys/wait.h

    int P_ALL = 0;
    int P_PID = 1;
    int WNOHANG = 1;
    int WEXITED = 4;
    int WNOWAIT = 0x01000000;
    int CLD_EXITED = 1;
    int SIGINFO_INTS = 32;
    int SIGINFO_CODE = 2;
    int SIGINFO_PID = 4;
    int SIGINFO_STATUS = 6;

    int waitid(int type, int id, @Out int[] info, int options);

    // sys/prctl.h

    int PR_SET_KEEPCAPS = 8;
    int PR_CAPBSET_READ = 23;
    int PR_CAPBSET_DROP = 24;
    int PR_SET_CHILD_SUBREAPER = 36;
    int PR_SET_NO_NEW_PRIVS = 38;
    int PR_CAP_AMBIENT = 47;
    int PR_CAP_AMBIENT_RAISE = 2;

    int prctl(int option, long first, long second, long third, long fourth);

    // sys/resource.h

    int PRIO_PROCESS = 0;

    int prlimit(int pid, int resource, @In long @Nullable [] limits, @Out long @Nullable [] old);

    // sys/socket.h

    int AF_UNIX = 1;
    int AF_INET = 2;
    int AF_INET6 = 10;
    int SOCK_STREAM = 1;
    int SOCK_DGRAM = 2;
    int SOCK_NONBLOCK = 04000;
    int SOCK_CLOEXEC = 02000000;
    int SOL_SOCKET = 1;
    int SO_REUSEADDR = 2;
    int SO_ERROR = 4;
    int SO_PASSCRED = 16;
    int SO_PEERCRED = 17;
    int SCM_CREDENTIALS = 2;
    int SHUT_RDWR = 2;
    int EINPROGRESS = 115;

    int socket(int domain, int type, int protocol);

    int bind(int descriptor, @In byte[] address, int length);

    int listen(int descriptor, int backlog);

    int accept4(int descriptor, @Nullable Pointer address, @Nullable Pointer length, int flags);

    long recvmsg(int descriptor, Pointer message, int flags);

    int shutdown(int descriptor, int how);

    int connect(int descriptor, @In byte[] address, int length);

    int getsockopt(int descriptor, int level, int option, @Out int[] value, @In @Out int[] length);

    int setsockopt(int descriptor, int level, int option, @In int[] value, int length);

    // sys/random.h

    int GRND_NONBLOCK = 1;

    long getrandom(@Out byte[] to, long length, int flags);

    // netinet/in.h

    int IPPROTO_IPV6 = 41;
    int IPV6_V6ONLY = 26;

    // spawn.h

    int POSIX_SPAWN_SETPGROUP = 0x02;
    int POSIX_SPAWN_SETSIGDEF = 0x04;
    int POSIX_SPAWN_SETSIGMASK = 0x08;
    int POSIX_SPAWN_SETSID = 0x80;

    int posix_spawn(
            @Out int[] pid,
            @In byte[] path,
            Pointer actions,
            Pointer attributes,
            Pointer arguments,
            Pointer environment);

    int posix_spawn_file_actions_init(Pointer actions);

    int posix_spawn_file_actions_addopen(Pointer actions, int descriptor, @In byte[] path, int flags, int mode);

    int posix_spawn_file_actions_addclose(Pointer actions, int descriptor);

    int posix_spawn_file_actions_adddup2(Pointer actions, int descriptor, int target);

    int posix_spawn_file_actions_destroy(Pointer actions);

    int posix_spawnattr_init(Pointer attributes);

    int posix_spawnattr_setflags(Pointer attributes, short flags);

    int posix_spawnattr_setpgroup(Pointer attributes, int group);

    int posix_spawnattr_setsigmask(Pointer attributes, Pointer signals);

    int posix_spawnattr_setsigdefault(Pointer attributes, Pointer signals);

    int posix_spawnattr_destroy(Pointer attributes);
}
