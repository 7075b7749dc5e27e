package dev.pintle.init.boot;

import dev.pintle.init.launch.Accounts;
import dev.pintle.init.launch.Environment;
import dev.pintle.init.launch.LaunchException;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.Key;
import dev.pintle.layout.Layout;
import dev.pintle.layout.LayoutSource;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ProcessSettings.EnvironmentFile;
import dev.pintle.layout.ProcessSettings.ListenSocket;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.ServiceDefinition.Healthcheck;
import dev.pintle.layout.parse.LayoutParser;
import dev.pintle.layout.text.Ascii;
import dev.pintle.layout.text.Diagnostics;
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
    private final LayoutSource source;
    private final Map<String, String> environment;
    private final Accounts accounts;
    private final Diagnostics diagnostics = new Diagnostics();
    private final FileFacts facts = new FileFacts();

    private Surroundings(Sys sys, Map<String, String> environment) {
        this.sys = sys;
        this.environment = environment;
        source = new KernelLayoutSource(sys);
        accounts = new Accounts(sys);
    }

    /** What a layout names and this file system has not. */
    public static List<Diagnostic> check(Sys sys, Layout layout, Map<String, String> environment) {
        Surroundings surroundings = new Surroundings(sys, environment);
        for (ServiceDefinition service : layout.services()) {
            surroundings.check(service);
        }
        return surroundings.diagnostics.sorted();
    }

    private void check(ServiceDefinition service) {
        checkProgram(service, Key.COMMAND, service.command());
        checkProgram(service, Key.STOP_COMMAND, service.stop().command());
        checkProgram(service, Key.DOWN_COMMAND, service.stop().downCommand());
        checkProgram(service, Key.RELOAD_COMMAND, service.reload().command());
        Healthcheck healthcheck = service.healthcheck();
        checkProgram(service, Key.TEST, healthcheck == null ? null : healthcheck.test());
        checkAccounts(service);
        checkFiles(service);
    }

    // Programs

    private void checkProgram(ServiceDefinition service, Key key, @Nullable List<String> command) {
        if (command == null || command.get(0).equals(REPORTED)) {
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
        diagnostics.error(
                LayoutParser.locate(source, service, key),
                "no-such-program",
                "execute " + program + " for " + service.name(),
                there
                        ? "it is no program, or has no execute bit"
                        : named ? "there is no such file" : "it is not in PATH",
                named ? null : "PATH is " + path(service));
    }

    /** What is wrong with a file of the service directory itself has been found when the layout was read. */
    private static boolean isOwn(ServiceDefinition service, String program) {
        return program.startsWith(service.directory() + "/");
    }

    private String path(ServiceDefinition service) {
        String own = service.process().environment().get(PATH);
        String path = own != null ? own : environment.get(PATH);
        return path == null ? Environment.DEFAULT_PATH : path;
    }

    /** A script whose interpreter is missing fails as if it were missing itself, which is hard to see. */
    private void checkInterpreter(ServiceDefinition service, Key key, String program) {
        String start = Files.read(sys, program, SHEBANG_LIMIT).text();
        if (start == null || !start.startsWith("#!")) {
            return;
        }
        int newline = start.indexOf('\n');
        String line = Ascii.trim(newline < 0 ? start.substring(2) : start.substring(2, newline));
        int blank = 0;
        while (blank < line.length() && !Ascii.isSpace(line.charAt(blank))) {
            blank++;
        }
        String interpreter = line.substring(0, blank);
        boolean crlf = interpreter.endsWith("\r");
        if (interpreter.startsWith("/") && !source.isExecutable(interpreter) && !(crlf && isOwn(service, program))) {
            diagnostics.error(
                    LayoutParser.locate(source, service, key),
                    "no-such-program",
                    "execute " + program + " for " + service.name(),
                    crlf ? "its first line ends with CR LF" : "its interpreter " + interpreter + " is not there",
                    null);
        }
    }

    // Users

    private void checkAccounts(ServiceDefinition service) {
        ProcessSettings process = service.process();
        Key key = process.user() == null ? Key.GROUPS : Key.USER;
        try {
            if (process.user() != null) {
                accounts.identify(process.user(), process.groups());
            } else if (process.groups() != null) {
                accounts.groupIds(process.groups());
            }
            key = Key.LISTEN_OWNER;
            for (ListenSocket socket : process.listen()) {
                if (socket.owner() != null) {
                    accounts.identify(socket.owner(), null);
                }
            }
        } catch (LaunchException e) {
            diagnostics.error(
                    LayoutParser.locate(source, service, key),
                    "no-such-user",
                    key == Key.LISTEN_OWNER
                            ? "give " + service.name() + " its sockets"
                            : "run " + service.name() + " as its user",
                    String.valueOf(e.getMessage()),
                    "make it in the image, or write a number");
        }
    }

    // Files

    /** They may be on a volume that is mounted when the container runs, so that their absence is no error. */
    private void checkFiles(ServiceDefinition service) {
        String directory = service.process().workingDir();
        if (directory != null && (sys.stat(directory, facts) < 0 || !facts.directory)) {
            diagnostics.warning(
                    LayoutParser.locate(source, service, Key.WORKING_DIR),
                    "no-such-directory",
                    "start " + service.name() + " in " + directory,
                    "there is no such directory",
                    "make it in the image, unless it is a volume");
        }
        for (EnvironmentFile file : service.process().environmentFiles()) {
            if (!file.optional() && sys.stat(file.path(), facts) < 0) {
                diagnostics.warning(
                        LayoutParser.locate(source, service, Key.ENVIRONMENT_FILE),
                        "no-such-file",
                        "read " + file.path() + " for " + service.name(),
                        "there is no such file",
                        "write -" + file.path() + " if it may be missing");
            }
        }
    }
}
