package dev.pintle.convert.emit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.read.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person has to do by hand: something that was not carried.
 *
 * @param places where, each with what stands there
 * @param text   what is not there any more
 * @param hint   what to do, or null where it is for the reader to decide
 */
public record Todo(
        List<Place> places, String text, @Nullable String hint) {

    private static final String WITH_SECTION = "with its section";

    /**
     * A place in a file.
     *
     * @param file as the user would name it
     * @param line 1-based
     * @param what stands there: a section, a key, an instruction
     */
    public record Place(String file, int line, String what) {

        private static Place of(Position position, String what) {
            return new Place(position.file(), position.line(), what);
        }

        /** {@code FILE:LINE WHAT}. */
        public String text() {
            return file + ":" + line + " " + what;
        }
    }

    /** All of it, in the order of the report, the same thing in several places once. */
    static List<Todo> of(Report report) {
        Map<List<String>, Todo> todo = new LinkedHashMap<>();
        for (Report.Section section : report.sections()) {
            add(todo, section.fate(), Place.of(section.position(), section.title()));
            for (Report.Key key : section.keys()) {
                if (!key.fate().text().equals(WITH_SECTION)) {
                    String title = section.title().startsWith("[") ? section.title() + " " : "";
                    add(todo, key.fate(), Place.of(key.position(), title + key.name()));
                }
            }
        }
        return List.copyOf(todo.values());
    }

    private static void add(Map<List<String>, Todo> todo, Fate fate, Place place) {
        if (fate.kind() != Fate.Kind.NOT_CARRIED) {
            return;
        }
        String hint = fate.hint();
        List<String> same = List.of(fate.text(), hint == null ? "" : hint);
        List<Place> places = new ArrayList<>();
        Todo before = todo.get(same);
        if (before != null) {
            places.addAll(before.places());
        }
        places.add(place);
        todo.put(same, new Todo(List.copyOf(places), fate.text(), hint));
    }

    /** Whether anything is to be done, in a few words. */
    static String verdict(List<Todo> todo) {
        return todo.isEmpty()
                ? "ready to build"
                : "not ready: " + todo.size() + (todo.size() == 1 ? " thing" : " things") + " to do by hand";
    }
}
