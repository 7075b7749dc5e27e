package dev.pintle.init.launch;

import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Layout;
import dev.pintle.layout.Output;
import dev.pintle.layout.ProcessSettings.Stdin;
import dev.pintle.layout.ProcessSettings.Streams;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.Stream;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** The bytes at the beginning of a file in memory that say when lines came; the lines are behind them. */
    public static final long TIMES = 1 << 16;

    /** What is before the bytes that a logger is to keep, where these are others. */
    private static final String KEEP = "--keep=";

    /** What is before the path of a file that a logger writes to. */
    public static final String FILE = "--to=file:";

    /** What is before the name of a stream. */
    private static final String STREAM = "--stream=";

    /** Where the descriptors of a logger begin. */
    private static final int FIRST_DESCRIPTOR = 3;

    /** Where a logger says that it could open its targets, and whether it can write to them; behind those of two streams. */
    public static final int READY_DESCRIPTOR = FIRST_DESCRIPTOR + 4;

    /** What is before a line in which a logger says what keeps it from writing; the line has no more where it can write again. */
    public static final String TROUBLE = "\n!";

    /** The signal that tells a logger that a run has ended: a line that it has begun is one. Other programs ignore it. */
    public static final int RUN_ENDED = Signal.URG;

    private static final int NO_HOLD = -1;

    /** A pipe's ends and its file in memory. */
    private record LogPipe(int readingEnd, int writingEnd, int hold) {}

    /** A stream of a service. */
    private record Source(String service, Stream stream) {
        /** What messages call it. */
        String name() {
            return stream == Stream.OUTPUT ? service : service + "/" + stream.text();
        }
    }

    private final Sys sys;
    private final Map<Source, LogPipe> pipes = new HashMap<>();

    LogPipes(Sys sys) {
        this.sys = sys;
    }

    /**
     * Whether a stream gets a logger that nobody has asked for, once its service fails: one of the container's own, which is
     * no logger's, and no terminal. That shows its lines itself, and programs write to it otherwise than to a pipe.
     */
    public static boolean mayBeHeard(Sys sys, ServiceDefinition service, Stream stream) {
        Streams streams = service.process().streams();
        return streams.of(stream) == Output.Fixed.INHERIT
                && streams.input() != Stdin.LOGGED
                && !sys.isTerminal(stream.descriptor());
    }

    /** The end that a service writes a stream to. */
    int writingEnd(String service, Stream stream, boolean held) throws LaunchException {
        return pipe(new Source(service, stream), held).writingEnd();
    }

    /** The end that a log service reads from. */
    int readingEnd(String logService) throws LaunchException {
        return pipe(new Source(Layout.writerOf(logService), Stream.OUTPUT), false)
                .readingEnd();
    }

    /** The file in memory of a stream, or -1 where there is none, or none yet. */
    int held(String service, Stream stream) {
        LogPipe pipe = pipes.get(new Source(service, stream));
        return pipe == null ? NO_HOLD : pipe.hold();
    }

    /** Closes what this service writes to or, where it is a logger or log service, reads. Whoever runs keeps its own end. */
    void close(String service) {
        keepOnly(service.endsWith(Layout.LOG) ? Layout.writerOf(service) : service, false, false);
    }

    /** Closes those of a service that it does not write to any more: its log service may be gone before it. */
    void keepOnly(String service, boolean output, boolean error) {
        if (!output) {
            close(pipes.remove(new Source(service, Stream.OUTPUT)));
        }
        if (!error) {
            close(pipes.remove(new Source(service, Stream.ERROR)));
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
        int[] descriptors = new int[2 * Stream.values().length];
        int used = 0;
        for (Stream stream : Stream.values()) {
            if (command.contains(STREAM + stream.text())) {
                LogPipe pipe = pipe(new Source(service, stream), true);
                descriptors[used++] = pipe.readingEnd();
                descriptors[used++] = pipe.hold();
            }
        }
        return Arrays.copyOf(descriptors, used);
    }

    /** The command of a logger for these streams; empty where neither needs one. */
    public static List<String> command(Output output, Output error) {
        List<String> command = new ArrayList<>();
        add(command, Stream.OUTPUT, output);
        add(command, Stream.ERROR, error);
        return command;
    }

    private static void add(List<String> command, Stream stream, Output output) {
        if (!(output instanceof Output.ToLogger logger)) {
            return;
        }
        boolean first = command.isEmpty();
        if (first) {
            command.add("pintle-log");
            command.add("--tell=" + READY_DESCRIPTOR);
        }
        int descriptor = FIRST_DESCRIPTOR + (first ? 0 : 2);
        command.add("--input=" + descriptor);
        command.add("--hold=" + (descriptor + 1));
        command.add(STREAM + stream.text());
        command.addAll(logger.options());
    }

    /** How many of the last bytes of a stream stay in memory. */
    public static long kept(Output output) {
        String bytes = option(output, KEEP);
        return bytes.isEmpty() ? KEPT : Long.parseLong(bytes);
    }

    /** What a stream's logger is given after {@code --option=}; empty where there is none. */
    public static String option(Output output, String option) {
        if (output instanceof Output.ToLogger logger) {
            for (String word : logger.options()) {
                if (word.startsWith(option)) {
                    return word.substring(option.length());
                }
            }
        }
        return "";
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

    private LogPipe pipe(Source source, boolean held) throws LaunchException {
        LogPipe pipe = pipes.get(source);
        if (pipe == null) {
            pipe = make(source.name(), held);
            pipes.put(source, pipe);
        } else if (held && pipe.hold() == NO_HOLD) {
            // A log service has read from it so far, and needs none.
            pipe = new LogPipe(pipe.readingEnd(), pipe.writingEnd(), makeHold(source.name()));
            pipes.put(source, pipe);
        }
        return pipe;
    }

    private int makeHold(String name) throws LaunchException {
        int hold = sys.makeMemoryFile(name);
        if (hold < 0) {
            throw new LaunchException("cannot hold the lines of " + name + " in memory", -hold);
        }
        return hold;
    }

    private LogPipe make(String name, boolean held) throws LaunchException {
        int[] ends = new int[2];
        int result = sys.pipe(ends);
        if (result < 0) {
            throw new LaunchException("cannot make a pipe for the lines of " + name, -result);
        }
        try {
            return new LogPipe(ends[0], ends[1], held ? makeHold(name) : NO_HOLD);
        } catch (LaunchException e) {
            sys.close(ends[0]);
            sys.close(ends[1]);
            throw e;
        }
    }
}
