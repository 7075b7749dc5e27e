package dev.pintle.layout.parse;

import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.LayoutSource.UnreadableException;
import dev.pintle.layout.Section;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds services that lie where none is looked for: they would not run, and nobody would say so. */
final class Misplaced {

    private static final String SERVICES = "services";
    private static final String PINTLE_CONF = Section.File.PINTLE_CONF.text();

    /** Directories that are looked into: this is a hint for who has made a mistake, and the tree may be any. */
    private static final int MOST_LISTED = 64;

    private int listed;

    private Misplaced() {}

    /** Reports services beside {@code ROOT/services}, where that has none. */
    static void report(LayoutSource source, String root, Diagnostics diagnostics) {
        new Misplaced().find(source, root, diagnostics);
    }

    private void find(LayoutSource source, String root, Diagnostics diagnostics) {
        try {
            String itself = serviceFile(source, root);
            if (itself != null) {
                String hint = "name the directory of the whole layout, in which this is services/NAME";
                error(root, root + "/" + itself + " looks like a service", hint, diagnostics);
                return;
            }
            List<String> names = new ArrayList<>(source.directories(root));
            Collections.sort(names);
            for (String name : names) {
                String directory = root + "/" + name;
                if (listed > MOST_LISTED) {
                    return;
                }
                if (name.startsWith(".") || name.equals(SERVICES)) {
                    continue;
                }
                String file = serviceFile(source, directory);
                if (file != null) {
                    String hint = root.endsWith("/" + SERVICES) || root.equals(SERVICES)
                            ? "name the directory above"
                            : "move it to " + root + "/" + SERVICES + "/" + name;
                    error(root, directory + "/" + file + " looks like a service", hint, diagnostics);
                    return;
                }
                String inner = firstService(source, directory);
                if (inner != null) {
                    error(root, inner + " looks like a service", "call the directory " + SERVICES, diagnostics);
                    return;
                }
            }
        } catch (UnreadableException e) {
            // Whatever cannot be listed is not what was to be read.
        }
    }

    private static void error(String root, String cause, String hint, Diagnostics diagnostics) {
        diagnostics.error(
                Position.of(root),
                "misplaced-service",
                "find services",
                "there is none in " + root + "/" + SERVICES + ", but " + cause,
                hint);
    }

    private @Nullable String firstService(LayoutSource source, String directory) throws UnreadableException {
        List<String> names = new ArrayList<>(source.directories(directory));
        Collections.sort(names);
        for (String name : names) {
            String file = name.startsWith(".") ? null : serviceFile(source, directory + "/" + name);
            if (file != null) {
                return directory + "/" + name + "/" + file;
            }
        }
        return null;
    }

    /** The name of the file that makes a directory a service; null for none, and where enough have been looked into. */
    private @Nullable String serviceFile(LayoutSource source, String directory) throws UnreadableException {
        String found = null;
        if (++listed > MOST_LISTED) {
            return null;
        }
        for (String file : source.files(directory)) {
            if (file.equals("service.conf") || (file.equals("run") && found == null)) {
                found = file;
            }
        }
        return found;
    }

    /** Reports files that are meant to be services: {@code services/redis.conf}. */
    static void reportFlatFiles(LayoutSource source, String services, Diagnostics diagnostics) {
        try {
            List<String> files = new ArrayList<>(source.files(services));
            Collections.sort(files);
            for (String file : files) {
                int dot = file.lastIndexOf('.');
                String end = dot <= 0 ? "" : file.substring(dot);
                if (end.equals(".conf") || end.equals(".service") || end.equals(".ini")) {
                    boolean containers = file.equals(PINTLE_CONF);
                    String name = file.equals("service.conf") ? "NAME" : file.substring(0, dot);
                    String above = services.substring(0, services.length() - SERVICES.length());
                    diagnostics.error(
                            Position.of(services + "/" + file),
                            "misplaced-service",
                            "read service " + file,
                            containers ? "it is the container's file" : "a service is a directory",
                            "move it to " + (containers ? above + file : services + "/" + name + "/service.conf"));
                }
            }
        } catch (UnreadableException e) {
            // It has been reported.
        }
    }
}
