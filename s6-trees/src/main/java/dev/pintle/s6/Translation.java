package dev.pintle.s6;

import dev.pintle.layout.Key;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What trees become.
 *
 * @param services  sorted by name
 * @param container keys of pintle.conf
 * @param files     the account of every file, sorted by path
 * @param variables the account of s6-overlay's variables that were given, by name
 * @param externals services of other images that these name, by their names in the layout
 * @param problems  what is wrong; where one is an error there is nothing to write
 * @param stopAfter how long a stop can take, in seconds
 * @param links     whether scripts need Pintle's programs in /command and /usr/bin, where links were promised
 */
public record Translation(
        List<S6Service> services,
        Map<Key, String> container,
        List<File> files,
        Map<String, Fate> variables,
        Set<String> externals,
        List<Problem> problems,
        long stopAfter,
        boolean links) {

    /**
     * A file and what became of it.
     *
     * @param path     in the container
     * @param fate     of the whole
     * @param services of the layout that it belongs to
     * @param lines    those with a fate of their own, in order
     */
    public record File(String path, Fate fate, List<String> services, List<Line> lines) {}

    /**
     * A line, or what stands in it.
     *
     * @param line  its number, from 1
     * @param label what it is about, in a word or two
     * @param fate  what became of it
     */
    public record Line(int line, String label, Fate fate) {}
}
