package dev.pintle.convert.lower;

import dev.pintle.layout.Key;
import dev.pintle.layout.Section;
import dev.pintle.layout.ValueKind;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A configuration file to be: entries in sections, each value written as the layout reads it. */
public final class Draft {

    private final String name;
    private final String origin;
    private final Map<Section, Map<String, String>> sections = new EnumMap<>(Section.class);
    private final Map<String, String> variables = new TreeMap<>();
    private final Map<String, OutputFile> files = new TreeMap<>();
    private final List<Draft> nested = new ArrayList<>();

    /**
     * Without entries.
     *
     * @param name   of the service, or of the file
     * @param origin what it is made from, for the comment at its head
     */
    public Draft(String name, String origin) {
        this.name = name;
        this.origin = origin;
    }

    /** Of the service, or of the file. */
    public String name() {
        return name;
    }

    /** What it is made from. */
    public String origin() {
        return origin;
    }

    /** Files of the service's directory besides its configuration, by their paths below it. */
    public Map<String, OutputFile> files() {
        return files;
    }

    /** Puts a file into the service's directory. */
    public void add(String path, OutputFile file) {
        files.put(path, file);
    }

    /** Services in directories of this one's directory, each by its own name. */
    public List<Draft> nested() {
        return nested;
    }

    /** Puts a service into the service's directory. */
    public void nest(Draft service) {
        nested.add(service);
        variables.putAll(service.variables);
    }

    /** A value for each variable that the entries use, such as would suit where it stands; for a check of the whole. */
    public Map<String, String> sampleVariables() {
        return variables;
    }

    /** Where a variable has to be set, or is empty without being set. */
    private void sample(String value, boolean path) {
        for (int at = value.indexOf("${"); at >= 0; at = value.indexOf("${", at + 1)) {
            boolean escaped = at > 0 && value.charAt(at - 1) == '$';
            int end = value.indexOf('}', at);
            boolean required = end > 0 && (value.charAt(end - 1) == '?' || value.charAt(end - 1) == '-');
            if (!escaped && required) {
                int name = at + (value.startsWith("${=", at) ? 3 : 2);
                variables.put(value.substring(name, end - 1), path && at <= "file:".length() ? "/1" : "1");
            }
        }
    }

    /** Sets a key; {@code value} is what {@link LayoutText} returned, or needs none of it. */
    public void set(Key key, String value) {
        put(key.section(), key.text(), value);
        sample(value, key.kind() == ValueKind.PATH || key.kind() == ValueKind.OUTPUT);
    }

    /** Sets a variable of the environment to a template. */
    public void setVariable(String variable, String template) {
        put(Section.ENVIRONMENT, variable, LayoutText.environment(template));
        sample(template, false);
    }

    private void put(Section section, String key, String value) {
        sections.computeIfAbsent(section, s -> new LinkedHashMap<>()).put(key, value);
    }

    /** The value of a key as it will be written, or an empty one. */
    public String get(Key key) {
        return sections.getOrDefault(key.section(), Map.of()).getOrDefault(key.text(), "");
    }

    /** The sections that have entries, in the layout's order. */
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        sections.forEach((section, entries) -> {
            List<String> lines = new ArrayList<>();
            entries.forEach((key, value) -> lines.add(LayoutText.entry(key, value)));
            parts.add(new Part(section.text(), lines));
        });
        return parts;
    }

    /**
     * A section and its entries.
     *
     * @param header  the section's name; empty for the one without header
     * @param entries as they will be written, each with its line's end
     */
    public record Part(String header, List<String> entries) {}
}
