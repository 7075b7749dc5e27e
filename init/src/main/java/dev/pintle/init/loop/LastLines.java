package dev.pintle.init.loop;

import dev.pintle.init.core.Action;
import dev.pintle.init.launch.Launcher;
import dev.pintle.init.launch.LogPipes;
import dev.pintle.init.sys.ChildSpec;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.Layout;
import dev.pintle.layout.Output;
import dev.pintle.layout.ServiceDefinition;
import dev.pintle.layout.Stream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last lines of services that fail, which nobody has asked to be kept. As long as all is well a service has the container's
 * own streams. Once it has failed, a logger is begun that passes on what it is given and keeps the end of it in memory; the
 * runs after that write to it, if it is ready by then. A logger that is killed is replaced, as its pipes are held here.
 */
final class LastLines {
    /** Services that have such a logger, or lines of one: each may cost a process and memory. */
    private static final int MOST = 16;

    /** As long as a logger that is a service has to end. */
    private static final long GRACE_PERIOD = 5_000;

    private static final long PAUSE = 1_000;

    /** A pipe to a logger, and what that keeps of a stream; -1 for what there is not. */
    private static final class Channel {
        int readingEnd = -1;
        int writingEnd = -1;
        int hold = -1;
    }

    /** What one logger is given. */
    private static final class Capture {
        final String service;
        final Channel output = new Channel();
        final Channel error = new Channel();
        List<String> command = List.of();
        int pid;
        /** Where the logger says that it is ready, or -1. */
        int readiness = -1;

        boolean ready;
        /** Whether one was ever ready: a run may write to the pipes. */
        boolean used;
        /** Whether a run has ended since the last logger did. */
        boolean endUntold;
        /** Whether none is tried again. */
        boolean hopeless;
        /** Whether its service is not to run, so that another may need the logger more. */
        boolean resting;

        long startedAt;
        long revivalAt = Long.MAX_VALUE;

        @Nullable
        Watch revival;

        Capture(String service) {
            this.service = service;
        }

        Channel of(Stream stream) {
            return stream == Stream.ERROR ? error : output;
        }
    }

    private final Sys sys;
    private final Launcher launcher;
    private final Watches watches;
    private final Children.Sink sink;
    /** From the oldest on. */
    private final Map<String, Capture> byService = new LinkedHashMap<>();

    private final Map<Integer, Capture> byPid = new HashMap<>();
    /** Whether it has been said that there is no logger for one more. */
    private boolean refusing;
    /** When those that are left are killed. */
    private long killAt = Long.MAX_VALUE;

    LastLines(Sys sys, Launcher launcher, Watches watches, Children.Sink sink) {
        this.sys = sys;
        this.launcher = launcher;
        this.watches = watches;
        this.sink = sink;
    }

    /** Does what is asked as far as that can be done. */
    void keep(Action.KeepOutput action) {
        if (action.keep()) {
            prepare(action.definition());
        } else {
            drop(action.definition().name());
        }
    }

    private void prepare(ServiceDefinition service) {
        if (!isToBeKept(service, Stream.OUTPUT) && !isToBeKept(service, Stream.ERROR)) {
            return;
        }
        Capture capture = byService.get(service.name());
        if (capture != null && (capture.revival != null || capture.hopeless)) {
            return;
        }
        if (capture == null) {
            if (!hasRoom(service.name())) {
                return;
            }
            capture = new Capture(service.name());
            byService.put(service.name(), capture);
        }
        if (capture.pid != 0) {
            // The logger of before still reads what somebody was left to write, and its lines are its own.
            closeHolds(capture);
        }
        if (!open(capture, service) || !start(capture)) {
            drop(service.name());
        }
    }

    /** Where there are as many as there may be, the oldest goes whose service is not to run. */
    private boolean hasRoom(String name) {
        if (byService.size() < MOST) {
            return true;
        }
        for (Capture each : byService.values()) {
            if (each.resting) {
                drop(each.service);
                return true;
            }
        }
        if (!refusing) {
            refusing = true;
            sink.warn(
                    "cannot keep the last lines of " + name + ": " + MOST + " services that fail have loggers already");
        }
        return false;
    }

