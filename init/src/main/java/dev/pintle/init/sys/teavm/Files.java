package dev.pintle.init.sys.teavm;

import dev.pintle.init.sys.FileFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.interop.Address;
import org.teavm.interop.Structure;

/** Files by their paths. */
final class Files {
    private static final int PERMISSIONS = 07777;

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
            facts.regular = kind == SysStatH.S_IFREG;
            facts.directory = kind == SysStatH.S_IFDIR;
        }
        return result;
    }

    /** Whether {@code path} itself, not what a link leads to, is a socket. */
    static boolean isSocket(Address path) {
        return SysStatH.lstat(path, STAT.toAddress()) == 0 && (STAT.st_mode & SysStatH.S_IFMT) == SysStatH.S_IFSOCK;
    }

    static int changeOwner(String path, int userId, int groupId) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : ErrnoH.result(UnistdH.chown(name, userId, groupId));
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
            UnistdH.unlink(path);
        }
        return result;
    }

    static @Nullable List<String> list(String path) {
        Address name = NativeStrings.path(path);
        Address directory = name == null ? NativeStrings.NULL : DirentH.opendir(name);
        if (directory == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        boolean whole = readEntries(directory, names);
        DirentH.closedir(directory);
        return whole ? names : null;
    }

    /** readdir(3) answers an error and the end alike, but for errno. */
    private static boolean readEntries(Address directory, List<String> names) {
        while (true) {
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
    }

    static int mayExecute(String path) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : ErrnoH.result(UnistdH.access(name, UnistdH.X_OK));
    }

    static int makeDirectory(String path, int mode) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : ErrnoH.result(SysStatH.mkdir(name, mode));
    }

    static int remove(String path) {
        Address name = NativeStrings.path(path);
        return name == null ? -ErrnoH.ENAMETOOLONG : ErrnoH.result(UnistdH.unlink(name));
    }
}
