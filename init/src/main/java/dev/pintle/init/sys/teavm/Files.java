package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/** Files by their paths. */
final class Files {
    /** Where {@code struct stat} has {@code st_mtim}, seconds and nanoseconds, on amd64 and arm64; a struct in it has no name here. */
    private static final int MODIFIED = 88;

    private static final int PERMISSIONS = 07777;
    private static final int ALL_WRITE = 0222;

    private static final Stat STAT =
            StdlibH.malloc(Structure.sizeOf(Stat.class)).toStructure();

    private Files() {}

    /** Non-blocking, since the path may be a FIFO. */
    static int openForReading(String path) {
        Address name = NativeStrings.path(path);
        if (name == null) {
            return -ErrnoH.ENAMETOOLONG;
        }
        int flags = FcntlH.O_RDONLY | FcntlH.O_CLOEXEC | FcntlH.O_NONBLOCK | FcntlH.O_NOCTTY;
        return ErrnoH.result(FcntlH.open(name, flags, 0));
    }

    static int openAgain(int descriptor) {
        int result = ErrnoH.result(SysStatH.fstat(descriptor, STAT.toAddress()));
        int kind = STAT.st_mode & SysStatH.S_IFMT;
        if (result == 0 && (kind == SysStatH.S_IFREG || kind == SysStatH.S_IFSOCK)) {
            result = -Errno.EINVAL;
        }
        Address name = NativeStrings.path("/proc/self/fd/" + descriptor);
        if (result < 0 || name == null) {
            return result;
        }
        int flags = FcntlH.O_WRONLY | FcntlH.O_APPEND | FcntlH.O_CLOEXEC | FcntlH.O_NONBLOCK | FcntlH.O_NOCTTY;
        return ErrnoH.result(FcntlH.open(name, flags, 0));
    }

    static int letOthersWrite(int pipe) {
        int result = ErrnoH.result(SysStatH.fstat(pipe, STAT.toAddress()));
        int mode = STAT.st_mode;
        if (result < 0 || (mode & SysStatH.S_IFMT) != SysStatH.S_IFIFO || STAT.st_uid != UnistdH.geteuid()) {
            return result < 0 ? result : -Errno.EINVAL;
        }
        int wanted = (mode & PERMISSIONS) | ALL_WRITE;
        return wanted == (mode & PERMISSIONS) ? 0 : ErrnoH.result(SysStatH.fchmod(pipe, wanted));
    }

    static int stat(String path, FileFacts facts) {
        Address name = NativeStrings.path(path);
        if (name == null) {
            return -ErrnoH.ENAMETOOLONG;
        }
        return read(ErrnoH.result(SysStatH.stat(name, STAT.toAddress())), facts);
    }

