package dev.pintle.init.sim;

import dev.pintle.init.sys.Errno;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The supervisor's table of descriptors: the lowest free number is given out, and the table can be full. */
final class Descriptors {
    private final Simulation simulation;
    private final int limit;
    private final List<@Nullable OpenFile> table = new ArrayList<>();
    private int open;

    Descriptors(Simulation simulation, int limit) {
        this.simulation = simulation;
        this.limit = limit;
    }

    /** A new descriptor for an open file, or EMFILE. */
    int open(OpenFile file) {
        int number = table.indexOf(null);
        if (number < 0) {
            if (table.size() == limit) {
                return -Errno.EMFILE;
            }
            number = table.size();
            table.add(file);
        } else {
            table.set(number, file);
        }
        file.hold();
        open++;
        return number;
    }

    @Nullable
    OpenFile get(int descriptor) {
        return descriptor >= 0 && descriptor < table.size() ? table.get(descriptor) : null;
    }

    /** The open file, or null and a violation. */
    @Nullable
    OpenFile require(int descriptor, String use) {
        OpenFile file = get(descriptor);
        if (file == null) {
            simulation.violation(use + " of descriptor " + descriptor + ", which is not open");
        }
        return file;
    }

    boolean close(int descriptor) {
        OpenFile file = require(descriptor, "close");
        if (file == null) {
            return false;
        }
        table.set(descriptor, null);
        open--;
        file.drop();
        return true;
    }

    int open() {
        return open;
    }

    /** How many there may be. */
    int limit() {
        return limit;
    }

    /** Room for one more, or for two. */
    boolean hasRoomFor(int more) {
        return open + more <= limit;
    }

    /** Every open file, by ascending descriptor. */
    List<OpenFile> files() {
        List<OpenFile> files = new ArrayList<>();
        for (OpenFile file : table) {
            if (file != null) {
                files.add(file);
            }
        }
        return files;
    }
}
