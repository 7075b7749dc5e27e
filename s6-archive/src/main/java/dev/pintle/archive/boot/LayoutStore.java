package dev.pintle.archive.boot;

import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
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
    /** Where the init is told to read. */
    static final String VARIABLE = "PINTLE_DIR";

    private static final String RUN = "/run/pintle-s6";
    /** With the user's number, where only root can write to {@code /run}. */
    private static final String TEMPORARY = "/tmp/pintle-s6-";

    private static final String LINK = "/layout";
    /** A line for each service: its name in the layout, a tab, and the directory that it is made from. */
    private static final String NAMES = "names";

    private static final int LARGEST = 1 << 20;
    private static final int FILE_MODE = 0644;
    private static final int SCRIPT_MODE = 0755;
    private static final int MOST_LAYOUTS = 100_000;

    private final ToolSys sys;
    private final WrittenFiles written;
    private final String home;

    private LayoutStore(ToolSys sys, String home) {
        this.sys = sys;
        this.written = new WrittenFiles(sys);
        this.home = home;
    }

    /** Where layouts are usually. */
    static LayoutStore inRun(ToolSys sys) {
        return new LayoutStore(sys, RUN);
    }

    /** Where they are if this user cannot write to {@code /run}. */
    static LayoutStore inTemporary(ToolSys sys) {
        return new LayoutStore(sys, TEMPORARY + sys.userId());
    }

    /** Where they are in this container. */
    public static LayoutStore find(Invocation call) {
        String own = TEMPORARY + call.sys.userId();
        return new LayoutStore(call.sys, (own + LINK).equals(call.environment().get(VARIABLE)) ? own : RUN);
    }

    /** Whether scripts find the rest below {@code /run}, too. */
    boolean isInRun() {
        return home.equals(RUN);
    }

    /** What the init reads. */
    String layout() {
        return home + LINK;
    }

    /** Writes a layout, and has the link lead to it. */
    void write(Translation translation) throws FailureException {
        written.directory(home);
        int number = 1;
        while (!written.isNewDirectory(home + "/" + number)) {
            number++;
            if (number > MOST_LAYOUTS) {
                throw new FailureException(
                        WrittenFiles.CODE, "cannot write to " + home + ": too much is there already");
            }
        }
        String directory = home + "/" + number;
        writeFiles(directory, LayoutFiles.of(translation));
        written.file(directory + "/" + NAMES, names(translation), FILE_MODE);
        written.link(home, "next", String.valueOf(number));
        int renamed = sys.rename(home + "/next", layout());
        if (renamed < 0) {
            throw WrittenFiles.failure("replace", layout(), -renamed);
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
        List<String> names = sys.list(home);
        if (names == null) {
            return;
        }
        String own = String.valueOf(number);
        for (String name : names) {
            if (!name.equals(own) && !name.equals("layout")) {
                written.remove(home + "/" + name);
            }
        }
    }

    /** Whether the layout that is there is this one. */
    boolean has(Translation translation) {
        String known = read(layout() + "/" + NAMES);
        if (!known.equals(names(translation))) {
            return false;
        }
        for (LayoutFiles.File file : LayoutFiles.of(translation)) {
            if (!read(layout() + "/" + file.path()).equals(file.text())) {
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
        return read(layout() + "/" + NAMES);
    }
}
