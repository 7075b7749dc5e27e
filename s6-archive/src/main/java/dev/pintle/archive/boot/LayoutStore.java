package dev.pintle.archive.boot;

import dev.pintle.init.program.FailureException;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.s6.LayoutFiles;
import dev.pintle.s6.S6Service;
import dev.pintle.s6.Translation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the layout is that is made of the trees. Each one is whole in a directory of its own, by a number; a link leads to the
 * last, so that whoever reads it reads the one or the other.
 */
public final class LayoutStore {
    /** What the init reads. */
    public static final String LAYOUT = "/run/pintle-s6/layout";

    private static final String HOME = "/run/pintle-s6";
    /** A line for each service: its name in the layout, a tab, and the directory that it is made from. */
    private static final String NAMES = "names";

    private static final int LARGEST = 1 << 20;
    private static final int FILE_MODE = 0644;
    private static final int SCRIPT_MODE = 0755;
    private static final int MOST_LAYOUTS = 100_000;

    private final ToolSys sys;
    private final WrittenFiles written;

    /** Through {@code sys}. */
    public LayoutStore(ToolSys sys) {
        this.sys = sys;
        this.written = new WrittenFiles(sys);
    }

    /** Writes a layout, and has the link lead to it. */
    void write(Translation translation) throws FailureException {
        written.directory(HOME);
        int number = 1;
        while (!written.isNewDirectory(HOME + "/" + number)) {
            number++;
            if (number > MOST_LAYOUTS) {
                throw new FailureException(
                        WrittenFiles.CODE, "cannot write to " + HOME + ": too much is there already");
            }
        }
        String directory = HOME + "/" + number;
        writeFiles(directory, LayoutFiles.of(translation));
        written.file(directory + "/" + NAMES, names(translation), FILE_MODE);
        written.link(HOME, "next", String.valueOf(number));
        int renamed = sys.rename(HOME + "/next", LAYOUT);
        if (renamed < 0) {
            throw WrittenFiles.failure("replace", LAYOUT, -renamed);
        }
        removeOthers(number);
    }

    private void writeFiles(String directory, List<LayoutFiles.File> files) throws FailureException {
        Set<String> made = new HashSet<>();
        for (LayoutFiles.File file : files) {
            String path = file.path();
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                String parent = path.substring(0, slash);
                if (made.add(parent)) {
                    written.directory(directory + "/" + parent);
                }
            }
            written.file(directory + "/" + path, file.text(), file.executable() ? SCRIPT_MODE : FILE_MODE);
        }
    }

    private static String names(Translation translation) {
        StringBuilder text = new StringBuilder();
        for (S6Service service : translation.services()) {
            text.append(service.name()).append('\t').append(service.origin()).append('\n');
        }
        return text.toString();
    }

    private void removeOthers(int number) {
        List<String> names = sys.list(HOME);
        if (names == null) {
            return;
        }
        String own = String.valueOf(number);
        for (String name : names) {
            if (!name.equals(own) && !name.equals("layout")) {
                written.remove(HOME + "/" + name);
            }
        }
    }

    /** Whether the layout that is there is this one. */
    boolean has(Translation translation) {
        String known = read(LAYOUT + "/" + NAMES);
        if (!known.equals(names(translation))) {
            return false;
        }
        for (LayoutFiles.File file : LayoutFiles.of(translation)) {
            if (!read(LAYOUT + "/" + file.path()).equals(file.text())) {
                return false;
            }
        }
        return true;
    }

    private String read(String path) {
        String text = Files.read(sys, path, LARGEST).text();
        return text == null ? "" : text;
    }

    /** The names of services and their directories, as {@link #NAMES} has them; empty where there is no layout. */
    public String names() {
        return read(LAYOUT + "/" + NAMES);
    }
}
