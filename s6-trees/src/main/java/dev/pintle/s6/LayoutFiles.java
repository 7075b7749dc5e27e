package dev.pintle.s6;

import dev.pintle.layout.Key;
import dev.pintle.layout.Section;
import dev.pintle.layout.text.LayoutText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of the layout that a translation is, in a fixed order. */
public final class LayoutFiles {

    private final List<File> files = new ArrayList<>();

    /**
     * A file.
     *
     * @param path       below the layout's directory
     * @param text       its content
     * @param executable whether it is a script
     */
    public record File(String path, String text, boolean executable) {}

    private LayoutFiles() {}

    /** The files of a translation without errors. */
    public static List<File> of(Translation translation) {
        LayoutFiles layout = new LayoutFiles();
        layout.add("pintle.conf", "", translation.container(), Map.of());
        for (S6Service service : translation.services()) {
            layout.add("services/", service);
        }
        return layout.files;
    }

    private void add(String parent, S6Service first) {
        String directory = parent;
        for (S6Service service = first; service != null; service = service.log()) {
            directory += service.name() + "/";
            add(directory + "service.conf", service.origin(), service.keys(), service.environment());
            for (Map.Entry<String, String> script : service.scripts().entrySet()) {
                files.add(new File(directory + script.getKey(), script.getValue(), true));
            }
        }
    }

    private void add(String path, String origin, Map<Key, String> keys, Map<String, String> environment) {
        StringBuilder text = new StringBuilder("# Converted from s6");
        if (!origin.isEmpty()) {
            text.append(": ").append(onOneLine(origin));
        }
        text.append('\n');
        for (Map.Entry<Section, Map<String, String>> section :
                sections(keys, environment).entrySet()) {
            if (!section.getKey().text().isEmpty()) {
                text.append("\n[").append(section.getKey().text()).append("]\n");
            }
            for (Map.Entry<String, String> entry : section.getValue().entrySet()) {
                text.append(LayoutText.entry(entry.getKey(), entry.getValue()));
            }
        }
        files.add(new File(path, text.toString(), false));
    }

    private static Map<Section, Map<String, String>> sections(Map<Key, String> keys, Map<String, String> environment) {
        Map<Section, Map<String, String>> sections = new TreeMap<>();
        for (Map.Entry<Key, String> entry : keys.entrySet()) {
            sections.computeIfAbsent(entry.getKey().section(), unused -> new LinkedHashMap<>())
                    .put(entry.getKey().text(), entry.getValue());
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            sections.computeIfAbsent(Section.ENVIRONMENT, unused -> new LinkedHashMap<>())
                    .put(variable.getKey(), LayoutText.environment(variable.getValue()));
        }
        return sections;
    }

    private static String onOneLine(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(c == ' ' || (c >= '\t' && c <= '\r') ? ' ' : c);
        }
        return line.toString();
    }
}
