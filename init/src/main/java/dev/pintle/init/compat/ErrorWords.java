package dev.pintle.init.compat;

import dev.pintle.init.sys.Errno;

/** Words for the errors of system calls, in the two dialects that scripts may look for. */
final class ErrorWords {
    private ErrorWords() {}

    /** As runit and daemontools say them. */
    static String runit(int errno) {
        return switch (errno) {
            case Errno.EPERM -> "permission denied";
            case Errno.ENOENT -> "file does not exist";
            case 7 -> "argument list too long";
            case 8 -> "exec format error";
            case 9 -> "file descriptor not open";
            case Errno.EAGAIN -> "temporary failure";
            case Errno.ENOMEM -> "out of memory";
            case Errno.EACCES -> "access denied";
            case Errno.EEXIST -> "file already exists";
            case Errno.ENOTDIR -> "not a directory";
            case Errno.EISDIR -> "is a directory";
            case 26 -> "text busy";
            case Errno.ENOSPC -> "out of disk space";
            default -> Errno.describe(errno);
        };
    }

    /** As the C library, and so s6, says them. */
    static String libc(int errno) {
        return switch (errno) {
            case Errno.EPERM -> "Operation not permitted";
            case Errno.ENOENT -> "No such file or directory";
            case 7 -> "Argument list too long";
            case 8 -> "Exec format error";
            case 9 -> "Bad file descriptor";
            case Errno.EACCES -> "Permission denied";
            case Errno.ENOTDIR -> "Not a directory";
            case Errno.EISDIR -> "Is a directory";
            case Errno.EINVAL -> "Invalid argument";
            default -> Errno.describe(errno);
        };
    }
}