    private boolean open(Capture capture, ServiceDefinition service) {
        for (Stream stream : Stream.values()) {
            if (isToBeKept(service, stream) && !open(capture.of(stream), service.name())) {
                return false;
            }
        }
        int first = capture.output.readingEnd >= 0 ? capture.output.readingEnd : capture.error.readingEnd;
        if (first < 0) {
            return false;
        }
        capture.command = LogPipes.command(passedOn(capture, Stream.OUTPUT), passedOn(capture, Stream.ERROR));
        Watch revival = new Revival(first, capture);
        capture.revival = revival;
        watches.add(revival);
        return true;
    }

    private boolean isToBeKept(ServiceDefinition service, Stream stream) {
        return LogPipes.mayBeHeard(sys, service, stream);
    }

    private boolean open(Channel channel, String name) {
        int[] ends = {-1, -1};
        if (sys.pipe(ends) < 0) {
            return false;
        }
        channel.readingEnd = ends[0];
        channel.writingEnd = ends[1];
        if (channel.hold < 0) {
            channel.hold = sys.makeMemoryFile(name);
        }
        return channel.hold >= 0;
    }

    private static Output passedOn(Capture capture, Stream stream) {
        return capture.of(stream).readingEnd < 0
                ? Output.Fixed.INHERIT
                : new Output.ToLogger(List.of("--to=" + stream.text()));
    }

    private boolean start(Capture capture) {
        capture.revivalAt = Long.MAX_VALUE;
        capture.startedAt = sys.monotonicMillis();
        int[] ends = {-1, -1};
        if (sys.pipe(ends) < 0) {
            return false;
        }
        ChildSpec logger = launcher.describeLogger(capture.command, descriptors(capture));
        logger.extraTarget = LogPipes.READY_DESCRIPTOR;
        logger.extraSource = ends[1];
        int pid = sys.spawn(logger);
        sys.close(ends[1]);
        capture.readiness = ends[0];
        if (pid < 0) {
            close(ends[0]);
            capture.readiness = -1;
            return false;
        }
        // One that cannot be executed is never ready.
        sys.close(logger.statusDescriptor);
        capture.pid = pid;
        byPid.put(pid, capture);
        tellEnd(capture);
        return true;
    }

    private static int[] descriptors(Capture capture) {
        Channel output = capture.output;
        Channel error = capture.error;
        if (output.readingEnd >= 0 && error.readingEnd >= 0) {
            return new int[] {output.readingEnd, output.hold, error.readingEnd, error.hold};
        }
        Channel only = output.readingEnd >= 0 ? output : error;
        return new int[] {only.readingEnd, only.hold};
    }

    /** Has a run print to the logger of its service, if that is ready. */
    void connect(ServiceDefinition service, ChildSpec run) {
        prepare(service);
        Capture capture = byService.get(service.name());
        if (capture == null) {
            return;
        }
        capture.resting = false;
        if (!isReady(capture)) {
            return;
        }
        run.stdout = instead(capture, run.stdout);
        run.stderr = instead(capture, run.stderr);
    }

    private static int instead(Capture capture, int descriptor) {
        for (Stream stream : Stream.values()) {
            int end = capture.of(stream).writingEnd;
            if (descriptor == stream.descriptor() && end >= 0) {
                return end;
            }
        }
        return descriptor;
    }

    private boolean isReady(Capture capture) {
        if (capture.readiness >= 0) {
            byte[] said = new byte[1];
            capture.ready = sys.read(capture.readiness, said, 0, 1) == 1;
            capture.used |= capture.ready;
            if (capture.ready) {
                close(capture.readiness);
                capture.readiness = -1;
            }
        }
        return capture.ready;
    }

    /** Whether a process is such a logger. */
    boolean isLogger(int pid) {
        return byPid.containsKey(pid);
    }

