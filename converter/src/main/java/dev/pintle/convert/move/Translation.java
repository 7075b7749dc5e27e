package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a call that controlled the old supervisor becomes.
 *
 * @param words of the new call; absent where there is none
 * @param fate  of the old one
 */
record Translation(Optional<List<String>> words, Fate fate) {

    /** Where the overlay has its programs. */
    private static final String PROGRAMS = "/usr/bin/";

    /** The same effect. */
    static Translation to(String because, List<String> words) {
        return new Translation(Optional.of(words), Fate.changed(String.join(" ", words) + because));
    }

    /** An effect that differs. */
    static Translation nearly(List<String> words, String difference, String hint) {
        return new Translation(
                Optional.of(words), Fate.approximated(String.join(" ", words) + ": " + difference, hint));
    }

    /**
     * The same of a call by a path, which keeps one: sudoers and authorized_keys take nothing else, and the PATH that cron
     * or a service has may be any.
     *
     * @param program as the call names it
     */
    Translation at(String program) {
        boolean ours = words.isPresent() && words.get().get(0).startsWith("pintle");
        if (!ours || program.indexOf('/') < 0) {
            return this;
        }
        List<String> absolute = new ArrayList<>(words.get());
        absolute.set(0, PROGRAMS + absolute.get(0));
        boolean said = fate.text().startsWith(words.get().get(0));
        return new Translation(
                Optional.of(absolute), said ? new Fate(fate.kind(), PROGRAMS + fate.text(), fate.hint()) : fate);
    }

    /** Nothing that would have the effect. */
    static Translation none(String why, String hint) {
        return new Translation(Optional.empty(), Fate.notCarried(why, hint));
    }
}
