package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.move.BroughtFiles.Brought;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says of what the build downloads or unpacks to where the supervisor looked that nobody knows here what it is. */
final class BroughtFilesRule {

    private static final List<String> OF_RUNIT =
            List.of("/etc/service", "/var/service", "/etc/runit/runsvdir/default", "/etc/my_init.d");

    private final Build build;
    private final ConvertedPlaces places;
    private final Vocabulary vocabulary;

    /** {@code places}: where the converted files were; {@code vocabulary}: what other rules speak of. */
    BroughtFilesRule(Build build, ConvertedPlaces places, Vocabulary vocabulary) {
        this.build = build;
        this.places = places;
        this.vocabulary = vocabulary;
    }

    void apply() {
        Set<String> looked = new HashSet<>(build.supervisor() == Supervisor.RUNIT ? OF_RUNIT : places.directories());
        for (Brought brought : BroughtFiles.of(build)) {
            boolean named = !vocabulary
                    .mentions(brought.instruction().arguments().text(), true)
                    .isEmpty();
            looked.stream()
                    .filter(directory -> !named && brought.mayBring(directory))
                    .sorted()
                    .findFirst()
                    .ifPresent(
                            directory -> build.say(
                                    brought.instruction(),
                                    Fate.approximated(
                                            "what " + brought.what() + " brings to " + brought.place()
                                                    + " is not known here: what it has for " + directory
                                                    + " is not converted",
                                            "look into it; where it has such files, put them into the build context, and convert again")));
        }
    }
}