    /** A process has ended, which may be such a logger. One that was never of use is not tried again. */
    void ended(int pid) {
        Capture capture = byPid.remove(pid);
        if (byPid.isEmpty()) {
            killAt = Long.MAX_VALUE;
        }
        if (capture == null || capture.pid != pid) {
            return;
        }
        isReady(capture);
        forgetReadiness(capture);
        capture.pid = 0;
        if (capture.used) {
            capture.revivalAt = capture.startedAt + PAUSE;
        } else {
            capture.hopeless = capture.revival != null;
            closePipes(capture);
        }
    }

    /**
     * A service is not meant to run any more. Its lines stay unless another service needs the room.
     *
     * @param failed whether it has failed for good: its logger stays, too, for when somebody starts it
     */
    void rest(String service, boolean failed) {
        Capture capture = byService.get(service);
        if (capture != null) {
            capture.resting = true;
            if (!failed) {
                // The logger ends once it has read everything.
                closePipes(capture);
            }
        }
    }

    /** Nothing is meant to run any more, and what loggers have to write they write now. */
    void releaseAll() {
        byService.values().forEach(this::closePipes);
        if (killAt == Long.MAX_VALUE && !byPid.isEmpty()) {
            killAt = sys.monotonicMillis() + GRACE_PERIOD;
        }
    }

    /** When {@link #killLate} has something to do; the latest time there is for never. */
    long killAt() {
        return killAt;
    }

    /** Kills the loggers that are still there, by name; whether there are any. */
    boolean killLate() {
        killAt = Long.MAX_VALUE;
        for (Capture each : byPid.values()) {
            sink.warn(each.service + Layout.LOG + " has not ended within its time: killing it");
        }
        for (int pid : byPid.keySet()) {
            sys.kill(pid, Signal.KILL);
        }
        return !byPid.isEmpty();
    }

    /** A run of a service has ended: a line that it has begun is one. */
    void runEnded(String service) {
        Capture capture = byService.get(service);
        if (capture == null) {
            return;
        }
        isReady(capture);
        if (capture.used) {
            capture.endUntold = true;
            tellEnd(capture);
        }
    }

    /** A logger that is only just begun reads its signals later. Where there is none, the next one is told. */
    private void tellEnd(Capture capture) {
        if (capture.endUntold && capture.pid != 0) {
            capture.endUntold = false;
            sys.kill(capture.pid, LogPipes.RUN_ENDED);
        }
    }

    /** Nothing is kept of a service any more. */
    void drop(String service) {
        Capture capture = byService.remove(service);
        if (capture != null) {
            closePipes(capture);
            closeHolds(capture);
        }
    }

    private void closePipes(Capture capture) {
        Watch revival = capture.revival;
        if (revival != null) {
            watches.remove(revival);
            capture.revival = null;
        }
        capture.used = false;
        forgetReadiness(capture);
        for (Stream stream : Stream.values()) {
            Channel channel = capture.of(stream);
            close(channel.readingEnd);
            channel.readingEnd = -1;
            close(channel.writingEnd);
            channel.writingEnd = -1;
        }
    }

    private void forgetReadiness(Capture capture) {
        close(capture.readiness);
        capture.readiness = -1;
        capture.ready = false;
    }

    private void closeHolds(Capture capture) {
        for (Stream stream : Stream.values()) {
            close(capture.of(stream).hold);
            capture.of(stream).hold = -1;
        }
    }

    private void close(int descriptor) {
        if (descriptor >= 0) {
            sys.close(descriptor);
        }
    }

    /** The file in memory with what has been read of a stream: a descriptor, or -1. */
    int held(String service, Stream stream) {
        Capture capture = byService.get(service);
        return capture == null ? -1 : capture.of(stream).hold;
    }

    /** Begins another logger in time; nothing is waited for on its descriptor. */
    private final class Revival extends Watch {
        private final Capture capture;

        Revival(int descriptor, Capture capture) {
            super(descriptor);
            this.capture = capture;
        }

        @Override
        protected int asked() {
            return 0;
        }

        @Override
        protected long deadline() {
            return capture.revivalAt;
        }

        @Override
        protected void late() {
            if (!start(capture)) {
                capture.revivalAt = sys.monotonicMillis() + PAUSE;
            }
        }

        @Override
        protected void ready() {}
    }
}
