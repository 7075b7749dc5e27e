package dev.pintle.archive.boot;

import dev.pintle.archive.sys.DirectoryEntries;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Output;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;

/** Makes and removes what is below /run, where no link of another's is followed. */
final class WrittenFiles {
    /** The exit code where the container's files cannot be made. */
    static final int CODE = 111;

    private static final int DIRECTORY_MODE = 0755;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int MOST_ENTRIES = 100_000;

    private final ToolSys sys;
    private final FileFacts facts = new FileFacts();

    WrittenFiles(ToolSys sys) {
        this.sys = sys;
    }

    /** Makes a directory, unless there is one that is this user's and nobody else's to write to. */
    void directory(String path) throws FailureException {
        int made = sys.makeDirectory(path, DIRECTORY_MODE);
        if (made == 0) {
            // The umask is the engine's.
            sys.changeMode(path, DIRECTORY_MODE);
            return;
        }
        if (!DirectoryEntries.isThere(made)) {
            throw failure("make", path, -made);
        }
        if (sys.statLink(path, facts) < 0 || !facts.directory) {
            throw new FailureException(CODE, "cannot make " + path + ": something else is there, and no directory");
        }
        if (facts.userId != sys.userId() || (facts.mode & WRITABLE_BY_OTHERS) != 0) {
            throw new FailureException(
                    CODE,
                    "cannot use " + path + ": others can write to it; remove it, or take write permission from others");
        }
    }

    /** Whether a directory is new. */
    boolean isNewDirectory(String path) throws FailureException {
        int made = sys.makeDirectory(path, DIRECTORY_MODE);
        if (made < 0 && !DirectoryEntries.isThere(made)) {
            throw failure("make", path, -made);
        }
        return made == 0;
    }

    /** Writes a file in place of what is there. */
    void file(String path, String text, int mode) throws FailureException {
        int removed = sys.remove(path);
        if (removed < 0 && removed != -Errno.ENOENT) {
            throw failure("replace", path, -removed);
        }
        int open = sys.open(path, ToolSys.WRITE | ToolSys.NEW | ToolSys.TRUSTED, mode);
        if (open < 0) {
            throw failure("write", path, -open);
        }
        byte[] bytes = RawText.encode(text);
        int written = Output.write(sys, open, bytes, bytes.length);
        if (written == 0) {
            written = sys.changeModeOf(open, mode);
        }
        sys.close(open);
        if (written < 0) {
            throw failure("write", path, -written);
        }
    }

    /** Makes a link in place of another. */
    void link(String directory, String name, String target) throws FailureException {
        String path = directory + "/" + name;
        if (sys.statLink(path, facts) >= 0 && facts.link) {
            sys.remove(path);
        }
        int made = DirectoryEntries.link(sys, directory, name, target);
        if (made < 0) {
            throw failure("link", path, -made);
        }
    }

    /** Removes all that is in a directory, and not the directory. What cannot be removed is left. */
    void empty(String directory) {
        List<String> found = new ArrayList<>(List.of(directory));
        for (int at = 0; at < found.size() && found.size() < MOST_ENTRIES; at++) {
            String path = found.get(at);
            List<String> names = sys.list(path);
            if (names == null) {
                continue;
            }
            for (String name : names) {
                String entry = path + "/" + name;
                if (sys.statLink(entry, facts) >= 0 && facts.directory) {
                    found.add(entry);
                } else {
                    sys.remove(entry);
                }
            }
        }
        for (int at = found.size() - 1; at > 0; at--) {
            removeDirectory(found.get(at));
        }
    }

    /** Removes a directory with all that is in it. */
    void remove(String directory) {
        empty(directory);
        removeDirectory(directory);
    }

    private void removeDirectory(String path) {
        int slash = path.lastIndexOf('/');
        DirectoryEntries.removeDirectory(sys, path.substring(0, slash), path.substring(slash + 1));
    }

    static FailureException failure(String what, String path, int errno) {
        String hint = errno == 30 ? "; mount a tmpfs at /run (docker run --tmpfs /run:exec)" : "";
        return new FailureException(CODE, "cannot " + what + " " + path + ": " + Errno.describe(errno) + hint);
    }
}
