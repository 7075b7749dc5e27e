package dev.pintle.init.helper;

import dev.pintle.init.launch.Environment;
import dev.pintle.init.launch.EnvironmentDirectory;
import dev.pintle.init.launch.LaunchException;
import dev.pintle.init.program.Execution;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code pintle-env}: runs a program with variables from files. */
public final class Env {
    private static final String FILE_SUFFIX = "_FILE";

    private final Invocation call;
    private Map<String, String> environment;

    private Env(Invocation call) {
        this.call = call;
        this.environment = call.environment();
    }

    /** Runs it; options take effect in the order in which they stand. */
    public static int run(Invocation call) throws FailureException {
        Env env = new Env(call);
        Options options = new Options(
                call.words, "id:f:u:s:S", "clear=i", "directory=d", "file=f", "unset=u", "secret=s", "secrets=S");
        for (int letter = options.next(); letter != Options.END; letter = options.next()) {
            env.take((char) letter, options.value());
        }
        List<String> operands = options.operands();
        int command = 0;
        while (command < operands.size() && operands.get(command).indexOf('=') > 0) {
            String word = operands.get(command++);
            int equals = word.indexOf('=');
            env.environment.put(word.substring(0, equals), word.substring(equals + 1));
        }
        if (command == operands.size()) {
            throw new UsageException("name a command");
        }
        return Execution.become(call.sys, operands.subList(command, operands.size()), env.environment);
    }

    private void take(char letter, String value) throws FailureException {
        switch (letter) {
            case 'i' -> environment = new LinkedHashMap<>();
            case 'd' -> readDirectory(value);
            case 'f' -> readFile(value);
            case 'u' -> environment.remove(value);
            case 's' -> readSecret(value);
            default -> readSecrets();
        }
    }

    private void readDirectory(String directory) throws FailureException {
        List<String> names = call.sys.list(directory);
        if (names == null) {
            throw cannotRead(directory, "it is not a directory that can be listed");
        }
        Collections.sort(names);
        for (String name : names) {
            if (name.startsWith(".")) {
                continue;
            }
            int errno = EnvironmentDirectory.readVariable(call.sys, directory, name, environment);
            if (errno != 0 && errno != Errno.EISDIR) {
                throw cannotRead(directory + "/" + name, Errno.describe(errno));
            }
        }
    }

    private void readFile(String path) throws FailureException {
        boolean optional = path.startsWith("-");
        try {
            Environment.addFile(environment, call.sys, optional ? path.substring(1) : path, optional, environment, 0);
        } catch (LaunchException e) {
            throw new FailureException(ExitCode.NOT_PREPARED, String.valueOf(e.getMessage()));
        }
    }

    /** Every {@code NAME_FILE} whose value is a path. */
    private void readSecrets() throws FailureException {
        for (String variable : new ArrayList<>(environment.keySet())) {
            String path = environment.getOrDefault(variable, "");
            if (variable.endsWith(FILE_SUFFIX) && variable.length() > FILE_SUFFIX.length() && path.startsWith("/")) {
                readSecret(variable.substring(0, variable.length() - FILE_SUFFIX.length()));
            }
        }
    }

    /** The value is in the new program's environment and nowhere else: no message names it. */
    private void readSecret(String name) throws FailureException {
        String path = environment.get(name + FILE_SUFFIX);
        if (path == null) {
            return;
        }
        if (environment.get(name) != null) {
            throw new FailureException(
                    ExitCode.NOT_PREPARED,
                    "cannot set " + name + ": both " + name + " and " + name + FILE_SUFFIX + " are there; unset one");
        }
        Files.Reading reading = EnvironmentDirectory.read(call.sys, path);
        String text = reading.text();
        if (text == null) {
            throw cannotRead(path + " for " + name, Errno.describe(reading.errno()));
        }
        if (text.indexOf('\0') >= 0) {
            throw cannotRead(path + " for " + name, "there is a NUL in it, which no variable can hold");
        }
        environment.remove(name + FILE_SUFFIX);
        environment.put(name, text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    }

    private static FailureException cannotRead(String what, String cause) {
        return new FailureException(ExitCode.NOT_PREPARED, "cannot read " + what + ": " + cause);
    }
}
