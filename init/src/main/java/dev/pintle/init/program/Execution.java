package dev.pintle.init.program;

import dev.pintle.init.launch.Environment;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Becoming another program. */
public final class Execution {
    private Execution() {}

    /**
     * Becomes {@code command}; its first word is looked for in the PATH of {@code environment}.
     *
     * @throws FailureException that it could not be: 126 or 127
     */
    public static int become(ToolSys sys, List<String> command, Map<String, String> environment)
            throws FailureException {
        String path = environment.getOrDefault("PATH", Environment.DEFAULT_PATH);
        int errno = -execute(sys, command, command.get(0), environment, path);
        boolean missing = errno == Errno.ENOENT || errno == Errno.ENOTDIR;
        throw new FailureException(
                missing ? ExitCode.NOT_FOUND : ExitCode.NOT_EXECUTABLE,
                "cannot execute " + command.get(0) + ": " + Errno.describe(errno));
    }

    /**
     * Becomes a program.
     *
     * @param arguments its argument vector
     * @param program   looked for in {@code path} where it has no slash
     * @return why not, a negated errno
     */
    public static int execute(
            ToolSys sys, List<String> arguments, String program, Map<String, String> environment, String path) {
        ChildSpec described = new ChildSpec();
        described.programs = Environment.placesOf(program, path);
        described.arguments = arguments;
        described.environment = words(environment);
        return sys.execute(described);
    }

    /** As the kernel takes them. */
    public static List<String> words(Map<String, String> environment) {
        List<String> words = new ArrayList<>();
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            words.add(entry.getKey() + "=" + entry.getValue());
        }
        return words;
    }
}
