package dev.pintle.convert.lower.supervisord;

import dev.pintle.convert.lower.Fate;
import dev.pintle.convert.lower.Report;
import dev.pintle.convert.parse.supervisord.ini.IniDocument;
import dev.pintle.convert.read.ScannedFile.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The account of every section and key. Rules write to it what became of a key in a section; where several processes
 * come from one section, or several sections inherit from {@code [DEFAULT]}, the worst counts and all is said.
 */
final class Ledger {

    private static final Fate FORGOTTEN = Fate.notCarried("this converter has no rule for it", "please report this");

    private final IniDocument document;
    private final List<String> names;
    private final Map<String, Fate> sections = new HashMap<>();
    private final Map<String, Set<String>> services = new HashMap<>();
    private final Map<String, Map<String, Fate>> keys = new HashMap<>();

    Ledger(IniDocument document) {
        this.document = document;
        this.names = document.sections();
    }

    /** Whether a key is set in a section, there or in {@code [DEFAULT]}. */
    boolean isSet(String section, String key) {
        return document.get(section, key) != null;
    }

    /** Whether a section's name begins like this. */
    boolean hasSection(String prefix) {
        return names.stream().anyMatch(section -> section.startsWith(prefix));
    }

    void section(String section, Fate fate) {
        sections.merge(section, fate, Fate::and);
    }

    /** Gives a section a fate unless it has one. */
    void sectionIfNone(String section, Fate fate) {
        sections.putIfAbsent(section, fate);
    }

    void service(String section, String service) {
        services.computeIfAbsent(section, s -> new LinkedHashSet<>()).add(service);
    }

    void key(String section, String key, Fate fate) {
        keys.computeIfAbsent(section, s -> new HashMap<>()).merge(key, fate, Fate::and);
    }

    /** Gives a key a fate in place of the one that it has. */
    void replace(String section, String key, Fate fate) {
        keys.computeIfAbsent(section, s -> new HashMap<>()).put(key, fate);
    }

    /** Gives a key a fate unless it has one. */
    void keyIfNone(String section, String key, Fate fate) {
        keys.computeIfAbsent(section, s -> new HashMap<>()).putIfAbsent(key, fate);
    }

    /** Gives every key that a section has of its own, and that has no fate yet, the same one. */
    void rest(String section, Fate fate) {
        for (String key : document.keys(section)) {
            if (!document.isInherited(section, key)) {
                keys.computeIfAbsent(section, s -> new HashMap<>()).putIfAbsent(key, fate);
            }
        }
    }

    @Nullable
    Fate fate(String section, String key) {
        return keys.getOrDefault(section, Map.of()).get(key);
    }

    /** The sections in the order of the text, each with its keys; one that occurs twice is one, at its first header. */
    List<Report.Section> close() {
        Map<String, List<Report.Key>> byKey = new LinkedHashMap<>();
        document.headers().keySet().forEach(name -> byKey.put(name, new ArrayList<>()));
        for (IniDocument.Occurrence occurrence : document.occurrences()) {
            Option option = occurrence.option();
            byKey.computeIfAbsent(occurrence.section(), s -> new ArrayList<>())
                    .add(new Report.Key(option.key(), option.position(), fateOf(occurrence.section(), option)));
        }
        List<Report.Section> closed = new ArrayList<>();
        byKey.forEach((name, entries) -> closed.add(new Report.Section(
                "[" + name + "]",
                name,
                document.header(name),
                sectionFate(name),
                List.copyOf(services.getOrDefault(name, Set.of())),
                entries)));
        return closed;
    }

    private Fate sectionFate(String name) {
        if (name.equals(IniDocument.DEFAULT)) {
            return Fate.changed("every section has its keys");
        }
        if (name.equals(IniDocument.PROGRAM_DEFAULT)) {
            return Fate.changed(
                    "every program has its keys, as under the supervisord written in Go; the original passes"
                            + " over the section");
        }
        return sections.getOrDefault(name, FORGOTTEN);
    }

    private Fate fateOf(String section, Option option) {
        Option winner = document.winner(section, option.key());
        if (winner == null || !winner.equals(option)) {
            return Fate.changed("no effect, as under supervisord: "
                    + (winner == null || precedes(winner, option)
                            ? "an included file includes nothing"
                            : winner.position().file() + ":" + winner.position().line() + " sets it again"));
        }
        if (section.equals(IniDocument.DEFAULT) || section.equals(IniDocument.PROGRAM_DEFAULT)) {
            return inherited(option);
        }
        Fate fate = fate(section, option.key());
        return fate == null ? FORGOTTEN : fate;
    }

    /** Only [include] is decided by an option that others follow. */
    private boolean precedes(Option winner, Option option) {
        List<Option> options = document.occurrences().stream()
                .map(IniDocument.Occurrence::option)
                .toList();
        return options.indexOf(winner) < options.indexOf(option);
    }

    private Fate inherited(Option option) {
        Fate all = null;
        List<String> heirs = new ArrayList<>();
        for (String section : document.sections()) {
            Fate fate = option.equals(document.winner(section, option.key())) ? fate(section, option.key()) : null;
            if (fate != null) {
                heirs.add("[" + section + "]");
                all = all == null ? fate : all.and(fate);
            }
        }
        if (all == null) {
            return Fate.changed("no effect, as under supervisord: no section uses it");
        }
        return new Fate(all.kind(), "for " + String.join(", ", heirs) + ": " + all.text(), all.hint());
    }
}
