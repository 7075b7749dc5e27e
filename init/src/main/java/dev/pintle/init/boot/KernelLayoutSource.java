package dev.pintle.init.boot;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.text.Budget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layout as it lies in the file system, as it was when each directory was first looked at: made anew for each reading. */
public final class KernelLayoutSource implements LayoutSource {
    private final Sys sys;
    private final FileFacts facts = new FileFacts();
    /** The path that was listed last; a reader asks for the files in it and then for its directories, or the other way. */
    private @Nullable String listed;

    private List<String> directories = List.of();
    private List<String> files = List.of();

    /** Reads through {@code sys}. */
    public KernelLayoutSource(Sys sys) {
        this.sys = sys;
    }

    @Override
    public List<String> directories(String path) throws UnreadableException {
        list(path);
        return directories;
    }

    @Override
    public List<String> files(String path) throws UnreadableException {
        list(path);
        return files;
    }

    private void list(String path) throws UnreadableException {
        if (path.equals(listed)) {
            return;
        }
        listed = null;
        directories = new ArrayList<>();
        files = new ArrayList<>();
        List<String> names = sys.list(path, Budget.MOST_ENTRIES + 1);
        if (names == null) {
            int errno = Files.read(sys, path, 1).errno();
            if (errno != Errno.ENOENT) {
                throw new UnreadableException(Errno.describe(errno == 0 ? Errno.ENOTDIR : errno));
            }
            refuseDeadLink(path);
            return;
        }
        if (names.size() > Budget.MOST_ENTRIES) {
            throw new UnreadableException("it has more than " + Budget.MOST_ENTRIES + " entries");
        }
        listed = path;
        for (String name : names) {
            // A link that leads nowhere is taken for a directory: whoever reads that says so.
            if (sys.stat(path + "/" + name, facts) < 0 || facts.directory) {
                directories.add(name);
            } else if (facts.regular) {
                files.add(name);
            }
        }
    }

    /** What is not there may be a link that leads nowhere: then somebody meant something to be there. */
    private void refuseDeadLink(String path) throws UnreadableException {
        if (sys.statLink(path, facts) >= 0 && facts.link) {
            throw new UnreadableException("it is a link that leads nowhere");
        }
    }

    @Override
    public @Nullable String read(String path, int limit) throws UnreadableException {
        Files.Reading reading = Files.read(sys, path, limit);
        if (reading.errno() != 0 && reading.errno() != Errno.ENOENT && reading.errno() != Errno.ENOTDIR) {
            throw new UnreadableException(Errno.describe(reading.errno()));
        }
        if (reading.errno() != 0) {
            refuseDeadLink(path);
        }
        return reading.text();
    }

    @Override
    public boolean isExecutable(String path) {
        return sys.stat(path, facts) >= 0 && facts.regular && sys.mayExecute(path) == 0;
    }
}
