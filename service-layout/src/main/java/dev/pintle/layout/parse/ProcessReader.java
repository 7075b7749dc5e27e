package dev.pintle.layout.parse;

import dev.pintle.layout.Key;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.Output;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.CapabilityChange;
import dev.pintle.layout.ProcessSettings.Credentials;
import dev.pintle.layout.ProcessSettings.EnvironmentFile;
import dev.pintle.layout.ProcessSettings.EnvironmentSettings;
import dev.pintle.layout.ProcessSettings.FileSettings;
import dev.pintle.layout.ProcessSettings.Limit;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ProcessSettings.Resource;
import dev.pintle.layout.ProcessSettings.ResourceSettings;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ProcessSettings.Streams;
import dev.pintle.layout.Section;
import dev.pintle.layout.Stream;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Capabilities;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the attributes of a service's process. */
final class ProcessReader {

    /** The value of {@code groups} for none: an empty one counts as not given. */
    private static final String NO_GROUPS = "none";

    /** Values of one key: what they name is made, or read, in one turn of the init's loop. */
    static final int MOST_VALUES = 64;

    /** Sockets are made in less time. */
    static final int MOST_SOCKETS = 128;

    private static final List<Key> LIMITS = Key.of(Section.ULIMITS);

    private final Settings settings;
    private final LayoutSource source;
    private final String directory;
    private final String service;
    private final Diagnostics diagnostics;

    ProcessReader(Settings settings, LayoutSource source, String directory, String service, Diagnostics diagnostics) {
        this.settings = settings;
        this.source = source;
        this.directory = directory;
        this.service = service;
        this.diagnostics = diagnostics;
    }

    /**
     * Reads them all.
     *
     * @param variables        those of [environment], and those that say which service it is
     * @param defaultDirectory where the process runs if working_dir is not given; null for the container's
     */
    ProcessSettings read(Map<String, String> variables, @Nullable String defaultDirectory) {
        List<ListenSocket> listen = listen();
        return new ProcessSettings(
                credentials(), environment(variables), files(defaultDirectory), resources(), listen, streams(listen));
    }

    private Credentials credentials() {
        return new Credentials(
                settings.optional(Key.USER, ServiceValues::user),
                groups(),
                capabilities(),
                settings.bool(Key.NO_NEW_PRIVILEGES));
    }

    private FileSettings files(@Nullable String defaultDirectory) {
        String workingDir = settings.optional(Key.WORKING_DIR, ServiceValues::path);
        return new FileSettings(
                workingDir != null ? workingDir : defaultDirectory,
                list(Key.RUNTIME_DIRECTORY, ServiceValues::name, MOST_VALUES),
                integer(Key.UMASK, text -> Values.octal(text, 0777)));
    }

    private ResourceSettings resources() {
        return new ResourceSettings(
                integer(Key.NICE, text -> (int) Values.integer(text, -20, 19)),
                integer(Key.OOM_SCORE_ADJ, text -> (int) Values.integer(text, -1000, 1000)),
                limits());
    }

    private Streams streams(List<ListenSocket> listen) {
        return new Streams(
                stdin(listen),
                new OutputReader(settings, Stream.OUTPUT, service).read(),
                error(new OutputReader(settings, Stream.ERROR, service).read()));
    }

    /** One of the streams has to lead somewhere. */
    private Output error(Output error) {
        if (error == Output.Fixed.OTHER_STREAM && "stderr".equals(settings.text(Key.STDOUT_TO))) {
            diagnostics.error(
                    settings.position(Key.STDERR_TO),
                    "bad-value",
                    "write standard error to standard output",
                    "[stdout] has to = stderr",
                    "remove one of the two");
        }
        return error;
    }

    /** Null where they are those of /etc/group. */
    private @Nullable List<String> groups() {
        String text = settings.text(Key.GROUPS);
        if (text == null) {
            return null;
        }
        return Ascii.trim(text).equals(NO_GROUPS)
                ? List.of()
                : List.copyOf(settings.list(Key.GROUPS, ServiceValues::account));
    }

    private int integer(Key key, Values.Reader<Integer> reader) {
        Integer value = settings.optional(key, reader);
        return value == null ? ProcessSettings.INHERITED : value;
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

    private CapabilityChange capabilities() {
        long drop = 0;
        for (long set : settings.list(Key.CAP_DROP, Capabilities::set)) {
            drop |= set;
        }
        long add = 0;
        for (long set : settings.list(Key.CAP_ADD, Capabilities::set)) {
            add |= set;
        }
        return drop == 0 && add == 0 ? CapabilityChange.NONE : new CapabilityChange(drop & ~add, add);
    }

    private List<ListenSocket> listen() {
        int mode = settings.get(Key.LISTEN_MODE, text -> Values.octal(text, 0777));
        String given = settings.optional(Key.LISTEN_OWNER, ServiceValues::user);
        String owner = given != null ? given : settings.optional(Key.USER, ServiceValues::user);
        return list(Key.LISTEN, text -> ServiceValues.listenSocket(text, mode, owner), MOST_SOCKETS);
    }

    private <T> List<T> list(Key key, Values.Reader<T> reader, int most) {
        List<T> values = settings.list(key, reader);
        if (values.size() > most) {
            diagnostics.error(
                    settings.position(key),
                    "too-large",
                    "take " + values.size() + " values of " + key.text(),
                    "a service has at most " + most,
                    null);
            return List.of();
        }
        return List.copyOf(values);
    }

    private Stdin stdin(List<ListenSocket> listen) {
        Stdin stdin = settings.choice(Key.STDIN, Stdin.values());
        if (stdin == Stdin.SOCKET && listen.size() != 1) {
            diagnostics.error(
                    settings.position(Key.STDIN),
                    "bad-value",
                    "make a socket standard input",
                    listen.isEmpty() ? "listen names none" : "listen names " + listen.size(),
                    "name one socket in listen");
        }
        return stdin;
    }

    private List<Limit> limits() {
        List<Limit> limits = new ArrayList<>();
        for (Key key : LIMITS) {
            Limit limit = settings.optional(key, text -> ServiceValues.limit(resource(key), text));
            if (limit != null) {
                limits.add(limit);
            }
        }
        return List.copyOf(limits);
    }

    private static Resource resource(Key key) {
        Resource resource = Settings.constant(Resource.values(), key.text());
        if (resource == null) {
            throw new IllegalStateException("no resource " + key.text());
        }
        return resource;
    }

    /** What env/ says, and over it what service.conf says. */
    private EnvironmentSettings environment(Map<String, String> given) {
        List<String> unset = new ArrayList<>();
        Map<String, String> variables = new LinkedHashMap<>();
        new EnvDirectory(source, settings.budget(), diagnostics).read(directory + "/env", variables, unset);
        for (Map.Entry<String, String> variable : given.entrySet()) {
            variables.put(variable.getKey(), variable.getValue());
        }
        return new EnvironmentSettings(
                settings.bool(Key.CLEAR_ENVIRONMENT),
                settings.bool(Key.LOGIN_ENVIRONMENT),
                list(Key.ENVIRONMENT_FILE, this::environmentFile, MOST_VALUES),
                List.copyOf(unset),
                variables);
    }
}
