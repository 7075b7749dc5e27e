package dev.pintle.convert.parse.supervisord.ini;

import dev.pintle.convert.read.Position;
import dev.pintle.convert.read.ScannedFile;
import dev.pintle.convert.read.ScannedFile.Option;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ini4j.Config;
import org.ini4j.Ini;
import org.ini4j.Profile;
import org.jspecify.annotations.Nullable;

/** The sections and options of all files of a configuration, merged as Python's parser merges them. */
public final class IniDocument {

    /** The section whose options every other section has too. */
    public static final String DEFAULT = "DEFAULT";

    /** The section whose options every program has in the supervisord written in Go; the original passes over it. */
    public static final String PROGRAM_DEFAULT = "program-default";

    private static final char ESCAPE = '^';

    /**
     * An option as it stands in a file.
     *
     * @param section the name of its section, as written
     * @param option  the option
     */
    public record Occurrence(String section, Option option) {}

    private final Ini ini = new Ini();
    private @Nullable String closed;
    private final List<Occurrence> occurrences = new ArrayList<>();
    private final Map<String, Position> headers = new LinkedHashMap<>();
    private final Map<String, Map<String, Option>> winners = new LinkedHashMap<>();

    /** An empty document. */
    public IniDocument() {
        Config config = new Config();
        config.setMultiSection(false);
        config.setMultiOption(false);
        config.setGlobalSection(false);
        config.setInclude(false);
        config.setTree(false);
        config.setComment(false);
        config.setEscape(false);
        config.setEscapeNewline(false);
        ini.setConfig(config);
    }

    /** From now on a section keeps its options: what files that are added say of it is an occurrence only. */
    public void close(String section) {
        closed = section;
    }

    /** Adds a file to what has been read before. */
    public void add(ScannedFile file) {
        StringBuilder plain = new StringBuilder();
        for (ScannedFile.Section section : file.sections()) {
            boolean counts = !section.name().equals(closed);
            headers.putIfAbsent(section.name(), section.position());
            plain.append('[').append(escape(section.name())).append("]\n");
            for (Option option : section.options()) {
                occurrences.add(new Occurrence(section.name(), option));
                if (!counts) {
                    continue;
                }
                winners.computeIfAbsent(section.name(), name -> new LinkedHashMap<>())
                        .put(option.key(), option);
                plain.append(escape(option.key()))
                        .append('=')
                        .append(escape(option.value()))
                        .append('\n');
            }
        }
        try {
            ini.load(new StringReader(plain.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("internal error: a plain rendering was not plain", e);
        }
    }

    /** Leaves nothing in a text that means anything to an INI parser. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_-./,".indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append(ESCAPE);
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit((c >> shift) & 0xf, 16));
                }
            }
        }
        return out.toString();
    }

    /** Undoes {@link #escape}. */
    static String unescape(String plain) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == ESCAPE) {
                out.append((char) Integer.parseInt(plain, i + 1, i + 5, 16));
                i += 4;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** The names of all sections but {@link #DEFAULT}, in the order of their first headers. */
    public List<String> sections() {
        return ini.keySet().stream()
                .map(IniDocument::unescape)
                .filter(name -> !name.equals(DEFAULT))
                .toList();
    }

    /** Whether there is such a section. */
    public boolean has(String section) {
        return ini.containsKey(escape(section));
    }

    /** The value of an option, its section's own or one that it inherits; null where there is none. */
    public @Nullable String get(String section, String key) {
        for (String name : lineage(section)) {
            String value = own(name, key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** A section, and those that it inherits from, the nearest first. */
    private static List<String> lineage(String section) {
        return section.startsWith("program:") ? List.of(section, PROGRAM_DEFAULT, DEFAULT) : List.of(section, DEFAULT);
    }

    private @Nullable String own(String section, String key) {
        Profile.Section options = ini.get(escape(section));
        String plain = options == null ? null : options.get(escape(key));
        return plain == null ? null : unescape(plain);
    }

    /** The keys that a section has, with those that it inherits. */
    public Set<String> keys(String section) {
        Set<String> keys = new LinkedHashSet<>();
        List<String> names = new ArrayList<>(lineage(section));
        Collections.reverse(names);
        for (String name : names) {
            Profile.Section options = ini.get(escape(name));
            if (options != null) {
                options.keySet().forEach(key -> keys.add(unescape(key)));
            }
        }
        return keys;
    }

    /** Replaces the value that a section has for a key; the section must be there. */
    public void set(String section, String key, String value) {
        Profile.Section options = ini.get(escape(section));
        if (options == null) {
            throw new IllegalArgumentException("no section " + section);
        }
        options.put(escape(key), escape(value));
    }

    /** Where a section's first header stands. */
    public Position header(String section) {
        Position position = headers.get(section);
        if (position == null) {
            throw new IllegalArgumentException("no section " + section);
        }
        return position;
    }

    /** The option that decides a key's value in a section, where any file sets it there or where it is inherited from. */
    public @Nullable Option winner(String section, String key) {
        for (String name : lineage(section)) {
            Option option = winners.getOrDefault(name, Map.of()).get(key);
            if (option != null) {
                return option;
            }
        }
        return null;
    }

    /** Whether a section only inherits a key. */
    public boolean isInherited(String section, String key) {
        return !winners.getOrDefault(section, Map.of()).containsKey(key);
    }

    /** Every option of every file, in the order of reading. */
    public List<Occurrence> occurrences() {
        return List.copyOf(occurrences);
    }

    /** Every section with the place of its first header, {@link #DEFAULT} among them. */
    public Map<String, Position> headers() {
        return new LinkedHashMap<>(headers);
    }
}
