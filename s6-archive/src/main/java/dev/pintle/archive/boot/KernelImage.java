package dev.pintle.archive.boot;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.Sys;
import dev.pintle.s6.ImageFiles;
import dev.pintle.s6.TreeFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of this container. */
final class KernelImage implements ImageFiles {
    /** The most that is read of a file. */
    private static final int MAX_BYTES = 16 << 20;

    private static final int EXECUTE_BITS = 0111;

    private final Sys sys;
    private final FileFacts facts = new FileFacts();
    private final Map<String, String> unreadable = new TreeMap<>();

    KernelImage(Sys sys) {
        this.sys = sys;
    }

    /** Why what is there could not be read, by its path. */
    Map<String, String> unreadable() {
        return unreadable;
    }

    @Override
    public List<String> names(String directory) {
        List<String> names = sys.list(directory);
        if (names == null) {
            if (isDirectory(directory)) {
                unreadable.put(directory, "it cannot be listed");
            }
            return List.of();
        }
        List<String> sorted = new ArrayList<>(names);
        Collections.sort(sorted);
        return sorted;
    }

    @Override
    public boolean isDirectory(String path) {
        return sys.stat(path, facts) >= 0 && facts.directory;
    }

    @Override
    public @Nullable TreeFile file(String path) {
        if (sys.stat(path, facts) < 0) {
            boolean link = sys.statLink(path, facts) >= 0 && facts.link;
            return link ? new TreeFile(path, TreeFile.Kind.DANGLING, "", false) : null;
        }
        if (facts.directory) {
            return null;
        }
        boolean executable = (facts.mode & EXECUTE_BITS) != 0;
        if (!facts.regular || facts.size > MAX_BYTES) {
            return new TreeFile(path, TreeFile.Kind.OTHER, "", executable);
        }
        Files.Reading reading = Files.read(sys, path, MAX_BYTES);
        String text = reading.text();
        if (text == null) {
            unreadable.put(path, Errno.describe(reading.errno()));
            return new TreeFile(path, TreeFile.Kind.OTHER, "", executable);
        }
        return new TreeFile(path, TreeFile.Kind.REGULAR, text, executable);
    }
}
