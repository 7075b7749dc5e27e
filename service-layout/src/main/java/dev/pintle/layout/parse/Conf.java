package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.Section;
import dev.pintle.layout.text.ConfText;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.ConfText.SectionText;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service.conf or pintle.conf whose sections and keys are known ones.
 *
 * @param keys        entries by key, those of [defaults] apart
 * @param defaults    entries of [defaults] by key, and in pintle.conf those of [stdout] and [stderr]
 * @param environment entries of [environment] by variable, in order
 * @param signals     entries of [signals] by the signal as it is written, in order
 */
record Conf(
        Map<Key, Entry> keys, Map<Key, Entry> defaults, Map<String, Entry> environment, Map<String, Entry> signals) {

    /** No file at all. */
    static Conf empty() {
        return new Conf(new HashMap<>(), new HashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** Reads a file's text; unknown sections and keys are reported and left out. */
    static Conf read(Section.File kind, String file, String text, Diagnostics diagnostics) {
        Conf conf = empty();
        ConfFiles.warnOfEncoding(file, text, diagnostics);
        for (SectionText section : ConfText.read(file, text, new KnownLines(kind), diagnostics)) {
            if (diagnostics.isFull()) {
                return conf;
            }
            Section known = Section.find(kind, section.name());
            if (known != null) {
                for (Entry entry : section.entries().values()) {
                    conf.add(kind, known, entry, diagnostics);
                    if (diagnostics.isFull()) {
                        return conf;
                    }
                }
            } else if (!section.name().isEmpty()) {
                diagnostics.error(
                        section.position(),
                        "unknown-section",
                        "read section [" + section.name() + "]",
                        "there is no such section in " + kind.text(),
                        diagnostics.areMany() ? null : sectionHint(kind, section.name()));
            } else {
                for (Entry entry : section.entries().values()) {
                    diagnostics.error(
                            entry.position(),
                            "no-section",
                            "set " + entry.key(),
                            "it comes before the first section",
                            elsewhere(kind, entry.key(), "put it under a section, such as [container]"));
                }
            }
        }
        return conf;
    }

    private void add(Section.File kind, Section section, Entry entry, Diagnostics diagnostics) {
        switch (section) {
            case ENVIRONMENT -> {
                environment.put(entry.key(), entry);
                if (Key.find(Section.SERVICE, entry.key()) != null) {
                    diagnostics.warning(
                            entry.position(),
                            "key-in-environment",
                            "take " + entry.key() + " for a key of the service",
                            "under [environment] it is a" + " variable",
                            "put the service's keys above the first section");
                }
                KnownLines.warnOfVariables(entry, diagnostics);
            }
            case SIGNALS -> signals.put(entry.key(), entry);
            case DEFAULTS, SERVICE, HEALTHCHECK, ULIMITS, STDOUT, STDERR, CONTAINER, CONTROL, WEB -> {
                Key key = Key.find(section, entry.key());
                if (key != null) {
                    (kind == Section.File.PINTLE_CONF && section.hasDefaults() ? defaults : keys).put(key, entry);
                } else {
                    unknownKey(kind, section, entry, diagnostics);
                }
            }
        }
    }

    /** The keys of a section as they are written. */
    static List<String> names(Section section) {
        List<String> names = new ArrayList<>();
        for (Key key : Key.of(section)) {
            names.add(key.text());
        }
        return names;
    }

    private static void unknownKey(Section.File kind, Section section, Entry entry, Diagnostics diagnostics) {
        String place = section == Section.SERVICE ? "of a service" : "in [" + section.text() + "]";
        String foreign = diagnostics.areMany() ? null : ForeignWords.key(section, entry.key());
        String hint = foreign != null || diagnostics.areMany() ? foreign : otherFile(kind, entry.key());
        if (hint == null && !diagnostics.areMany()) {
            hint = Nearest.didYouMean(entry.key(), names(section));
        }
        diagnostics.error(
                entry.position(),
                "unknown-key",
                "set " + entry.key(),
                "there is no such key " + place,
                diagnostics.areMany() ? null : elsewhere(kind, entry.key(), hint));
    }

    /** Where a key that stands in the wrong file belongs; null for one that neither has. */
    private static @Nullable String otherFile(Section.File kind, String name) {
        if (kind == Section.File.SERVICE_CONF) {
            return Key.find(Section.CONTAINER, name) == null ? null : "put it under [container] in pintle.conf";
        }
        return Key.find(Section.SERVICE, name) == null
                ? null
                : "put it in the service's own service.conf, or under [defaults]";
    }

    /** Where a key that stands in the wrong section belongs, or else the other hint. */
    private static @Nullable String elsewhere(Section.File kind, String name, @Nullable String otherwise) {
        for (Key key : Key.values()) {
            if (key.section().file() == kind && key.text().equals(name)) {
                return key.section() == Section.SERVICE
                        ? "put it above the first section"
                        : "put it under [" + key.section().text() + "]";
            }
        }
        return otherwise;
    }

    private static @Nullable String sectionHint(Section.File kind, String name) {
        String foreign = ForeignWords.section(name);
        if (foreign != null) {
            return foreign;
        }
        List<String> names = new ArrayList<>();
        for (Section section : Section.values()) {
            if (section.standsIn(kind) && section != Section.SERVICE) {
                names.add(section.text());
            } else if (section.text().equals(name)) {
                return "write it in " + (kind == Section.File.PINTLE_CONF ? "service.conf" : "pintle.conf");
            }
        }
        String nearest = Nearest.didYouMean(name, names);
        return nearest != null ? nearest : "the sections are " + String.join(", ", names);
    }
}
