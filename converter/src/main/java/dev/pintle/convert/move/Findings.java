package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.read.Position;
import dev.pintle.convert.source.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What became of what a build's files say about the supervisor, by file. */
final class Findings {

    private final Map<String, List<Report.Key>> files = new LinkedHashMap<>();
    private final Map<String, List<Range>> understood = new HashMap<>();

    private record Range(int start, int end) {}

    /**
     * Takes note that a rule has understood what stands from {@code start} to before {@code end}, though it stays; what is
     * edited is understood by itself.
     */
    void understand(SourceFile file, int start, int end) {
        understood.computeIfAbsent(file.name(), name -> new ArrayList<>()).add(new Range(start, end));
    }

    /** Whether a rule has understood what stands at an offset. */
    boolean isUnderstood(SourceFile file, int offset) {
        return understood.getOrDefault(file.name(), List.of()).stream()
                .anyMatch(range -> range.start() <= offset && offset < range.end());
    }

    /** A file that is spoken of, even where nothing is said of it. */
    void open(SourceFile file) {
        files.computeIfAbsent(file.name(), name -> new ArrayList<>());
    }

    void add(SourceFile file, int offset, String what, Fate fate) {
        open(file);
        Position position = file.position(offset);
        List<Report.Key> keys = files.getOrDefault(file.name(), List.of());
        Report.Key key = new Report.Key(what, position, fate);
        if (!keys.contains(key)) {
            keys.add(key);
        }
    }

    /** Whether something has been said of the lines from {@code first} to {@code last}. */
    boolean speakOf(SourceFile file, int first, int last) {
        return files.getOrDefault(file.name(), List.of()).stream()
                .anyMatch(
                        key -> key.position().line() >= first && key.position().line() <= last);
    }

    /** One section for each file. */
    List<Report.Section> sections() {
        List<Report.Section> sections = new ArrayList<>();
        files.forEach((name, keys) -> sections.add(new Report.Section(
                name,
                name,
                new Position(name, 1, 1),
                keys.isEmpty() ? Fate.kept("nothing in it has to change") : Fate.changed("edited where it has to be"),
                List.of(),
                keys.stream()
                        .sorted((a, b) -> a.position().compareTo(b.position()))
                        .toList())));
        return sections;
    }
}
