package dev.pintle.init.boot;

import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.LayoutSource.UnreadableException;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Nearest;
import dev.pintle.layout.text.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files and directories of a layout that nothing reads: neither the init, nor, as far as their texts show, a service. A
 * {@code finsh} is a finish that never runs. Only for who builds an image, as it reads every script.
 */
final class Unread {
    private static final String SERVICES = "services";
    private static final String CONF = "service.conf";
    private static final List<String> FILES = List.of(CONF, "run", "finish", "check");
    private static final List<String> DIRECTORIES = List.of("env", "log");
    /** As much of a script as is looked through for the names of files. */
    private static final int SCRIPT_LIMIT = 65_536;

    private final LayoutSource source;
    private final Diagnostics diagnostics;
    private final List<String> found = new ArrayList<>();
    /** For each of {@link #found}: the names that would be read in its place. */
    private final List<List<String>> known = new ArrayList<>();

    private final List<String> texts = new ArrayList<>();

    private Unread(LayoutSource source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    /** Warns of what is not read below {@code root}. */
    static void report(LayoutSource source, String root, Diagnostics diagnostics) {
        Unread unread = new Unread(source, diagnostics);
        try {
            unread.look(root);
        } catch (UnreadableException e) {
            // Whoever reads the layout reports it.
        }
        unread.report();
    }

    private void look(String root) throws UnreadableException {
        if (source.directories(root + "/" + SERVICES).isEmpty() && source.read(root + "/pintle.conf", 1) == null) {
            // It is no layout, which has been said.
            return;
        }
        look(root, List.of("pintle.conf"), List.of(SERVICES));
        String services = root + "/" + SERVICES;
        for (String file : sorted(source.files(services))) {
            boolean reported = file.endsWith(".conf") || file.endsWith(".service") || file.endsWith(".ini");
            if (!reported) {
                add(services + "/" + file, List.of());
            }
        }
        for (String name : sorted(source.directories(services))) {
            if (!name.startsWith(".")) {
                lookAtService(services + "/" + name);
            }
        }
    }

    private void lookAtService(String directory) throws UnreadableException {
        look(directory, FILES, DIRECTORIES);
        for (String name : source.directories(directory)) {
            if (name.equals("log")) {
                look(directory + "/log", FILES, List.of("env"));
            }
        }
    }

    private void look(String directory, List<String> files, List<String> directories) throws UnreadableException {
        for (String file : sorted(source.files(directory))) {
            if (files.contains(file)) {
                String text = source.read(directory + "/" + file, SCRIPT_LIMIT);
                texts.add(text == null ? "" : text);
            } else {
                add(directory + "/" + file, files);
            }
        }
        for (String name : sorted(source.directories(directory))) {
            // A link that leads nowhere is among them, and whoever reads it says so.
            if (!directories.contains(name) && !files.contains(name)) {
                add(directory + "/" + name, directories);
            }
        }
    }

    private static List<String> sorted(List<String> names) {
        List<String> sorted = new ArrayList<>(names);
        Collections.sort(sorted);
        return sorted;
    }

    private void add(String path, List<String> expected) {
        String name = nameOf(path);
        boolean documentation = name.startsWith("README") || name.startsWith("LICENSE") || name.endsWith(".md");
        if (!name.startsWith(".") && !documentation) {
            found.add(path);
            known.add(expected);
        }
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void report() {
        for (int i = 0; i < found.size(); i++) {
            String name = nameOf(found.get(i));
            if (!isMentioned(name)) {
                diagnostics.warning(
                        Position.of(found.get(i)),
                        "unread",
                        "use " + name,
                        "nothing reads it",
                        hint(name, known.get(i)));
            }
        }
    }

    private boolean isMentioned(String name) {
        for (String text : texts) {
            if (text.contains(name)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String hint(String name, List<String> known) {
        String foreign = switch (name) {
            case "down" -> "it is runit's and s6's: write autostart = no in service.conf";
            case "supervise", "event" -> "another supervisor left it: remove it";
            case "healthcheck", "health", "healthcheck.sh" -> "call it check";
            case "type",
                    "up",
                    "dependencies",
                    "dependencies.d",
                    "contents.d",
                    "notification-fd",
                    "timeout-kill",
                    "timeout-finish",
                    "producer-for",
                    "consumer-for",
                    "data" -> "it is s6's: write its meaning in service.conf";
            default -> null;
        };
        if (foreign != null) {
            return foreign;
        }
        int dot = name.indexOf('.');
        String stem = Ascii.lower(dot < 0 ? name : name.substring(0, dot));
        for (String each : known) {
            if (each.equals(stem) || each.equals(Ascii.lower(name))) {
                return "call it " + each;
            }
        }
        return Nearest.didYouMean(name, known);
    }
}
