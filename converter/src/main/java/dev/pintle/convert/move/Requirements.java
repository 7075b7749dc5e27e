package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.source.Edits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requirements files of pip: each line that names a package of the supervisor goes, also in files that one includes. */
final class Requirements {

    private static final Pattern NAME = Pattern.compile("(?:requirements|constraints)[\\w.-]*\\.(?:txt|in)");

    private static final Pattern INCLUDED =
            Pattern.compile("(?:-r|-c|--requirement|--constraint)(?:\\s+|=)?([^\\s#]+)");

    private final Build build;
    private final Set<Path> seen = new HashSet<>();

    Requirements(Build build) {
        this.build = build;
    }

    /** Whether a file is one by its name, or by that of its directory. */
    static boolean isOne(Path file) {
        Path directory = file.getParent();
        String name = String.valueOf(file.getFileName());
        boolean among = directory != null && directory.endsWith("requirements") && name.matches(".*\\.(?:txt|in)");
        return among || NAME.matcher(name).matches();
    }

    /** Edits a file; returns whether something is gone. */
    boolean edit(Path path) {
        Path file = path.toAbsolutePath().normalize();
        Optional<Edits> edits = seen.add(file) ? build.other(file) : Optional.<Edits>empty();
        return edits.isPresent() && edit(file, edits.get());
    }

    private boolean edit(Path file, Edits edits) {
        String text = edits.file().text();
        boolean found = false;
        for (int at = 0; at < text.length(); ) {
            int end = logicalEnd(edits, at);
            String line = text.substring(at, end).strip();
            Matcher included = INCLUDED.matcher(line);
            if (included.lookingAt()) {
                found |= included(file, included.group(1)).filter(this::edit).isPresent();
            } else if (!line.startsWith("#")
                    && !line.startsWith("-")
                    && build.supervisor().isPackage(line)) {
                edits.delete(at, end);
                found = true;
                build.findings()
                        .add(edits.file(), at, "requirement", Fate.changed(line.split("\\s", 2)[0] + " is removed"));
            }
            at = end;
        }
        return found;
    }

    /** Nothing outside of the context is read. */
    private Optional<Path> included(Path file, String name) {
        try {
            Path path = file.resolveSibling(name).normalize();
            return path.startsWith(build.directory().toAbsolutePath().normalize())
                    ? Optional.of(path)
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Behind a line and those that continue it, such as hashes. */
    private static int logicalEnd(Edits edits, int from) {
        int end = edits.file().lineEnd(from);
        while (end < edits.file().text().length()
                && edits.file().text().substring(from, end).stripTrailing().endsWith("\\")) {
            end = edits.file().lineEnd(end);
        }
        return end;
    }
}
