package dev.pintle.init.compat.s6;

import dev.pintle.init.program.Execution;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import java.util.List;
import java.util.Map;

/** What the programs of s6 have in common. */
public final class S6 {
    /** The exit code for a command line that makes no sense. */
    public static final int USAGE = 100;
    /** The exit code where the kernel refuses. */
    public static final int FATAL = 111;

    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;
    /** Where programs are looked for without a PATH. */
    static final String DEFAULT_PATH = "/usr/bin:/bin";

    private S6() {}

    /** Ends a program with its usage. */
    public static FailureException usage(String program, String synopsis) {
        return FailureException.verbatim(USAGE, program + ": usage: " + program + " " + synopsis + "\n");
    }

    /** Ends a program with a message. */
    public static FailureException fatal(int code, String program, String message) {
        return FailureException.verbatim(code, program + ": fatal: " + message + "\n");
    }

    /** A number of digits alone; -1 where it is none, or larger than any is. */
    public static long number(String text) {
        long number = text.isEmpty() ? -1 : 0;
        for (int i = 0; i < text.length() && number >= 0; i++) {
            char c = text.charAt(i);
            number = c < '0' || c > '9' || number > Integer.MAX_VALUE ? -1 : number * 10 + (c - '0');
        }
        return number;
    }

    /** The next option; any that is wrong is answered by the usage. */
    public static int next(Options options, String program, String synopsis) throws FailureException {
        try {
            return options.next();
        } catch (UsageException e) {
            throw usage(program, synopsis);
        }
    }

    /** Becomes a program, looked for in the PATH that was given. */
    public static int execute(Invocation call, String program, List<String> command, Map<String, String> environment)
            throws FailureException {
        String path = call.environment().getOrDefault("PATH", DEFAULT_PATH);
        int errno = -Execution.execute(call.sys, command, command.get(0), environment, path);
        throw fatal(
                errno == Errno.ENOENT ? NOT_FOUND : NOT_EXECUTABLE,
                program,
                "unable to exec " + command.get(0) + ": " + ErrorWords.of(errno));
    }
}
