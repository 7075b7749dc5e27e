package dev.pintle.convert.move;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.read.Position;
import dev.pintle.convert.source.SourceFile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of what a build's files say about the supervisor, by file. */
final class Findings {

    private final Map<String, Set<Report.Key>> files = new LinkedHashMap<>();
    /** The characters that rules have understood. */
    private final Map<String, BitSet> understood = new HashMap<>();

    /**
     * Takes note that a rule has understood what stands from {@code start} to before {@code end}, though it stays; what is
     * edited is understood by itself.
     */
    void understand(SourceFile file, int start, int end) {
        understood.computeIfAbsent(file.name(), name -> new BitSet()).set(start, Math.max(start, end));
    }

    /** Whether a rule has understood what stands at an offset. */
    boolean isUnderstood(SourceFile file, int offset) {
        BitSet known = understood.get(file.name());
        return known != null && known.get(offset);
    }

    /** A file that is spoken of, even where nothing is said of it. */
    void open(SourceFile file) {
        files.computeIfAbsent(file.name(), name -> new LinkedHashSet<>());
    }

    void add(SourceFile file, int offset, String what, Fate fate) {
        open(file);
        Position position = file.position(offset);
        files.getOrDefault(file.name(), new LinkedHashSet<>()).add(new Report.Key(what, position, fate));
    }

    /** Whether something has been said of the lines from {@code first} to {@code last}. */
    boolean speakOf(SourceFile file, int first, int last) {
        return files.getOrDefault(file.name(), Set.of()).stream()
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
