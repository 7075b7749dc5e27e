package dev.pintle.layout.parse;

import dev.pintle.layout.Layout;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.LayoutSource.UnreadableException;
import dev.pintle.layout.Section;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.Budget;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Interpolation;
import dev.pintle.layout.text.Position;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service directory whose service.conf has been cut into entries.
 *
 * @param name  the service's, or its instances' family's
 * @param path  absolute
 * @param files the names of the files in it
 * @param conf  service.conf, or an empty one
 * @param sound whether nothing was wrong with the lines of service.conf
 * @param log   the directory of its log service, or null where there is none
 */
record ServiceDirectory(
        String name,
        String path,
        Set<String> files,
        Conf conf,
        boolean sound,
        @Nullable ServiceDirectory log) {

    /** The variable that tells a service its name, as {@code pintle status} shows it. */
    static final String SERVICE_VARIABLE = "PINTLE_SERVICE";

    /** The variable that tells an instance its number; 1 where there is but one. */
    static final String INSTANCE_VARIABLE = "PINTLE_INSTANCE";

    /** More copies of one service than a container holds. */
    static final int MAX_INSTANCES = Budget.MOST_SERVICES;

    /** Whether a file of this name is there. */
    boolean has(String file) {
        return files.contains(file);
    }

    /** The name of an instance; of the only one where there is no number. */
    String nameOf(@Nullable String instance) {
        if (instance == null) {
            return name;
        }
        return name.endsWith(Layout.LOG) ? Layout.writerOf(name) + "-" + instance + Layout.LOG : name + "-" + instance;
    }

    static boolean checkName(String name, String path, Diagnostics diagnostics) {
        if (!ServiceValues.isName(name)) {
            diagnostics.error(
                    Position.of(path),
                    "bad-name",
                    "name a service '" + name + "'",
                    "a name begins with a letter or a digit and has letters, digits, '.', '_' and '-'",
                    null);
            return false;
        }
        String meaning = switch (name) {
            case "main" -> "it is the container's command";
            case "all" -> "it means all services";
            case Layout.WEB -> "it is the status page";
            default -> null;
        };
        if (meaning != null) {
            diagnostics.error(
                    Position.of(path), "reserved-name", "name a service " + name, meaning, "rename the directory");
            return false;
        }
        return true;
    }

    /** Reads what is in a directory, without its log service; null where there is nothing to make a service of, which is reported. */
    static @Nullable ServiceDirectory open(
            LayoutSource source, String path, String name, Budget budget, Diagnostics diagnostics) {
        String reading = path;
        try {
            Set<String> files = setOf(source.files(path));
            budget.addEntries(files.size() + source.directories(path).size());
            if (!files.contains("service.conf") && !files.contains("run")) {
                reportNothing(path, name, setOf(source.directories(path)), diagnostics);
                return null;
            }
            reading = path + "/service.conf";
            String text = ConfFiles.read(source, reading);
            budget.addText(text, reading, diagnostics);
            Diagnostics found = new Diagnostics();
            Conf conf = text == null ? Conf.empty() : Conf.read(Section.File.SERVICE_CONF, reading, text, found);
            diagnostics.addAll(found);
            return new ServiceDirectory(name, path, files, conf, !found.hasErrors(), null);
        } catch (UnreadableException e) {
            diagnostics.unreadable(reading, e);
            return null;
        }
    }

    /** The same with its log service, if it has one that can be read; null where it cannot be listed, which is reported. */
    @Nullable
    ServiceDirectory withLog(LayoutSource source, Budget budget, Diagnostics diagnostics) {
        try {
            if (!hasLog(source, path, name, diagnostics)) {
                return this;
            }
            ServiceDirectory read = open(source, path + Layout.LOG, name + Layout.LOG, budget, diagnostics);
            if (read != null) {
                // Which has none itself.
                hasLog(source, read.path(), read.name(), diagnostics);
            }
            return new ServiceDirectory(name, path, files, conf, sound, read);
        } catch (UnreadableException e) {
            diagnostics.unreadable(path, e);
            return null;
        }
    }

    /** A link that leads nowhere is listed as a directory. */
    private static void reportNothing(String path, String name, Set<String> directories, Diagnostics diagnostics) {
        String file =
                directories.contains("service.conf") ? "service.conf" : directories.contains("run") ? "run" : null;
        diagnostics.error(
                Position.of(file == null ? path : path + "/" + file),
                "no-service",
                "read service " + name,
                file == null
                        ? "it has neither service.conf nor run"
                        : "its " + file + " is a directory, or a link that leads nowhere",
                file == null ? "remove the directory, or set enabled = no in a service.conf" : null);
    }

    private static boolean hasLog(LayoutSource source, String path, String name, Diagnostics diagnostics)
            throws UnreadableException {
        boolean logs = setOf(source.directories(path)).contains("log");
        if (logs && name.endsWith(Layout.LOG)) {
            diagnostics.warning(
                    Position.of(path + Layout.LOG),
                    "no-effect",
                    "start the log service of " + name,
                    "it is a log service itself",
                    "remove the directory");
            return false;
        }
        return logs;
    }

    /** Not new HashSet(names): in the native binary that brings the equals of every class that stands in any list. */
    private static Set<String> setOf(List<String> names) {
        Set<String> set = new HashSet<>();
        for (String name : names) {
            set.add(name);
        }
        return set;
    }

    /** The variables of the whole family; what is wrong with them is said by the instances that have them. */
    Map<String, String> ownVariables(Interpolation interpolation, Diagnostics diagnostics) {
        Diagnostics found = new Diagnostics();
        try {
            return variables(null, interpolation, found);
        } catch (Budget.ExceededException e) {
            diagnostics.addAll(found);
            throw e;
        }
    }

    /**
     * The variables of [environment], and which service it is. A value can refer to those above it; its own name is then the
     * container's variable, so {@code PATH = /opt/bin:${PATH}} is what it looks like.
     */
    Map<String, String> variables(@Nullable String instance, Interpolation interpolation, Diagnostics diagnostics) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put(SERVICE_VARIABLE, nameOf(instance));
        variables.put(INSTANCE_VARIABLE, instance == null ? "1" : instance);
        Settings settings = new Settings(conf.keys(), Map.of(), interpolation.with(variables), diagnostics);
        for (Entry entry : conf.environment().values()) {
            if (hasSpace(entry.key())) {
                diagnostics.error(
                        entry.position(),
                        "bad-variable",
                        "set variable '" + entry.key() + "'",
                        "white space in its name",
                        null);
                continue;
            }
            String value = settings.variable(entry);
            if (value != null) {
                variables.put(entry.key(), value);
            }
        }
        return variables;
    }

    private static boolean hasSpace(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Ascii.isSpace(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
