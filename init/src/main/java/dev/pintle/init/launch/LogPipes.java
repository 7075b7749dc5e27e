package dev.pintle.init.launch;

import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Layout;
import dev.pintle.layout.ProcessSettings;
import dev.pintle.layout.ServiceDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pipes between services and what reads their output: a logger or a log service, {@code NAME/log}. init keeps both ends,
 * and for a logger a file in memory with what it has taken and not yet written, so that neither side's end or restart loses
 * a byte.
 */
public final class LogPipes {
    /** The bytes at the end of what a logger has written that stay in memory, for {@code pintle logs} to show. */
    public static final long KEPT = 1 << 16;

    /** What is before the bytes that a logger is to keep, where these are others. */
    private static final String KEEP = "--keep=";

    /** What is before the path of a file that a logger writes to. */
    public static final String FILE = "--to=file:";

    private static final String OUTPUT = "--stream=stdout";
    private static final String ERROR = "--stream=stderr";
    /** Where the descriptors of a logger begin. */
    private static final int FIRST_DESCRIPTOR = 3;

    /** Where a logger says that it could open its targets; behind those of two streams. */
    public static final int READY_DESCRIPTOR = FIRST_DESCRIPTOR + 4;

    /** The signal that tells a logger that a run has ended: a line that it has begun is one. Other programs ignore it. */
    public static final int RUN_ENDED = Signal.URG;

    private static final int NO_HOLD = -1;

    /** A pipe's ends and its file in memory. */
    private record LogPipe(int readingEnd, int writingEnd, int hold) {}

    private final Sys sys;
    private final Map<String, LogPipe> pipes = new HashMap<>();

    LogPipes(Sys sys) {
        this.sys = sys;
    }

    /**
     * Whether a stream gets a logger that nobody has asked for, once its service fails: one of the container's own, which is
     * no logger's, and no terminal. That shows its lines itself, and programs write to it otherwise than to a pipe.
     */
    public static boolean mayBeHeard(Sys sys, ServiceDefinition service, boolean error) {
        ProcessSettings process = service.process();
        return (error ? process.stderr() : process.stdout()).to() == ProcessSettings.Output.To.INHERIT
                && process.stdin() != ProcessSettings.Stdin.LOGGED
                && !sys.isTerminal(error ? 2 : 1);
    }

    /** The end that a service writes a stream to. */
    int writingEnd(String service, boolean error, boolean held) throws LaunchException {
        return pipe(service, error, held).writingEnd();
    }

    /** The end that a log service reads from. */
    int readingEnd(String logService) throws LaunchException {
        return pipe(Layout.writerOf(logService), false, false).readingEnd();
    }

    /** The file in memory of a stream, or -1 where there is none, or none yet. */
    int held(String service, boolean error) {
        LogPipe pipe = pipes.get(key(service, error));
        return pipe == null ? NO_HOLD : pipe.hold();
    }

    /** Closes what this service writes to or, where it is a logger or log service, reads. Whoever runs keeps its own end. */
    void close(String service) {
        keepOnly(service.endsWith(Layout.LOG) ? Layout.writerOf(service) : service, false, false);
    }

    /** Closes those of a service that it does not write to any more: its log service may be gone before it. */
    void keepOnly(String service, boolean output, boolean error) {
        if (!output) {
            close(pipes.remove(key(service, false)));
        }
        if (!error) {
            close(pipes.remove(key(service, true)));
        }
    }

    private void close(@Nullable LogPipe pipe) {
        if (pipe != null) {
            sys.close(pipe.readingEnd());
            sys.close(pipe.writingEnd());
            if (pipe.hold() != NO_HOLD) {
                sys.close(pipe.hold());
            }
        }
    }

    /**
     * What a logger reads: for each {@code --input} of its command a pipe and its file in memory, standard output's first.
     *
     * @param command as {@link #command} has made it
     */
    int[] descriptors(String logger, List<String> command) throws LaunchException {
        String service = Layout.writerOf(logger);
        boolean output = has(command, OUTPUT);
        boolean error = has(command, ERROR);
        int[] descriptors = new int[output && error ? 4 : 2];
        for (int i = 0; i < descriptors.length; i += 2) {
            LogPipe pipe = pipe(service, i > 0 || !output, true);
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
            command.add("--ready=" + READY_DESCRIPTOR);
        }
        int descriptor = FIRST_DESCRIPTOR + (first ? 0 : 2);
        command.add("--input=" + descriptor);
        command.add("--hold=" + (descriptor + 1));
        command.add(stream);
        command.addAll(output.logger());
    }

    /** How many of the last bytes of a stream stay in memory. */
    public static long kept(ProcessSettings.Output output) {
        for (String word : output.logger()) {
            if (word.startsWith(KEEP)) {
                return Long.parseLong(word.substring(KEEP.length()));
            }
        }
        return KEPT;
    }

    /** Whether a logger writes to a file. */
    public static boolean hasFile(List<String> command) {
        for (String word : command) {
            if (word.startsWith(FILE)) {
                return true;
            }
        }
        return false;
    }

    private static String key(String service, boolean error) {
        return error ? service + "/stderr" : service;
    }

    private LogPipe pipe(String service, boolean error, boolean held) throws LaunchException {
        String key = key(service, error);
        LogPipe pipe = pipes.get(key);
        if (pipe == null) {
            pipe = make(key, held);
            pipes.put(key, pipe);
        } else if (held && pipe.hold() == NO_HOLD) {
            // A log service has read from it so far, and needs none.
            pipe = new LogPipe(pipe.readingEnd(), pipe.writingEnd(), makeHold(key));
            pipes.put(key, pipe);
        }
        return pipe;
    }

    private int makeHold(String key) throws LaunchException {
        int hold = sys.makeMemoryFile(key);
        if (hold < 0) {
            throw new LaunchException("cannot hold the lines of " + key + " in memory", -hold);
        }
        return hold;
    }

    private LogPipe make(String key, boolean held) throws LaunchException {
        int[] ends = new int[2];
        int result = sys.pipe(ends);
        if (result < 0) {
            throw new LaunchException("cannot make a pipe for the lines of " + key, -result);
        }
        try {
            return new LogPipe(ends[0], ends[1], held ? makeHold(key) : NO_HOLD);
        } catch (LaunchException e) {
            sys.close(ends[0]);
            sys.close(ends[1]);
            throw e;
        }
    }
}
