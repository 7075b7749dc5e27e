package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Errno;
import org.teavm.interop.Address;

/** What can be done with any descriptor. */
final class Descriptors {
    private static final int STANDARD = 3;
    private static final Address ENDS = StdlibH.malloc(8);

    private Descriptors() {}

    /**
     * Opens what is closed of 0 to 2, so that no pipe or socket of ours takes a number that children know as standard
     * output. A directory stands in where there is no {@code /dev/null}. A program that we become finds them closed as they were.
     */
    static void openStandard() {
        Address nothing = NativeStrings.path("/dev/null");
        for (int descriptor = 0; descriptor < STANDARD; descriptor++) {
            if (FcntlH.fcntl(descriptor, FcntlH.F_GETFD, 0) >= 0) {
                continue;
            }
            // The lowest free number is this one, since those below it are open.
            if (nothing == null || FcntlH.open(nothing, FcntlH.O_RDWR | FcntlH.O_CLOEXEC, 0) < 0) {
                Address root = NativeStrings.path("/");
                if (root != null) {
                    FcntlH.open(root, FcntlH.O_RDONLY | FcntlH.O_CLOEXEC, 0);
                }
                nothing = NativeStrings.path("/dev/null");
            }
        }
    }

    static int pipe(int[] ends) {
        int result = ErrnoH.result(UnistdH.pipe2(ENDS, FcntlH.O_CLOEXEC | FcntlH.O_NONBLOCK));
        if (isRefused(result)) {
            result = ErrnoH.result(UnistdH.pipe(ENDS));
            if (result == 0) {
                markAsOurs(ENDS.getInt());
                markAsOurs(ENDS.add(4).getInt());
            }
        }
        ends[0] = ENDS.getInt();
        ends[1] = ENDS.add(4).getInt();
        return result;
    }

    /** Whether a system call of later date was refused by an old kernel, or by a seccomp filter that does not know it. */
    static boolean isRefused(int result) {
        return result == -Errno.ENOSYS || result == -Errno.EPERM;
    }

    /** Sets close-on-exec and non-blocking where the call that made the descriptor could not. */
    static void markAsOurs(int descriptor) {
        FcntlH.fcntl(descriptor, FcntlH.F_SETFD, FcntlH.FD_CLOEXEC);
        int flags = FcntlH.fcntl(descriptor, FcntlH.F_GETFL, 0);
        FcntlH.fcntl(descriptor, FcntlH.F_SETFL, flags | FcntlH.O_NONBLOCK);
    }

    static int makeBlocking(int descriptor) {
        int flags = FcntlH.fcntl(descriptor, FcntlH.F_GETFL, 0);
        return ErrnoH.result(FcntlH.fcntl(descriptor, FcntlH.F_SETFL, flags & ~FcntlH.O_NONBLOCK));
    }

    static int read(int descriptor, byte[] buffer, int offset, int length) {
        if (isOutside(buffer, offset, length)) {
            return -Errno.EINVAL;
        }
        int result;
        do {
            result = ErrnoH.result(
                    UnistdH.read(descriptor, Address.ofData(buffer).add(offset), length));
        } while (result == -Errno.EINTR);
        return result;
    }

    static int readAt(int descriptor, long from, byte[] buffer, int offset, int length) {
        if (isOutside(buffer, offset, length)) {
            return -Errno.EINVAL;
        }
        return ErrnoH.result(UnistdH.pread(descriptor, Address.ofData(buffer).add(offset), length, from));
    }

    /**
     * A socket whose other end is gone must not kill a client by SIGPIPE, which send(2) can suppress and write(2) cannot;
     * ignoring the signal instead would be inherited by children. A pipe may kill: {@code pintle status | head} ends as any
     * program does, and PID 1 has the signal blocked.
     */
    static int write(int descriptor, byte[] buffer, int offset, int length) {
        if (isOutside(buffer, offset, length)) {
            return -Errno.EINVAL;
        }
        int result;
        do {
            result = ErrnoH.result(
                    SysSocketH.send(descriptor, Address.ofData(buffer).add(offset), length, SysSocketH.MSG_NOSIGNAL));
        } while (result == -Errno.EINTR);
        if (result != -ErrnoH.ENOTSOCK) {
            return result;
        }
        do {
            result = ErrnoH.result(
                    UnistdH.write(descriptor, Address.ofData(buffer).add(offset), length));
        } while (result == -Errno.EINTR);
        return result;
    }

    /**
     * Writes to what others write to as well, without waiting: to a pipe by way of one of our own, since splice(2) can be told not to
     * wait, whatever the descriptor says. A terminal may have this wait.
     */
    static int writeAtOnce(int descriptor, byte[] buffer, int offset, int length) {
        int[] ends = new int[2];
        Address from = Address.ofData(buffer).add(offset);
        int result = ErrnoH.result(
                SysSocketH.send(descriptor, from, length, SysSocketH.MSG_NOSIGNAL | SysSocketH.MSG_DONTWAIT));
        if (result != -ErrnoH.ENOTSOCK) {
            return result;
        }
        if (pipe(ends) < 0) {
            return -Errno.EAGAIN;
        }
        UnistdH.write(ends[1], from, length);
        result = ErrnoH.result(FcntlH.splice(
                ends[0], NativeStrings.NULL, descriptor, NativeStrings.NULL, length, FcntlH.SPLICE_F_NONBLOCK));
        UnistdH.close(ends[0]);
        UnistdH.close(ends[1]);
        // What is no pipe, and where the call is refused.
        return result < 0 && result != -Errno.EAGAIN ? write(descriptor, buffer, offset, length) : result;
    }

    /** The kernel would not notice: it is given an address, not an array. */
    private static boolean isOutside(byte[] buffer, int offset, int length) {
        return offset < 0 || length < 0 || length > buffer.length - offset;
    }
}
