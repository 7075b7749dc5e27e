package dev.pintle.convert.lower.runit;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.lower.runit.RunPlan.Line;
import dev.pintle.convert.parse.runit.ServiceFile;
import dev.pintle.convert.read.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The account of every file, and of the lines of those that are read line by line. */
final class Account {

    private static final Fate FORGOTTEN = Fate.notCarried("this converter has no rule for it", "please report this");

    private final Map<ServiceFile, Entry> entries = new LinkedHashMap<>();
    private final Map<ServiceFile, Fate> fates = new HashMap<>();
    private final Map<ServiceFile, List<Line>> lines = new HashMap<>();

    private record Entry(String title, List<String> services) {}

    /** Opens the account of a file, under a title. */
    void open(ServiceFile file, String title, List<String> services) {
        entries.put(file, new Entry(title, services));
    }

    void file(ServiceFile file, Fate fate) {
        fates.merge(file, fate, Fate::and);
    }

    /** Gives a file a fate unless it has one. */
    void fileIfNone(ServiceFile file, Fate fate) {
        fates.putIfAbsent(file, fate);
    }

    boolean has(ServiceFile file) {
        return fates.containsKey(file);
    }

    void line(Line line) {
        lines.computeIfAbsent(line.file(), f -> new ArrayList<>()).add(line);
    }

    /** One section for each file, in the order in which they were opened. */
    List<Report.Section> close() {
        List<Report.Section> sections = new ArrayList<>();
        entries.forEach((file, entry) -> sections.add(new Report.Section(
                entry.title(),
                entry.title(),
                new Position(file.shown(), 1, 1),
                fates.getOrDefault(file, FORGOTTEN),
                entry.services(),
                keys(file))));
        return sections;
    }

    private List<Report.Key> keys(ServiceFile file) {
        return lines.getOrDefault(file, List.of()).stream()
                .sorted(Comparator.comparingInt(Line::offset))
                .map(line -> new Report.Key(line.label(), file.position(line.offset()), line.fate()))
                .toList();
    }
}
