package dev.pintle.archive.sys;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import org.teavm.interop.Address;

/** Links and empty directories in a directory that is open, so that no link on the way to it is followed. */
public final class DirectoryEntries {
    private static final int AT_REMOVEDIR = 0x200;

    private DirectoryEntries() {}

    /** Makes a symbolic link; 0, or why not as a negated errno. */
    public static int link(ToolSys sys, String directory, String name, String target) {
        byte[] text = withNul(target);
        byte[] entry = withNul(name);
        int open = open(sys, directory);
        if (open < 0) {
            return open;
        }
        int result = UnistdH.symlinkat(Address.ofData(text), open, Address.ofData(entry));
        int errno = result < 0 ? ErrnoH.errno() : 0;
        sys.close(open);
        return -errno;
    }

    /** Removes an empty directory; 0, or why not as a negated errno. */
    public static int removeDirectory(ToolSys sys, String directory, String name) {
        byte[] entry = withNul(name);
        int open = open(sys, directory);
        if (open < 0) {
            return open;
        }
        int result = UnistdH.unlinkat(open, Address.ofData(entry), AT_REMOVEDIR);
        int errno = result < 0 ? ErrnoH.errno() : 0;
        sys.close(open);
        return -errno;
    }

    private static int open(ToolSys sys, String directory) {
        return sys.open(directory, ToolSys.READ | ToolSys.TRUSTED | ToolSys.DIRECTORY_ITSELF, 0);
    }

    /** As C takes it; a text with a NUL in it names nothing, and becomes the empty one, which names nothing either. */
    private static byte[] withNul(String text) {
        return RawText.encode((text.indexOf('\0') >= 0 ? "" : text) + '\0');
    }

    /** Whether a result says that something is there already. */
    public static boolean isThere(int result) {
        return result == -Errno.EEXIST;
    }
}
