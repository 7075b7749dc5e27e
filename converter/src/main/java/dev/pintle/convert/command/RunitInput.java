package dev.pintle.convert.command;

import dev.pintle.convert.move.Move;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the service directories that an image's Dockerfile copies. */
final class RunitInput {

    /** Where runsvdir looks: phusion/baseimage and Debian, daemontools' habit, Void, and the directory that links lead to. */
    private static final List<String> SCANNED =
            List.of("/etc/service", "/service", "/var/service", "/etc/runit/runsvdir/default", "/etc/sv");

    private final Set<Path> directories = new LinkedHashSet<>();
    private final List<String> alone = new ArrayList<>();

    private RunitInput() {}

    /** Follows the instructions that copy. */
    static RunitInput of(Move move) {
        RunitInput input = new RunitInput();
        for (String scanned : SCANNED) {
            for (String name : move.names(scanned)) {
                String place = scanned + "/" + name + "/run";
                move.file(place).ifPresent(run -> input.add(name, place, run));
            }
        }
        return input;
    }

    private void add(String name, String place, Path run) {
        Path parent = run.getParent();
        if (parent != null && run.endsWith("run") && parent.endsWith(name)) {
            directories.add(parent);
        } else {
            alone.add(run + " becomes " + place + ": put it into services/" + name + "/run");
        }
    }

    /** The directories in the build context, by the names that the services have. */
    List<Path> directories() {
        return List.copyOf(directories);
    }

    /** What to do before they can be named, where files of services are copied one by one. */
    Optional<String> obstacle() {
        if (!alone.isEmpty()) {
            return Optional.of(
                    String.join("; ", alone) + "; then COPY services/ /etc/service/, and name services/ as PATH");
        }
        return directories.isEmpty()
                ? Optional.of("no COPY puts one into " + String.join(", ", SCANNED)
                        + ": name them, or a directory of them, as PATH")
                : Optional.empty();
    }
}
