package dev.pintle.init.sys;

/** The errors of Linux's system calls on amd64 and arm64 that the init tells apart, and words for the common ones. */
public final class Errno {
    /** Not permitted. */
    public static final int EPERM = 1;
    /** No such file. */
    public static final int ENOENT = 2;
    /** No such process. */
    public static final int ESRCH = 3;
    /** Interrupted by a signal. */
    public static final int EINTR = 4;
    /** No child is left. */
    public static final int ECHILD = 10;
    /** Try again. */
    public static final int EAGAIN = 11;
    /** Out of memory. */
    public static final int ENOMEM = 12;
    /** Permission denied. */
    public static final int EACCES = 13;
    /** It is there already. */
    public static final int EEXIST = 17;
    /** Not a directory. */
    public static final int ENOTDIR = 20;
    /** Is a directory. */
    public static final int EISDIR = 21;
    /** Invalid argument. */
    public static final int EINVAL = 22;
    /** Too many open files in the system. */
    public static final int ENFILE = 23;
    /** Too many open files in this process. */
    public static final int EMFILE = 24;
    /** The disk is full. */
    public static final int ENOSPC = 28;
    /** A file has several names. */
    public static final int EMLINK = 31;
    /** The other end is closed. */
    public static final int EPIPE = 32;
    /** A path or name is too long. */
    public static final int ENAMETOOLONG = 36;
    /** No such system call. */
    public static final int ENOSYS = 38;
    /** Too many symbolic links, or one that is not followed. */
    public static final int ELOOP = 40;
    /** No such address family. */
    public static final int EAFNOSUPPORT = 97;
    /** Somebody listens there already. */
    public static final int EADDRINUSE = 98;
    /** No such address on this machine. */
    public static final int EADDRNOTAVAIL = 99;
    /** It took too long. */
    public static final int ETIMEDOUT = 110;
    /** Nobody listens there. */
    public static final int ECONNREFUSED = 111;

    private Errno() {}

    /** Whether the kernel was short of processes, descriptors or memory: that passes. */
    public static boolean isShortage(int errno) {
        return errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == EAGAIN;
    }

    /** Such as {@code ENOENT: no such file or directory}. */
    public static String describe(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM: operation not permitted";
            case ENOENT -> "ENOENT: no such file or directory";
            case ESRCH -> "ESRCH: no such process";
            case EINTR -> "EINTR: interrupted";
            case 5 -> "EIO: input/output error";
            case 7 -> "E2BIG: argument list too long";
            case 8 -> "ENOEXEC: not a program; a script begins with #! and its interpreter";
            case 9 -> "EBADF: bad file descriptor";
            case ECHILD -> "ECHILD: no child processes";
            case EAGAIN -> "EAGAIN: resource temporarily unavailable";
            case ENOMEM -> "ENOMEM: out of memory";
            case EACCES -> "EACCES: permission denied";
            case EEXIST -> "EEXIST: file exists";
            case ENOTDIR -> "ENOTDIR: not a directory";
            case EISDIR -> "EISDIR: is a directory";
            case EINVAL -> "EINVAL: invalid argument";
            case ENFILE -> "ENFILE: too many open files in the system";
            case EMFILE -> "EMFILE: too many open files";
            case 26 -> "ETXTBSY: the program is being written to";
            case 27 -> "EFBIG: file too large";
            case ENOSPC -> "ENOSPC: no space left on device";
            case 30 -> "EROFS: read-only file system";
            case 6 -> "ENXIO: nobody reads it, or no such device";
            case EMLINK -> "EMLINK: it has another name, in a directory that others can write to";
            case EPIPE -> "EPIPE: nobody reads it";
            case ENAMETOOLONG -> "ENAMETOOLONG: name too long";
            case ENOSYS -> "ENOSYS: not known to this kernel";
            case ELOOP -> "ELOOP: too many symbolic links, or one that belongs to another user";
            case 95 -> "ENOTSUP: not supported";
            case EADDRINUSE -> "EADDRINUSE: address in use";
            case EAFNOSUPPORT -> "EAFNOSUPPORT: no such address family here";
            case EADDRNOTAVAIL -> "EADDRNOTAVAIL: not an address of this machine";
            case 104 -> "ECONNRESET: connection reset";
            case ETIMEDOUT -> "ETIMEDOUT: timed out";
            case ECONNREFUSED -> "ECONNREFUSED: connection refused";
            default -> "errno " + errno;
        };
    }
}
