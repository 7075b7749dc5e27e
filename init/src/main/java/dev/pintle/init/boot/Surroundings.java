package dev.pintle.init.boot;

import dev.pintle.init.launch.Accounts;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.launch.Interpreter;
import dev.pintle.init.launch.LaunchException;
import dev.pintle.init.launch.LogPipes;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ContainerSettings;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Diagnostic.Severity;
import dev.pintle.layout.Key;
import dev.pintle.layout.Layout;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.Output;
import dev.pintle.layout.ProcessSettings.Credentials;
import dev.pintle.layout.ProcessSettings.EnvironmentFile;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Healthcheck;
import dev.pintle.layout.Stream;
import dev.pintle.layout.parse.LayoutParser;
import dev.pintle.layout.parse.LayoutParser.Place;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.Diagnostics;
import dev.pintle.layout.text.Position;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether what a layout names is there: programs, users, directories, files. Only for who builds an image: in a container
 * that boots, what is missing may be on its way.
 */
public final class Surroundings {
    private static final String PATH = "PATH";
    /** As much of a script as the kernel reads to find its interpreter. */
    private static final int SHEBANG_LIMIT = 256;
    /** Stands for a command that has been reported already. */
    private static final String REPORTED = "/";

    private final Sys sys;
    private final String root;
    private final LayoutSource source;
    private final Map<String, String> environment;
    private final Accounts accounts;
    private final Diagnostics diagnostics = new Diagnostics();
    private final FileFacts facts = new FileFacts();

    private Surroundings(Sys sys, String root, Map<String, String> environment) {
        this.sys = sys;
        this.root = root;
        this.environment = environment;
        source = new KernelLayoutSource(sys);
        accounts = new Accounts(sys);
    }

    /** What a layout names and this file system has not, and what its directory has and nothing reads. */
    public static List<Diagnostic> check(Sys sys, String directory, Layout layout, Map<String, String> environment) {
        Surroundings surroundings = new Surroundings(sys, directory, environment);
        Unread.report(surroundings.source, directory, surroundings.diagnostics);
        surroundings.check(layout.container());
        for (ServiceDefinition service : layout.services()) {
            surroundings.check(service);
        }
        surroundings.checkPage(layout);
        return surroundings.diagnostics.sorted();
    }

    private void check(ContainerSettings container) {
        Position conf = Position.of(root + "/pintle.conf");
        String group = container.control().group();
        try {
            if (group != null) {
                accounts.groupId(group);
            }
        } catch (LaunchException e) {
            diagnostics.error(
                    conf,
                    "no-such-group",
                    "let group " + group + " use the control socket",
                    String.valueOf(e.getMessage()),
                    "make it in the image, or write a number");
        }
        ContainerSettings.Web web = container.web();
        checkFileOfPage(conf, web == null ? null : web.passwordFile());
        checkFileOfPage(conf, web == null ? null : web.users());
    }

    private void checkFileOfPage(Position conf, @Nullable String file) {
        if (file != null && sys.stat(file, facts) < 0) {
            diagnostics.warning(
                    conf,
                    "no-such-file",
                    "read " + file + " for [web]",
                    "there is no such file",
                    "mount it where the container runs: without it the page is not served");
        }
    }

    private void check(ServiceDefinition service) {
        checkProgram(service, Key.COMMAND, service.command());
        checkProgram(service, Key.STOP_COMMAND, service.stop().command());
        checkProgram(service, Key.DOWN_COMMAND, service.stop().downCommand());
        checkProgram(service, Key.RELOAD_COMMAND, service.reload().command());
        Healthcheck healthcheck = service.healthcheck();
        checkProgram(service, Key.TEST, healthcheck == null ? null : healthcheck.test());
        String finish = service.finish();
        if (finish != null) {
            checkInterpreter(service, null, finish);
        }
        checkAccounts(service);
        checkFiles(service);
        for (Stream stream : Stream.values()) {
            checkTarget(service, stream);
        }
    }

    private void checkPage(Layout layout) {
        if (layout.container().web() != null && !WebService.isInstalled(sys)) {
            diagnostics.add(WebService.missing(Severity.ERROR, LayoutParser.locate(source, root, Key.WEB_LISTEN)));
        }
    }

