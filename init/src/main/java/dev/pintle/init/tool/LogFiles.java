package dev.pintle.init.tool;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a log that are set aside one after the other: {@code PATH}, {@code PATH.1} or {@code PATH.1.gz}, and so on. The
 * logger renames them from the highest number down while this looks from the lowest up, so that for a moment a number may be
 * missing, or a file be met again under the next one.
 */
final class LogFiles {
    /** How often it is looked again where the files have changed meanwhile. */
    static final int TRIES = 10;

    private static final int MOST = 1_000;

    private final ToolSys sys;
    private final LogView view;
    private final String path;
    private int number;
    private int missing;
    /** Whether one could not be opened. */
    boolean failed;

    LogFiles(ToolSys sys, LogView view, String path) {
        this.sys = sys;
        this.view = view;
        this.path = path;
    }

    /** Begins with the newest of those that were set aside. */
    void begin() {
        number = 0;
        missing = 0;
    }

    /** Opens the next older one after {@code before}; null where there is none. */
    @Nullable
    LogFile older(@Nullable LogFile before) {
        while (missing < 2 && number < MOST) {
            number++;
            LogFile file = aside(path + "." + number);
            if (file == null) {
                missing++;
            } else if (before != null && file.isSame(before)) {
                file.close();
            } else {
                missing = 0;
                return file;
            }
        }
        return null;
    }

    /** A file, or what was packed of it, which comes before the file goes. */
    private @Nullable LogFile aside(String name) {
        LogFile file = new LogFile(sys, name, false, 0);
        if (file.errno() == Errno.ENOENT) {
            file = new LogFile(sys, name + ".gz", true, 0);
        }
        if (file.errno() == 0) {
            return file;
        }
        if (file.errno() != Errno.ENOENT && !failed) {
            failed = true;
            view.complain(cannotOpen(file));
        }
        return null;
    }

    static String cannotOpen(LogFile file) {
        String why = file.errno() == Errno.EINVAL ? "it is not a regular file" : Errno.describe(file.errno());
        return "cannot open " + file.path + ": " + why;
    }

    /**
     * Opens what is newer than the file that has been the newest, the oldest first. Where that one is not found among them, it
     * was removed, or set aside further than files are kept: then those count that were written later.
     */
    List<LogFile> newerThan(@Nullable LogFile known) {
        List<LogFile> found = new ArrayList<>();
        for (int tries = 0; tries < TRIES; tries++) {
            closeAll(found);
            boolean met = collect(found, known);
            boolean still = found.isEmpty() || found.get(found.size() - 1).isAt(path);
            if (still && !met && known != null && found.size() > 1) {
                dropOlder(found, known);
                view.complain("lines of " + path + " may be missing: it was set aside faster than it could be read");
            }
            if (still) {
                break;
            }
        }
        return found;
    }

    /** Whether the known file was met. */
    private boolean collect(List<LogFile> found, @Nullable LogFile known) {
        begin();
        LogFile file = new LogFile(sys, path, false, 0);
        if (file.errno() != 0) {
            // It is being set aside just now.
            return true;
        }
        for (LogFile next = file; next != null; next = older(next)) {
            if (known != null && (next.isSame(known) || next.isPacked(known))) {
                next.close();
                return true;
            }
            found.add(0, next);
        }
        return false;
    }

    private static void dropOlder(List<LogFile> found, LogFile known) {
        while (found.size() > 1 && found.get(0).modified() <= known.modified()) {
            found.remove(0).close();
        }
    }

    static void closeAll(List<LogFile> files) {
        for (LogFile file : files) {
            file.close();
        }
        files.clear();
    }
}
