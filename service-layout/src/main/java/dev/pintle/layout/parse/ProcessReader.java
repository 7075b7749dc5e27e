package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.EnvironmentFile;
import dev.pintle.layout.ProcessSettings.Limit;
import dev.pintle.layout.ProcessSettings.Resource;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.Section;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.ConfText.Entry;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the attributes of a service's process. */
final class ProcessReader {

    private final Settings settings;
    private final LayoutSource source;
    private final String directory;
    private final Diagnostics diagnostics;

    ProcessReader(Settings settings, LayoutSource source, String directory, Diagnostics diagnostics) {
        this.settings = settings;
        this.source = source;
        this.directory = directory;
        this.diagnostics = diagnostics;
    }

    /**
     * Reads them all.
     *
     * @param variables        entries of [environment]
     * @param instance         the number of the instance, or null where there are none
     * @param defaultDirectory where the process runs if working_dir is not given; null for the container's
     */
    ProcessSettings read(Map<String, Entry> variables, @Nullable String instance, @Nullable String defaultDirectory) {
        String workingDir = settings.optional(Key.WORKING_DIR, ServiceValues::path);
        List<String> groups = settings.list(Key.GROUPS, ServiceValues::account);
        List<String> unset = new ArrayList<>();
        Map<String, String> environment = environment(variables, instance, unset);
        return new ProcessSettings(
                settings.optional(Key.USER, ServiceValues::user),
                settings.text(Key.GROUPS) == null ? null : List.copyOf(groups),
                settings.bool(Key.LOGIN_ENVIRONMENT),
                workingDir != null ? workingDir : defaultDirectory,
                integer(Key.UMASK, -1, text -> Values.octal(text, 0777)),
                integer(Key.NICE, ProcessSettings.INHERITED, text -> (int) Values.integer(text, -20, 19)),
                integer(Key.OOM_SCORE_ADJ, ProcessSettings.INHERITED, text -> (int) Values.integer(text, -1000, 1000)),
                settings.bool(Key.CLEAR_ENVIRONMENT),
                List.copyOf(settings.list(Key.ENVIRONMENT_FILE, this::environmentFile)),
                List.copyOf(unset),
                Collections.unmodifiableMap(environment),
                limits(),
                settings.bool(Key.NO_NEW_PRIVILEGES),
                settings.choice(Key.STDIN, Stdin.values()),
                settings.get(Key.STDOUT_TO, text -> ServiceValues.output(text, false)),
                settings.get(Key.STDERR_TO, text -> ServiceValues.output(text, true)));
    }

    private int integer(Key key, int otherwise, Values.Reader<Integer> reader) {
        Integer value = settings.optional(key, reader);
        return value == null ? otherwise : value;
    }

    private EnvironmentFile environmentFile(String text) throws BadValueException {
        boolean optional = text.startsWith("-");
        String path = optional ? text.substring(1) : text;
        if (path.startsWith("./")) {
            return new EnvironmentFile(directory + path.substring(1), optional);
        }
        if (!path.startsWith("/")) {
            throw new BadValueException(
                    "it is not an absolute path", "begin it with /, or with ./ for a file of the service directory");
        }
        return new EnvironmentFile(path, optional);
    }

    private List<Limit> limits() {
        List<Limit> limits = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            Key key = Key.find(Section.ULIMITS, Ascii.lower(resource.name()));
            Limit limit = key == null ? null : settings.optional(key, text -> ServiceValues.limit(resource, text));
            if (limit != null) {
                limits.add(limit);
            }
        }
        return List.copyOf(limits);
    }

    /** What env/ says, and over it what service.conf says. */
    private Map<String, String> environment(
            Map<String, Entry> variables, @Nullable String instance, List<String> unset) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (instance != null) {
            environment.put(ServiceReader.INSTANCE_VARIABLE, instance);
        }
        EnvDirectory.read(source, directory + "/env", environment, unset, diagnostics);
        for (Entry entry : variables.values()) {
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
                environment.put(entry.key(), value);
            }
        }
        return environment;
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
