package dev.pintle.convert.move;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Translates calls of sv: Pintle has one with the same words, but for patterns in runsvdir's directory. */
final class SvWords {

    /** Where the overlay has runit's programs. */
    static final String COMPATIBLE = "/usr/lib/pintle/compat/runit/";

    private static final Set<String> STOP =
            Set.of("down", "d", "stop", "exit", "e", "shutdown", "force-stop", "force-shutdown");
    private static final Set<String> RESTART = Set.of("restart", "force-restart", "term", "t");

    /** Every entry of a directory: {@code /etc/service/*}, {@code $(ls -1 /etc/service)}. */
    private static final Pattern ALL = Pattern.compile(
            "\"?(?:(?:[^*?\\[$`]*/)?\\*/?|\\$\\(\\s*(?:/bin/)?ls(?:\\s+-\\w+)*(?:\\s+[\\w./-]+\\*?)?\\s*\\))\"?");

    /** Some of them, as only runsvdir's directory tells, or another command that reads it. */
    private static final Pattern SOME = Pattern.compile(".*(?:[*?\\[]|\\$\\([^)]*(?:\\b(?:ls|find)\\b|/service)).*");

    private SvWords() {}

    /** What a call becomes; {@code words} are its arguments, with their quotes. */
    static Translation translate(List<String> words) {
        if (words.isEmpty()) {
            return Translation.none("it says nothing to do", "see 'pintle --help'");
        }
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            at += words.get(at).equals("-w") ? 2 : 1;
        }
        List<String> services = words.subList(Math.min(at + 1, words.size()), words.size()).stream()
                // ${x##*/} is no pattern of files.
                .map(word -> word.replaceAll("\\$\\{[^}]*\\}", "x"))
                .toList();
        if (services.stream().anyMatch(service -> ALL.matcher(service).matches()) && at < words.size()) {
            return all(words.get(at));
        }
        if (services.stream().anyMatch(service -> SOME.matcher(service).matches())) {
            return Translation.none(
                    "it names services by what is in runsvdir's directory, which is not there",
                    "name the services, or give them a group in service.conf: pintle stop @GROUP");
        }
        List<String> same = new ArrayList<>(List.of(COMPATIBLE + "sv"));
        same.addAll(words);
        return Translation.to(": the program of the overlay that takes sv's words", same);
    }

    /** A pattern of runsvdir's directory, which is not there any more, meant all services. */
    private static Translation all(String action) {
        if (STOP.contains(action)) {
            return Translation.to(": all services", List.of("pintle", "stop", "all"));
        }
        if (RESTART.contains(action)) {
            return Translation.to(": all services", List.of("pintle", "restart", "all"));
        }
        return switch (action) {
            case "up", "u", "start" -> Translation.to(": all services", List.of("pintle", "start", "all"));
            case "status", "s" ->
                Translation.nearly(List.of("pintle", "status"), "it prints other columns", "see what reads them");
            default ->
                Translation.none(
                        "'sv " + action + "' of a pattern has no counterpart: runsvdir's directory is not there",
                        "name the services: pintle signal NAME SIGNAL");
        };
    }
}