    static int statLink(String path, FileFacts facts) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : read(ErrnoH.result(SysStatH.lstat(name, STAT.toAddress())), facts);
    }

    static long sizeOf(int descriptor) {
        int result = ErrnoH.result(SysStatH.fstat(descriptor, STAT.toAddress()));
        return result < 0 ? result : STAT.st_size;
    }

    private static int read(int result, FileFacts facts) {
        if (result == 0) {
            int kind = STAT.st_mode & SysStatH.S_IFMT;
            facts.mode = STAT.st_mode & PERMISSIONS;
            facts.userId = STAT.st_uid;
            facts.groupId = STAT.st_gid;
            facts.size = STAT.st_size;
            facts.device = STAT.st_dev;
            facts.inode = STAT.st_ino;
            Address modified = STAT.toAddress().add(MODIFIED);
            facts.modified =
                    modified.getLong() * 1_000_000_000L + modified.add(8).getLong();
            facts.links = STAT.st_nlink;
            facts.link = kind == SysStatH.S_IFLNK;
            facts.regular = kind == SysStatH.S_IFREG;
            facts.directory = kind == SysStatH.S_IFDIR;
        }
        return result;
    }

    static int changeOwner(String path, int userId, int groupId) {
        int directory = directoryOf(path);
        if (directory < 0) {
            return directory;
        }
        int flags = FcntlH.AT_SYMLINK_NOFOLLOW;
        return closeFor(
                directory, ErrnoH.result(UnistdH.fchownat(directory, TrustedPath.name(), userId, groupId, flags)));
    }

    /** The directory that a path's last component, then {@link TrustedPath#name}, is in: a descriptor, or a negated errno. */
    private static int directoryOf(String path) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : TrustedPath.parent(name);
    }

    private static int closeFor(int descriptor, int result) {
        UnistdH.close(descriptor);
        return result;
    }

    /** By memfd_create(2), or without it (Linux before 3.17, filters) as a file that has lost its name. */
    static int makeInMemory(String name) {
        Address path = NativeStrings.path(name);
        if (path == null) {
            return -ErrnoH.ENAMETOOLONG;
        }
        int result = ErrnoH.result(SysMmanH.memfd_create(path, SysMmanH.MFD_CLOEXEC));
        if (Descriptors.isRefused(result)) {
            int unnamed = makeUnnamed("/dev/shm/pintle-XXXXXX");
            unnamed = unnamed < 0 ? makeUnnamed("/tmp/pintle-XXXXXX") : unnamed;
            return unnamed < 0 ? result : unnamed;
        }
        return result;
    }

    private static int makeUnnamed(String template) {
        Address path = NativeStrings.path(template);
        if (path == null) {
            return -ErrnoH.ENAMETOOLONG;
        }
        int result = ErrnoH.result(StdlibH.mkostemp(path, FcntlH.O_CLOEXEC));
        if (result >= 0) {
            UnistdH.unlinkat(FcntlH.AT_FDCWD, path, 0);
        }
        return result;
    }

    static @Nullable List<String> list(String path, int most) {
        Address name = NativeStrings.path(path);
        Address directory = name == null ? NativeStrings.NULL : DirentH.opendir(name);
        if (directory == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        boolean whole = readEntries(directory, names, most);
        DirentH.closedir(directory);
        return whole ? names : null;
    }

    /** readdir(3) answers an error and the end alike, but for errno. */
    private static boolean readEntries(Address directory, List<String> names, int most) {
        while (names.size() < most) {
            ErrnoH.__errno_location().putInt(0);
            Address entry = DirentH.readdir(directory);
            if (entry == null) {
                return ErrnoH.errno() == 0;
            }
            Dirent found = entry.toStructure();
            String name = NativeStrings.read(found.d_name);
            if (!name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
        }
        return true;
    }

    static int mayExecute(String path) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : ErrnoH.result(UnistdH.access(name, UnistdH.X_OK));
    }

    static int makeDirectory(String path, int mode) {
        int directory = directoryOf(path);
        return directory < 0
                ? directory
                : closeFor(directory, ErrnoH.result(SysStatH.mkdirat(directory, TrustedPath.name(), mode)));
    }

    static int remove(String path) {
        int directory = directoryOf(path);
        return directory < 0
                ? directory
                : closeFor(directory, ErrnoH.result(UnistdH.unlinkat(directory, TrustedPath.name(), 0)));
    }

    static int rename(String from, String to) {
        int fromDirectory = directoryOf(from);
        if (fromDirectory < 0) {
            return fromDirectory;
        }
        Address name = TrustedPath.copyName();
        int toDirectory = directoryOf(to);
        int result = toDirectory < 0
                ? toDirectory
                : closeFor(
                        toDirectory,
                        ErrnoH.result(StdioH.renameat(fromDirectory, name, toDirectory, TrustedPath.name())));
        return closeFor(fromDirectory, result);
    }

    /** Opens a file along a path whose links are root's or ours. */
    static int openTrusted(String path, int flags, int mode) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : TrustedPath.open(name, flags, mode);
    }

    static int statOpen(int descriptor, FileFacts facts) {
        return read(ErrnoH.result(SysStatH.fstat(descriptor, STAT.toAddress())), facts);
    }
}
