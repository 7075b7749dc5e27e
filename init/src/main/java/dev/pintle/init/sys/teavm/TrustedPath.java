package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Errno;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/**
 * Walks paths through directories that others may write to. A symbolic link is followed only where it is root's or this
 * process's own: {@code /var/run} and {@code /var/log/app.log -> /dev/stdout} are, what a service's user has made in its own
 * directory is not. Each step is taken from the descriptor of the directory before it, so nothing that is swapped meanwhile
 * leads elsewhere.
 *
 * <p>It allocates nothing and touches no object, as a child between fork and exec needs it ({@link ChildSetUp}).
 */
final class TrustedPath {
    /** As many links as the kernel follows in a path (path_resolution(7)). */
    private static final int MOST_LINKS = 40;

    /** Components that are walked through for a path, those of its links among them: each takes several system calls. */
    private static final int MOST_STEPS = 256;

    private static final int PATH_SIZE = 4096;
    private static final int OTHERS_MAY_WRITE = 022;
    /** The inode of the root of a file system of processes. */
    private static final long PROC_ROOT = 1;

    private static final int AT_DIRECTORY = FcntlH.O_PATH | FcntlH.O_CLOEXEC;
    private static final int AT_ENTRY = AT_DIRECTORY | FcntlH.O_NOFOLLOW();

    private static final Stat STAT =
            StdlibH.malloc(Structure.sizeOf(Stat.class)).toStructure();
    private static final Address ROOT = ChildSetUp.constant("/");
    private static final Address HERE = ChildSetUp.constant(".");
    private static final Address PROC = ChildSetUp.constant("/proc");
    /** The empty path, for what a descriptor itself is. */
    static final Address NOTHING = ChildSetUp.constant("");
    /** What is left of the path, at its end; links are put before it. One block serves all: each takes a page at once. */
    private static final Address PATH = StdlibH.malloc(4 * PATH_SIZE);

    private static final Address LINK = PATH.add(2 * PATH_SIZE);

    private static final Address NAME = PATH.add(3 * PATH_SIZE);

    /** Where in {@link #PATH} the next component begins. */
    private static Address next = PATH;

    private static int links;
    private static int steps;
    /** Whether all directories that were walked through are such that nobody else can make the path lead elsewhere. */
    private static boolean settled;

    private TrustedPath() {}

    /** Has the class ready before a child needs it. */
    static void prepare() {
        next = PATH;
    }

    /**
     * The directory that a path's last component is in, as a descriptor to start from (O_PATH); {@link #name} is that
     * component then, which is not looked at.
     *
     * @return a descriptor, or a negated errno; {@link ErrnoH#ELOOP} for a link that is not followed
     */
    static int parent(Address path) {
        int length = lengthOf(path);
        if (length == 0) {
            return -Errno.ENOENT;
        }
        if (length >= PATH_SIZE) {
            return -ErrnoH.ENAMETOOLONG;
        }
        next = PATH.add(2 * PATH_SIZE - length - 1);
        Address.moveMemoryBlock(path, next, length + 1);
        links = 0;
        steps = 0;
        settled = true;
        return walk(start());
    }

    /** The working directory, to go back to it. */
    static int openWorkingDirectory() {
        return ErrnoH.result(FcntlH.open(HERE, AT_DIRECTORY | FcntlH.O_DIRECTORY(), 0));
    }

    /** The last component, until the next walk. */
    static Address name() {
        return next;
    }

    /** The last component, until this is asked for again; a name that is too long is cut off. */
    static Address copyName() {
        int length = Math.min(lengthOf(next), PATH_SIZE - 1);
        Address.moveMemoryBlock(next, NAME, length);
        NAME.add(length).putByte((byte) 0);
        return NAME;
    }

    /** Whether nobody but root and this user can make the directory's path lead elsewhere. */
    static boolean settled() {
        return settled;
    }

    /**
     * Opens a file as open(2) does.
     *
     * @param flags of open(2), O_TRUNC not among them
     */
    static int open(Address path, int flags, int mode) {
        int directory = parent(path);
        while (directory >= 0) {
            int opened = ErrnoH.result(FcntlH.openat(directory, next, flags | FcntlH.O_NOFOLLOW(), mode));
            if (opened >= 0) {
                opened = checkNames(directory, opened);
            }
            if (opened != -ErrnoH.ELOOP || (flags & FcntlH.O_EXCL) != 0) {
                UnistdH.close(directory);
                return opened;
            }
            int link = ErrnoH.result(FcntlH.openat(directory, next, AT_ENTRY, 0));
            if (link >= 0 && isMagic(link)) {
                UnistdH.close(link);
                opened = ErrnoH.result(FcntlH.openat(directory, next, flags, mode));
                UnistdH.close(directory);
                return opened;
            }
            directory = link < 0 ? closeFor(directory, link) : follow(directory, link, next.add(lengthOf(next)));
            directory = directory < 0 ? directory : walk(directory);
        }
        return directory;
    }