    private Place locate(ServiceDefinition service, Key key) {
        return LayoutParser.locate(source, root, service, key);
    }

    /** Whom a finding is about. What is wrong in [defaults] is said once, not of each service. */
    private static String who(ServiceDefinition service, Place place) {
        return place.shared() ? "services" : service.name();
    }

    // Programs

    private void checkProgram(ServiceDefinition service, Key key, @Nullable List<String> command) {
        if (command == null || command.isEmpty() || command.get(0).equals(REPORTED)) {
            return;
        }
        String program = command.get(0);
        String found = null;
        for (String place : Environment.placesOf(program, path(service))) {
            found = found == null && source.isExecutable(place) ? place : found;
        }
        if (found != null) {
            checkInterpreter(service, key, found);
            return;
        }
        if (isOwn(service, program)) {
            return;
        }
        boolean named = program.indexOf('/') >= 0;
        boolean there = named && sys.stat(program, facts) >= 0;
        Place place = locate(service, key);
        diagnostics.error(
                place.position(),
                "no-such-program",
                "execute " + program + " for " + who(service, place),
                there
                        ? "it is not a program, or is not executable"
                        : named ? "there is no such file" : "it is not in PATH",
                named ? null : "PATH is " + path(service));
    }

    /** What is wrong with a file of the service directory itself has been found when the layout was read. */
    private static boolean isOwn(ServiceDefinition service, String program) {
        return program.startsWith(service.directory() + "/");
    }

    private String path(ServiceDefinition service) {
        String own = service.process().environment().variables().get(PATH);
        String path = own != null ? own : environment.get(PATH);
        return path == null ? Environment.DEFAULT_PATH : path;
    }

    /**
     * A file whose interpreter or loader is missing fails as if it were missing itself, which is hard to see.
     *
     * @param key the key that names it; null for one that none names
     */
    private void checkInterpreter(ServiceDefinition service, @Nullable Key key, String program) {
        String interpreter = Interpreter.of(sys, program);
        if (interpreter == null) {
            return;
        }
        boolean crlf = interpreter.endsWith("\r");
        String cause = crlf
                ? "its first line ends with CR LF"
                : "its " + Interpreter.kind(interpreter) + " " + interpreter + " is not there";
        boolean missing = interpreter.startsWith("/") && !source.isExecutable(interpreter);
        if (!missing && interpreter.endsWith("/env")) {
            String word = wordAfterEnv(program);
            missing = !word.isEmpty() && !isInPath(word, service);
            cause = "its interpreter " + word + ", which env looks for, is not in PATH";
        }
        if (missing && !(crlf && isOwn(service, program))) {
            Place place = key == null ? new Place(Position.of(program), false) : locate(service, key);
            diagnostics.error(
                    place.position(),
                    "no-such-program",
                    "execute " + program + " for " + who(service, place),
                    cause,
                    Interpreter.kind(interpreter).equals("loader") ? "it was built for another C library" : null);
        }
    }

    /** The program that {@code #!/usr/bin/env PROGRAM} means; empty where there are options or variables first. */
    private String wordAfterEnv(String program) {
        String start = Files.read(sys, program, SHEBANG_LIMIT).text();
        String line = start == null ? "" : start.substring(0, Math.max(0, (start + "\n").indexOf('\n')));
        int blank = line.indexOf("/env") + "/env".length();
        String rest = Ascii.trim(line.substring(Math.min(blank, line.length())));
        if (rest.startsWith("-S ")) {
            rest = Ascii.trim(rest.substring(3));
        }
        int end = 0;
        while (end < rest.length() && !Ascii.isSpace(rest.charAt(end))) {
            end++;
        }
        String word = rest.substring(0, end);
        return word.startsWith("-") || word.indexOf('=') >= 0 ? "" : word;
    }

    private boolean isInPath(String program, ServiceDefinition service) {
        for (String place : Environment.placesOf(program, path(service))) {
            if (source.isExecutable(place)) {
                return true;
            }
        }
        return false;
    }

    // Users

