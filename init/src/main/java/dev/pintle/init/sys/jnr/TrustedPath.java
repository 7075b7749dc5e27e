package dev.pintle.init.sys.jnr;

import static dev.pintle.init.sys.jnr.LibC.LIBC;
import static dev.pintle.init.sys.jnr.LibC.orErrno;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.RawText;

/**
 * Walks a path through directories that others may write to, as {@link dev.pintle.init.sys.Sys#openTrusted} says. The kernel
 * under the native binary has the same in system calls alone.
 */
final class TrustedPath {
    private static final int MOST_LINKS = 40;
    private static final int MOST_STEPS = 256;
    private static final int LONGEST = 4095;
    private static final int OTHERS_MAY_WRITE = 022;
    private static final int AT_DIRECTORY = LibC.O_PATH | LibC.O_CLOEXEC;

    private final FileFacts facts = new FileFacts();
    private String rest;
    private int links;
    private int steps;
    private boolean settled = true;

    TrustedPath(String path) {
        rest = path.indexOf('\0') >= 0 ? "" : path;
    }

    /** The directory of the last component, which {@link #name} is then: a descriptor, or a negated errno. */
    int parent() {
        if (rest.isEmpty()) {
            return -Errno.ENOENT;
        }
        return RawText.encode(rest).length > LONGEST ? -Errno.ENAMETOOLONG : walk(start());
    }

    byte[] name() {
        return CText.path(rest);
    }

    /** Whether nobody but root and this user can make the directory's path lead elsewhere. */
    boolean settled() {
        return settled;
    }

    /** Does something to the last component in its directory. */
    static int at(String path, At action) {
        TrustedPath walked = new TrustedPath(path);
        int directory = walked.parent();
        return directory < 0 ? directory : closeFor(directory, action.act(directory, walked.name()));
    }

    /** What is done to a name in a directory. */
    interface At {
        int act(int directory, byte[] name);
    }

    int open(int flags, int mode) {
        int directory = parent();
        while (directory >= 0) {
            int opened = orErrno(LIBC.openat(directory, name(), flags | LibC.O_NOFOLLOW, mode));
            if (opened >= 0) {
                opened = checkNames(directory, opened);
            }
            if (opened != -Errno.ELOOP || (flags & LibC.O_EXCL) != 0) {
                return closeFor(directory, opened);
            }
            int link = orErrno(LIBC.openat(directory, name(), AT_DIRECTORY | LibC.O_NOFOLLOW, 0));
            if (link >= 0 && isMagic(link)) {
                LIBC.close(link);
                return closeFor(directory, orErrno(LIBC.openat(directory, name(), flags, mode)));
            }
            directory = link < 0 ? closeFor(directory, link) : walk(follow(directory, link, ""));
        }
        return directory;
    }

    private int checkNames(int directory, int opened) {
        int result = stat(opened);
        if (result == 0 && facts.regular && facts.links > 1) {
            result = stat(directory);
            result = result == 0 && isOthers() ? -Errno.EMLINK : result;
        }
        return result < 0 ? closeFor(opened, result) : opened;
    }

    private int start() {
        return orErrno(LIBC.open(CText.path(rest.startsWith("/") ? "/" : "."), AT_DIRECTORY | LibC.O_DIRECTORY, 0));
    }

    private int walk(int from) {
        int directory = from;
        while (directory >= 0) {
            while (rest.startsWith("/")) {
                rest = rest.substring(1);
            }
            int slash = rest.indexOf('/');
            if (slash < 0) {
                return rest.isEmpty() ? closeFor(directory, -Errno.EISDIR) : directory;
            }
            directory = ++steps > MOST_STEPS
                    ? closeFor(directory, -Errno.ENAMETOOLONG)
                    : enter(directory, rest.substring(0, slash), rest.substring(slash + 1));
        }
        return directory;
    }

    private int enter(int directory, String component, String after) {
        settled &= stat(directory) == 0 && !isOthers();
        int entry = orErrno(LIBC.openat(directory, CText.path(component), AT_DIRECTORY | LibC.O_NOFOLLOW, 0));
        int result = entry < 0 ? entry : stat(entry);
        if (result < 0) {
            return closeFor(directory, entry < 0 ? result : closeFor(entry, result));
        }
        if (facts.link && !isMagic(entry)) {
            return follow(directory, entry, "/" + after);
        }
        rest = after;
        if (facts.link) {
            LIBC.close(entry);
            int flags = AT_DIRECTORY | LibC.O_DIRECTORY;
            return closeFor(directory, orErrno(LIBC.openat(directory, CText.path(component), flags, 0)));
        }
        LIBC.close(directory);
        return facts.directory ? entry : closeFor(entry, -Errno.ENOTDIR);
    }

    private int follow(int directory, int link, String after) {
        int result = stat(link);
        if (result == 0 && (++links > MOST_LINKS || !isOurs())) {
            result = -Errno.ELOOP;
        }
        byte[] target = new byte[LONGEST];
        int length = result < 0 ? result : orErrno(LIBC.readlinkat(link, CText.path(""), target, target.length));
        LIBC.close(link);
        if (length <= 0) {
            return closeFor(directory, length == 0 ? -Errno.ENOENT : length);
        }
        rest = RawText.decode(target, 0, length) + after;
        return rest.startsWith("/") ? closeFor(directory, start()) : directory;
    }

    private boolean isMagic(int link) {
        FileFacts proc = new FileFacts();
        return stat(link) == 0
                && isOurs()
                && JnrSys.stat(LibC.AT_FDCWD, "/proc/self", 0, proc) == 0
                && facts.device == proc.device;
    }

    private int stat(int descriptor) {
        return JnrSys.stat(descriptor, "", LibC.AT_EMPTY_PATH, facts);
    }

    private boolean isOurs() {
        return facts.userId == 0 || facts.userId == LIBC.geteuid();
    }

    private boolean isOthers() {
        return !isOurs() || (facts.mode & OTHERS_MAY_WRITE) != 0;
    }

    private static int closeFor(int descriptor, int result) {
        LIBC.close(descriptor);
        return result;
    }
}
