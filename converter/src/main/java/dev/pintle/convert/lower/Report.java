package dev.pintle.convert.lower;

import dev.pintle.convert.read.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a configuration.
 *
 * @param sections every section of the input with each of its keys, in the order of the files
 * @param notes    what holds for all services
 * @param stop     how long a stop can take
 */
public record Report(List<Section> sections, List<Note> notes, StopTime stop) {

    /**
     * A part of the input: a section of a file, or a file.
     *
     * @param title    how people write it, such as {@code [program:web]}
     * @param name     the same without brackets
     * @param position of its header
     * @param fate     of the section as a whole
     * @param services that it has become
     * @param keys     in order
     */
    public record Section(
            String title, String name, Position position, Fate fate, List<String> services, List<Key> keys) {}

    /**
     * A key as it stands in a file.
     *
     * @param name     in lower case
     * @param position of the key
     * @param fate     of the key
     */
    public record Key(String name, Position position, Fate fate) {}

    /**
     * A difference that no key stands for.
     *
     * @param title in a few words
     * @param text  in a sentence or two
     */
    public record Note(String title, String text) {}

    /**
     * The longest stop in seconds.
     *
     * @param before under the other supervisor; null where it waited for ever
     * @param after  under Pintle
     */
    public record StopTime(@Nullable Long before, long after) {

        /** What Docker waits for before it kills. */
        public static final long DOCKER = 10;

        /** How long a stop takes at most where nobody asks for more: it has to be over before Docker's time is. */
        public static final long USUAL = 9;

        /** What to tell who stops the container, where Docker's time is too short. */
        public String advice() {
            return after < DOCKER
                    ? ""
                    : "Docker kills a container after " + DOCKER + " s: stop it with 'docker stop -t " + (after + 1)
                            + "', or set stop_grace_period: " + (after + 1) + "s in compose.yaml, and"
                            + " terminationGracePeriodSeconds: " + (after + 1) + " where that is less in a pod";
        }
    }

    /** How many sections and keys have met a fate. */
    public long count(Fate.Kind kind) {
        long keys = sections.stream()
                .flatMap(section -> section.keys().stream())
                .filter(key -> key.fate().kind() == kind)
                .count();
        return keys
                + sections.stream()
                        .filter(section -> section.fate().kind() == kind)
                        .count();
    }

    /** Whether nothing differs: all was kept or changed. */
    public boolean faithful() {
        return count(Fate.Kind.APPROXIMATED) + count(Fate.Kind.NOT_CARRIED) == 0;
    }
}