    private void checkAccounts(ServiceDefinition service) {
        Credentials credentials = service.process().credentials();
        Key key = credentials.user() == null ? Key.GROUPS : Key.USER;
        try {
            if (credentials.user() != null) {
                accounts.identify(credentials.user(), credentials.groups());
            } else if (credentials.groups() != null) {
                accounts.groupIds(credentials.groups());
            }
            key = Key.LISTEN_OWNER;
            for (ListenSocket socket : service.process().listen()) {
                if (socket.owner() != null) {
                    accounts.identify(socket.owner(), null);
                }
            }
        } catch (LaunchException e) {
            Place place = locate(service, key);
            String whose =
                    who(service, place) + (key == Key.LISTEN_OWNER ? " " : " as ") + (place.shared() ? "their" : "its");
            diagnostics.error(
                    place.position(),
                    "no-such-user",
                    key == Key.LISTEN_OWNER ? "give " + whose + " sockets" : "run " + whose + " user",
                    String.valueOf(e.getMessage()),
                    "make it in the image, or write a number");
        }
    }

    // Files

    /** They may be on a volume that is mounted when the container runs, so that their absence is no error. */
    private void checkFiles(ServiceDefinition service) {
        String directory = service.process().files().workingDir();
        if (directory != null && (sys.stat(directory, facts) < 0 || !facts.directory)) {
            Place place = locate(service, Key.WORKING_DIR);
            diagnostics.warning(
                    place.position(),
                    "no-such-directory",
                    "start " + who(service, place) + " in " + directory,
                    "there is no such directory",
                    "make it in the image, unless it is a volume");
        }
        int read = 0;
        for (EnvironmentFile file : service.process().environment().files()) {
            if (sys.stat(file.path(), facts) >= 0) {
                read = checkVariables(service, file, read);
            } else if (!file.optional()) {
                boolean own = isOwn(service, file.path());
                String written =
                        own ? "./" + file.path().substring(service.directory().length() + 1) : file.path();
                Place place = locate(service, Key.ENVIRONMENT_FILE);
                diagnostics.warning(
                        place.position(),
                        "no-such-file",
                        "read " + file.path() + " for " + who(service, place),
                        "there is no such file",
                        "write -" + written + " if it may be missing");
            }
        }
    }

    /** One level of directories is made where it is missing; what is above may be a volume. */
    private void checkTarget(ServiceDefinition service, Stream stream) {
        Output output = service.process().streams().of(stream);
        String path = output instanceof Output.ToFile file ? file.path() : LogPipes.option(output, LogPipes.FILE);
        Key key = stream == Stream.ERROR ? Key.STDERR_TO : Key.STDOUT_TO;
        if (path.isEmpty()) {
            return;
        }
        Place place = locate(service, key);
        String what = "write the output of " + who(service, place) + " to " + path;
        String directory = parent(path);
        if (sys.stat(path, facts) >= 0 && facts.directory) {
            diagnostics.error(place.position(), "not-a-file", what, "it is a directory", "name a file in it");
        } else if (sys.stat(directory, facts) >= 0 && !facts.directory) {
            diagnostics.error(place.position(), "no-such-directory", what, directory + " is not a directory", null);
        } else if (sys.stat(directory, facts) < 0 && sys.stat(parent(directory), facts) < 0) {
            diagnostics.warning(
                    place.position(),
                    "no-such-directory",
                    what,
                    "there is no directory " + parent(directory),
                    "make it in the image, unless it is a volume");
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    /** A file that cannot be read keeps its service from starting. The bytes of the service's files up to this one. */
    private int checkVariables(ServiceDefinition service, EnvironmentFile file, int before) {
        Map<String, String> variables = new LinkedHashMap<>();
        int read = before;
        try {
            read = Environment.addFile(variables, sys, file.path(), file.optional(), environment, before);
        } catch (LaunchException e) {
            String message = String.valueOf(e.getMessage());
            String prefix = "cannot ";
            int colon = message.indexOf(": ");
            diagnostics.error(
                    locate(service, Key.ENVIRONMENT_FILE).position(),
                    "bad-environment-file",
                    message.substring(prefix.length(), colon),
                    message.substring(colon + 2),
                    null);
        }
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (variable.getValue().contains("${")) {
                diagnostics.warning(
                        locate(service, Key.ENVIRONMENT_FILE).position(),
                        "not-interpolated",
                        "replace variables in the value of " + variable.getKey() + " in " + file.path(),
                        "in such a file a dollar sign is one",
                        "set " + variable.getKey() + " under [environment] in service.conf");
            }
        }
        return read;
    }
}
