package dev.pintle.init.boot;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.LayoutSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layout as it lies in the file system. */
public final class KernelLayoutSource implements LayoutSource {
    private final Sys sys;
    private final FileFacts facts = new FileFacts();

    /** Reads through {@code sys}. */
    public KernelLayoutSource(Sys sys) {
        this.sys = sys;
    }

    @Override
    public List<String> directories(String path) {
        return entries(path, true);
    }

    @Override
    public List<String> files(String path) {
        return entries(path, false);
    }

    private List<String> entries(String path, boolean directories) {
        List<String> names = sys.list(path);
        List<String> wanted = new ArrayList<>();
        if (names == null) {
            return wanted;
        }
        for (String name : names) {
            boolean known = sys.stat(path + "/" + name, facts) >= 0;
            if (known && (directories ? facts.directory : facts.regular)) {
                wanted.add(name);
            }
        }
        return wanted;
    }

    @Override
    public @Nullable String read(String path, int limit) throws UnreadableException {
        Files.Reading reading = Files.read(sys, path, limit);
        if (reading.text() == null && reading.errno() != Errno.ENOENT && reading.errno() != Errno.ENOTDIR) {
            throw new UnreadableException(Errno.describe(reading.errno()));
        }
        return reading.text();
    }

    @Override
    public boolean isExecutable(String path) {
        return sys.stat(path, facts) >= 0 && facts.regular && sys.mayExecute(path) == 0;
    }
}
