package dev.pintle.init.compat.s6;

import dev.pintle.init.sys.Errno;

/** Words for the errors of system calls, as the C library and so s6 has them. */
public final class ErrorWords {
    private ErrorWords() {}

    /** The words of one. */
    public static String of(int errno) {
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
