package dev.pintle.init.compat.s6;

import dev.pintle.init.launch.EnvironmentDirectory;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.ToolSys;
import java.util.List;
import java.util.Map;

/** {@code s6-envdir}: sets variables from the files of a directory and runs a program. */
public final class S6Envdir {
    private static final String NAME = "s6-envdir";
    private static final String SYNOPSIS = "[ -I | -i ] [ -n ] [ -f ] [ -L ] [ -c nullchar ] dir prog...";

    private boolean mayBeMissing;
    private boolean keepsBlanks;
    private boolean whole;
    private boolean needsNewline;
    private char nullCharacter = '\n';

    private S6Envdir() {}

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        S6Envdir envdir = new S6Envdir();
        Options options = new Options(call.words, "iInfLc:");
        for (int letter = S6.next(options, NAME, SYNOPSIS);
                letter != Options.END;
                letter = S6.next(options, NAME, SYNOPSIS)) {
            envdir.take((char) letter, options.value());
        }
        List<String> operands = options.operands();
        if (operands.size() < 2) {
            throw S6.usage(NAME, SYNOPSIS);
        }
        Map<String, String> environment = call.environment();
        envdir.read(call.sys, operands.get(0), environment);
        return S6.execute(call, NAME, operands.subList(1, operands.size()), environment);
    }

    /** As {@code s6-envdir -Lf} reads: files to their last newline. Nothing where there is no such directory. */
    static void readWhole(ToolSys sys, String directory, Map<String, String> environment) throws FailureException {
        S6Envdir envdir = new S6Envdir();
        envdir.whole = true;
        envdir.mayBeMissing = true;
        envdir.read(sys, directory, environment);
    }

    private void take(char letter, String value) {
        switch (letter) {
            case 'I' -> mayBeMissing = true;
            case 'i' -> mayBeMissing = false;
            case 'n' -> keepsBlanks = true;
            case 'f' -> whole = true;
            case 'L' -> needsNewline = true;
            default -> nullCharacter = value.isEmpty() ? '\0' : value.charAt(0);
        }
    }

    private void read(ToolSys sys, String directory, Map<String, String> environment) throws FailureException {
        FileFacts facts = new FileFacts();
        int errno = -sys.stat(directory, facts);
        if (errno == Errno.ENOENT && mayBeMissing) {
            return;
        }
        List<String> names = sys.list(directory);
        if (names == null) {
            throw unable(directory, errno != 0 ? errno : facts.directory ? Errno.EACCES : Errno.ENOTDIR);
        }
        for (String name : names) {
            if (!name.startsWith(".")) {
                readVariable(sys, directory, name, environment);
            }
        }
    }

    private void readVariable(ToolSys sys, String directory, String name, Map<String, String> environment)
            throws FailureException {
        Files.Reading reading = EnvironmentDirectory.read(sys, directory + "/" + name);
        String text = reading.text();
        if (text == null) {
            throw unable(directory, reading.errno());
        }
        if (text.isEmpty()) {
            environment.remove(name);
        } else {
            environment.put(name, value(text).replace('\0', nullCharacter));
        }
    }

    private String value(String text) {
        if (whole) {
            return keepsBlanks || !text.endsWith("\n") ? text : text.substring(0, text.length() - 1);
        }
        if (needsNewline && text.indexOf('\n') < 0) {
            return "";
        }
        String line = EnvironmentDirectory.firstLine(text);
        return keepsBlanks ? line : EnvironmentDirectory.trimEnd(line);
    }

    private static FailureException unable(String directory, int errno) {
        return S6.fatal(S6.FATAL, NAME, "unable to envdir " + directory + ": " + ErrorWords.of(errno));
    }
}
