package dev.pintle.init.launch;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ProcessSettings.EnvironmentFile;
import dev.pintle.layout.ProcessSettings.EnvironmentSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables that a process is given: what differs from the container's, which the kernel hands on by itself. */
public final class Environment {
    private static final String PATH = "PATH";
    private static final String CONTROL = "PINTLE_CONTROL";
    /** The variable that tells a service its name. */
    public static final String SERVICE = "PINTLE_SERVICE";
    /** What Docker gives a container whose image says nothing. */
    public static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /** Bytes of all files of one process: for as long as they are read, nothing else is done. */
    private static final int LARGEST = 1 << 18;
    /** Directories of PATH in which a program is looked for. */
    private static final int MOST_PLACES = 1_024;
    /** Bytes of a name in a directory, and of a path (NAME_MAX and PATH_MAX of Linux). */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_PATH = 4_095;

    private final Map<String, String> variables;
    private final List<String> unset;
    private final String path;

    private Environment(Map<String, String> variables, List<String> unset, String path) {
        this.variables = variables;
        this.unset = unset;
        this.path = path;
    }

    /** The directory of the layout. */
    public static String layoutDirectory(Map<String, String> environment) {
        String given = environment.get("PINTLE_DIR");
        return given == null || given.isEmpty() ? "/etc/pintle" : given;
    }

    /** Cuts {@code K=V} words, as the kernel hands them over, at their first equals sign; a later one of a name wins. */
    public static Map<String, String> asMap(List<String> words) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                map.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return map;
    }

    /**
     * Puts together the variables of a service's process: the container's, then those of its user, of its files, and of
     * its own section.
     *
     * @param identity the user it becomes, or null
     * @param control  where the control socket is, or null
     */
    static Environment of(
            Sys sys,
            Map<String, String> container,
            EnvironmentSettings settings,
            Accounts.@Nullable Identity identity,
            @Nullable String control)
            throws LaunchException {
        Map<String, String> variables = new LinkedHashMap<>();
        String path = container.getOrDefault(PATH, DEFAULT_PATH);
        if (settings.clear()) {
            variables.put(PATH, path);
        } else if (control != null) {
            variables.put(CONTROL, control);
        }
        for (String name : settings.unset()) {
            variables.remove(name);
            path = name.equals(PATH) ? DEFAULT_PATH : path;
        }
        if (identity != null && settings.login()) {
            addLogin(variables, identity);
        }
        int read = 0;
        for (EnvironmentFile file : settings.files()) {
            read = addFile(variables, sys, file.path(), file.optional(), container, read);
        }
        variables.putAll(settings.variables());
        List<String> unset = settings.clear() ? List.of() : settings.unset();
        return new Environment(variables, unset, variables.getOrDefault(PATH, path));
    }

    /** Sets what a login sets: HOME, USER, LOGNAME and, where the user has one, SHELL. */
    public static void addLogin(Map<String, String> variables, Accounts.Identity identity) {
        variables.put("HOME", identity.home());
        variables.put("USER", identity.name());
        variables.put("LOGNAME", identity.name());
        String shell = identity.shell();
        if (shell != null) {
            variables.put("SHELL", shell);
        }
    }

    /**
     * Sets variables from a file, see {@link VariablesFile}.
     *
     * @param container what a name alone takes its value from
     * @param optional  whether its absence is no error
     * @param read      bytes of the process's files before it
     * @return the same with its own: what the next file is told
     */
    public static int addFile(
            Map<String, String> variables,
            Sys sys,
            String path,
            boolean optional,
            Map<String, String> container,
            int read)
            throws LaunchException {
        Files.Reading reading = Files.readTrusted(sys, path, LARGEST + 1);
        String text = reading.text();
        if (text == null) {
            if (optional && reading.errno() == Errno.ENOENT) {
                return read;
            }
            throw new LaunchException("cannot read " + path + ": " + Errno.describe(reading.errno()));
        }
        int all = read + reading.size();
        if (all > LARGEST) {
            String which = reading.size() > LARGEST ? "it has" : "all files of environment_file have";
            throw new LaunchException("cannot read " + path + ": " + which + " more than 256 KiB");
        }
        VariablesFile.read(path, text, container, variables);
        return all;
    }

    /** As {@code K=V} words; the name alone for a variable that the container has and the process has not. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        for (String name : unset) {
            if (!variables.containsKey(name)) {
                words.add(name);
            }
        }
        for (Map.Entry<String, String> entry : variables.entrySet()) {
            words.add(entry.getKey() + "=" + entry.getValue());
        }
        return words;
    }

    /** Where a program called {@code name} may lie, in the order of PATH (POSIX, XBD 8.3). */
    List<String> placesOf(String name) {
        return placesOf(name, path);
    }

    /**
     * Where a program called {@code name} may lie, in the order of {@code path}. As in execvp(3), what is too long for the kernel
     * is not tried; no more than a bounded number of directories is either.
     */
    public static List<String> placesOf(String name, String path) {
        List<String> places = new ArrayList<>();
        boolean sought = name.length() <= LONGEST_NAME && name.indexOf('/') < 0;
        int end;
        for (int at = 0; sought && at < path.length() && places.size() < MOST_PLACES; at = end + 1) {
            int colon = path.indexOf(':', at);
            end = colon < 0 ? path.length() : colon;
            if (end - at + name.length() < LONGEST_PATH) {
                places.add(end == at ? name : path.substring(at, end) + "/" + name);
            }
        }
        return places.isEmpty() ? List.of(name) : places;
    }
}
