package dev.pintle.init.compat.runit;

import dev.pintle.init.sys.Errno;

/** Words for the errors of system calls, as runit and daemontools have them. */
final class ErrorWords {
    private ErrorWords() {}

    static String of(int errno) {
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
}
