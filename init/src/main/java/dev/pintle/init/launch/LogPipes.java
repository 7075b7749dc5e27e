package dev.pintle.init.launch;

import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ProcessSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The pipes between services and their loggers. init keeps both ends, and with each pipe a file in memory for what a logger
 * has taken and not yet written, so that neither side's end or restart loses a byte.
 */
public final class LogPipes {
    /** What follows a service's name in its logger's. */
    public static final String LOGGER = "/log";

    private static final String OUTPUT = "--stream=stdout";
    private static final String ERROR = "--stream=stderr";
    /** Where the descriptors of a logger begin. */
    private static final int FIRST_DESCRIPTOR = 3;

    /** A pipe's ends and its file in memory. */
    private record LogPipe(int readingEnd, int writingEnd, int hold) {}

    private final Sys sys;
    private final Map<String, LogPipe> pipes = new HashMap<>();

    LogPipes(Sys sys) {
        this.sys = sys;
    }

    /** The end that a service writes a stream to. */
    int writingEnd(String service, boolean error) throws LaunchException {
        return pipe(service, error).writingEnd();
    }

    /**
     * What a logger reads: for each {@code --input} of its command a pipe and its file in memory, standard output's first.
     *
     * @param command as {@link #command} has made it
     */
    int[] descriptors(String logger, List<String> command) throws LaunchException {
        String service = logger.substring(0, logger.length() - LOGGER.length());
        boolean output = has(command, OUTPUT);
        boolean error = has(command, ERROR);
        int[] descriptors = new int[output && error ? 4 : 2];
        for (int i = 0; i < descriptors.length; i += 2) {
            LogPipe pipe = pipe(service, i > 0 || !output);
            descriptors[i] = pipe.readingEnd();
            descriptors[i + 1] = pipe.hold();
        }
        return descriptors;
    }

    private static boolean has(List<String> command, String option) {
        for (String word : command) {
            if (word.equals(option)) {
                return true;
            }
        }
        return false;
    }

    /** The command of a logger for these streams; empty where neither needs one. */
    public static List<String> command(ProcessSettings.Output output, ProcessSettings.Output error) {
        List<String> command = new ArrayList<>();
        add(command, OUTPUT, output);
        add(command, ERROR, error);
        return command;
    }

    private static void add(List<String> command, String stream, ProcessSettings.Output output) {
        if (output.to() != ProcessSettings.Output.To.LOGGER) {
            return;
        }
        boolean first = command.isEmpty();
        if (first) {
            command.add("pintle-log");
        }
        int descriptor = FIRST_DESCRIPTOR + (first ? 0 : 2);
        command.add("--input=" + descriptor);
        command.add("--hold=" + (descriptor + 1));
        command.add(stream);
        command.addAll(output.logger());
    }

    private LogPipe pipe(String service, boolean error) throws LaunchException {
        String key = error ? service + "/stderr" : service;
        LogPipe pipe = pipes.get(key);
        if (pipe == null) {
            pipe = make(key);
            pipes.put(key, pipe);
        }
        return pipe;
    }

    private LogPipe make(String key) throws LaunchException {
        int[] ends = new int[2];
        int result = sys.pipe(ends);
        if (result < 0) {
            throw new LaunchException("cannot make a pipe for the lines of " + key, -result);
        }
        int hold = sys.makeMemoryFile(key);
        if (hold < 0) {
            sys.close(ends[0]);
            sys.close(ends[1]);
            throw new LaunchException("cannot hold the lines of " + key + " in memory", -hold);
        }
        return new LogPipe(ends[0], ends[1], hold);
    }
}
