package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.Layout;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.LayoutSource.UnreadableException;
import dev.pintle.layout.Section;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Interpolation;
import dev.pintle.layout.text.Position;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.HashSet;
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
 * @param log   the directory of its log service, or null where there is none
 */
record ServiceDirectory(
        String name,
        String path,
        Set<String> files,
        Conf conf,
        @Nullable ServiceDirectory log) {

    /** More copies of one service than a container holds. */
    private static final int MAX_INSTANCES = 4096;

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

    /**
     * Reads a service directory.
     *
     * @param defaults    entries of [defaults]
     * @param diagnostics takes what is wrong; nothing where the service is not enabled
     * @return a draft of each instance; none where it is not enabled; null where there is nothing to make one of
     */
    static @Nullable List<Draft> read(
            LayoutSource source,
            String path,
            String name,
            Map<Key, Entry> defaults,
            Interpolation interpolation,
            Diagnostics diagnostics) {
        if (!checkName(name, path, diagnostics)) {
            return null;
        }
        Diagnostics found = new Diagnostics();
        ServiceDirectory directory = open(source, path, name, found);
        List<Draft> drafts = directory == null ? null : directory.drafts(source, defaults, interpolation, found);
        if (drafts == null || !drafts.isEmpty()) {
            diagnostics.addAll(found);
        }
        return drafts;
    }

    private static boolean checkName(String name, String path, Diagnostics diagnostics) {
        if (!ServiceValues.isName(name)) {
            diagnostics.error(
                    Position.of(path),
                    "bad-name",
                    "name a service '" + name + "'",
                    "a name is letters, digits, '.', '_' and '-'",
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

    private static @Nullable ServiceDirectory open(
            LayoutSource source, String path, String name, Diagnostics diagnostics) {
        String reading = path;
        try {
            Set<String> files = setOf(source.files(path));
            if (!files.contains("service.conf") && !files.contains("run")) {
                diagnostics.error(
                        Position.of(path),
                        "no-service",
                        "read service " + name,
                        "it has neither service.conf nor run",
                        "remove the directory, or set enabled = no in a service.conf");
                return null;
            }
            ServiceDirectory log = hasLog(source, path, name, diagnostics)
                    ? open(source, path + Layout.LOG, name + Layout.LOG, diagnostics)
                    : null;
            reading = path + "/service.conf";
            String text = ConfFiles.read(source, reading);
            Conf conf = text == null ? Conf.empty() : Conf.read(Section.File.SERVICE_CONF, reading, text, diagnostics);
            return new ServiceDirectory(name, path, files, conf, log);
        } catch (UnreadableException e) {
            diagnostics.unreadable(reading, e);
            return null;
        }
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

    private List<Draft> drafts(
            LayoutSource source, Map<Key, Entry> defaults, Interpolation interpolation, Diagnostics diagnostics) {
        Settings shared = new Settings(conf.keys(), defaults, interpolation, diagnostics);
        List<Draft> drafts = new ArrayList<>();
        if (!shared.bool(Key.ENABLED)) {
            return drafts;
        }
        Integer instances = shared.optional(Key.INSTANCES, text -> Values.count(text, MAX_INSTANCES));
        for (int i = 1; i <= (instances == null ? 1 : instances); i++) {
            String number = instances == null ? null : String.valueOf(i);
            Interpolation own =
                    number == null ? interpolation : interpolation.with(ServiceReader.INSTANCE_VARIABLE, number);
            Settings settings = new Settings(conf.keys(), defaults, own, diagnostics);
            Draft draft = new ServiceReader(source, this, settings, number, diagnostics).read();
            if (log == null) {
                drafts.add(draft);
            } else {
                Settings its = new Settings(log.conf.keys(), defaults, own, diagnostics);
                Draft reader = new ServiceReader(source, log, its, number, diagnostics).read();
                new LogService(draft, settings, reader, its, diagnostics).addTo(drafts);
            }
        }
        return drafts;
    }
}