    /**
     * A file that others can put in place may be another name of one that they may not write to; where the kernel does not
     * forbid to make such names (fs.protected_hardlinks), this does to open one.
     */
    private static int checkNames(int directory, int opened) {
        int result = ErrnoH.result(SysStatH.fstat(opened, STAT.toAddress()));
        boolean several = (STAT.st_mode & SysStatH.S_IFMT) == SysStatH.S_IFREG && STAT.st_nlink > 1;
        if (result == 0 && several) {
            result = ErrnoH.result(SysStatH.fstat(directory, STAT.toAddress()));
            result = result == 0 && isOthers() ? -ErrnoH.EMLINK : result;
        }
        return result < 0 ? closeFor(opened, result) : opened;
    }

    /** Where a path begins: the root, which {@link #next} then is past, or the working directory. */
    private static int start() {
        boolean absolute = next.getByte() == '/';
        return ErrnoH.result(FcntlH.open(absolute ? ROOT : HERE, AT_DIRECTORY | FcntlH.O_DIRECTORY(), 0));
    }

    /** Enters one directory after the other, until one component is left. */
    private static int walk(int from) {
        int directory = from;
        while (directory >= 0) {
            while (next.getByte() == '/') {
                next = next.add(1);
            }
            Address end = next;
            while (end.getByte() != 0 && end.getByte() != '/') {
                end = end.add(1);
            }
            if (end.getByte() == 0) {
                return next.getByte() == 0 ? closeFor(directory, -Errno.EISDIR) : directory;
            }
            end.putByte((byte) 0);
            directory = ++steps > MOST_STEPS ? closeFor(directory, -ErrnoH.ENAMETOOLONG) : enter(directory, end);
        }
        return directory;
    }

    /** From {@code directory} on, the component that ends at {@code end}; closes the one, and opens the other. */
    private static int enter(int directory, Address end) {
        int result = ErrnoH.result(SysStatH.fstat(directory, STAT.toAddress()));
        settled &= result == 0 && !isOthers();
        int entry = ErrnoH.result(FcntlH.openat(directory, next, AT_ENTRY, 0));
        result = entry < 0 ? entry : ErrnoH.result(SysStatH.fstat(entry, STAT.toAddress()));
        if (result < 0) {
            UnistdH.close(entry);
            return closeFor(directory, result);
        }
        int kind = STAT.st_mode & SysStatH.S_IFMT;
        if (kind == SysStatH.S_IFLNK) {
            return isMagic(entry) ? enterByKernel(directory, entry, end) : follow(directory, entry, end);
        }
        next = end.add(1);
        UnistdH.close(directory);
        return kind == SysStatH.S_IFDIR ? entry : closeFor(entry, -Errno.ENOTDIR);
    }

    private static int enterByKernel(int directory, int link, Address end) {
        int flags = AT_DIRECTORY | FcntlH.O_DIRECTORY();
        int entered = ErrnoH.result(FcntlH.openat(directory, next, flags, 0));
        next = end.add(1);
        UnistdH.close(link);
        return closeFor(directory, entered);
    }

    /** Puts what a link holds before what is left, which begins after {@code end}; where to go on from. */
    private static int follow(int directory, int link, Address end) {
        int result = ErrnoH.result(SysStatH.fstat(link, STAT.toAddress()));
        if (result == 0 && (++links > MOST_LINKS || !isOurs())) {
            result = -ErrnoH.ELOOP;
        }
        int length = result < 0 ? result : ErrnoH.result(UnistdH.readlinkat(link, NOTHING, LINK, PATH_SIZE));
        UnistdH.close(link);
        if (length >= PATH_SIZE || length > end.diff(PATH)) {
            length = -ErrnoH.ENAMETOOLONG;
        }
        if (length <= 0) {
            return closeFor(directory, length == 0 ? -Errno.ENOENT : length);
        }
        if (end.diff(PATH) < 2 * PATH_SIZE - 1) {
            end.putByte((byte) '/');
        }
        next = end.add(-length);
        Address.moveMemoryBlock(LINK, next, length);
        return next.getByte() == '/' ? closeFor(directory, start()) : directory;
    }

    /** Whether a link is one of a file system of processes, which has no text that leads where it leads. */
    private static boolean isMagic(int link) {
        if (SysStatH.fstat(link, STAT.toAddress()) < 0 || !isOurs()) {
            return false;
        }
        long device = STAT.st_dev;
        boolean proc = SysStatH.stat(PROC, STAT.toAddress()) == 0 && STAT.st_ino == PROC_ROOT;
        return proc && STAT.st_dev == device;
    }

    private static boolean isOurs() {
        return STAT.st_uid == 0 || STAT.st_uid == UnistdH.geteuid();
    }

    private static boolean isOthers() {
        return !isOurs() || (STAT.st_mode & OTHERS_MAY_WRITE) != 0;
    }

    private static int lengthOf(Address text) {
        int length = 0;
        while (text.add(length).getByte() != 0) {
            length++;
        }
        return length;
    }

    private static int closeFor(int descriptor, int result) {
        UnistdH.close(descriptor);
        return result;
    }
}
