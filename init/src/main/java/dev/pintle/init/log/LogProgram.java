package dev.pintle.init.log;

import dev.pintle.init.launch.LogPipes;
import dev.pintle.init.program.ExitCode;
import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.program.UsageException;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.JsonText;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.ToolSys;
import dev.pintle.layout.text.BadValueException;
import dev.pintle.layout.text.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code pintle-log}: lines from standard input, or from the pipes of a service, to files and streams. */
public final class LogProgram {
    private static final String[] LONG_NAMES = {
        "to=o",
        "prefix=p",
        "timestamp=t",
        "format=f",
        "name=n",
        "stream=e",
        "max-size=s",
        "max-files=k",
        "compress=z",
        "include=i",
        "exclude=x",
        "rate-limit=r",
        "hold=h",
        "keep=K",
        "input=I",
        "ready=R",
        "tell=T"
    };
    private static final long DEFAULT_SIZE = 10 << 20;
    private static final int DEFAULT_FILES = 5;
    private static final int MOST_FILES = 1_000;
    private static final long REPORT_INTERVAL = 1_000;
    /**
     * Milliseconds without a look at signals after which one may have come long ago. A process that waits for a processor is
     * as long without one; a run that follows at once has hardly begun a line by then.
     */
    private static final long PROMPT = 100;
    /** As many rounds empty what a pipe can hold. */
    private static final int ROUNDS = 4;

    private final Invocation call;
    private final ToolSys sys;
    private Stream[] streams = {};

    /** Where to say that all targets are open, or -1. */
    private int ready = -1;
    /** Where to say what keeps lines from being written, once that is possible; or -1. */
    private int trouble = -1;
    /** Whether it is said there as well what keeps lines from being written. */
    private boolean tells;
    /** What was said of that last. */
    private String told = "";
    /** How many more rounds may go by until all is read that a run which has ended has written; 0 where none has. */
    private int toEnd;

    // Of the stream whose options are being read.
    private boolean begun;

    private int input;
    private int hold = -1;
    private long kept = LogPipes.KEPT;
    private Rendering rendering = new Rendering();
    private final List<String> targets = new ArrayList<>();
    private long maxSize = DEFAULT_SIZE;
    private int maxFiles = DEFAULT_FILES;
    private boolean compress;
    private boolean json;
    private String name = "";
    private String stream = "stdout";

    private LogProgram(Invocation call) {
        this.call = call;
        this.sys = call.sys;
    }

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        return new LogProgram(call).run();
    }

    private int run() throws FailureException {
        Options options = new Options(call.words, "o:p:t:f:n:e:s:k:zi:x:r:h:K:I:R:T:", LONG_NAMES);
        for (int letter = options.next(); letter != Options.END; letter = options.next()) {
            try {
                take((char) letter, options.value());
                begun = true;
            } catch (BadValueException e) {
                throw new UsageException("cannot read " + options.value() + ": " + e.getMessage());
            }
        }
        targets.addAll(options.operands());
        addStream();
        int signals = sys.openSignals();
        if (signals < 0) {
            throw new FailureException(ExitCode.FAILED, "cannot receive signals: " + Errno.describe(-signals));
        }
        loop(signals);
        for (Stream each : streams) {
            each.finish();
            for (Sink sink : each.rendering.sinks) {
                sink.close();
            }
        }
        return ExitCode.OK;
    }

    // Options

    private void take(char letter, String value) throws BadValueException, UsageException {
        switch (letter) {
            case 'o' -> targets.add(value);
            case 'p' -> rendering.prefix = RawText.encode(value);
            case 't' -> rendering.stamp = stamp(value);
            case 'f' -> json = format(value);
            case 'n' -> name = value;
            case 'e' -> stream = value;
            case 's' -> maxSize = Values.size(value);
            case 'k' -> maxFiles = Values.count(value, MOST_FILES);
            case 'z' -> compress = true;
            case 'i' -> rendering.included.add(new Glob(RawText.encode(value)));
            case 'x' -> rendering.excluded.add(new Glob(RawText.encode(value)));
            case 'r' -> rendering.rateLimit = Values.count(value, Integer.MAX_VALUE);
            case 'R', 'T' -> {
                ready = Values.count(value, Integer.MAX_VALUE);
                tells = letter == 'T';
            }
            case 'K' -> kept = Values.size(value);
            case 'h' -> hold = Values.count(value, Integer.MAX_VALUE);
            default -> {
                if (begun) {
                    addStream();
                }
                input = Values.count(value, Integer.MAX_VALUE);
            }
        }
    }

    private static Rendering.Stamp stamp(String text) throws UsageException {
        return switch (text) {
            case "iso8601" -> Rendering.Stamp.ISO8601;
            case "tai64n" -> Rendering.Stamp.TAI64N;
            default -> throw new UsageException("--timestamp takes iso8601 or tai64n");
        };
    }

    private static boolean format(String text) throws UsageException {
        if (!text.equals("json") && !text.equals("raw")) {
            throw new UsageException("--format takes raw or json");
        }
        return text.equals("json");
    }

    /** Ends the options of one stream, and begins those of the next. */
    private void addStream() throws UsageException {
        if (json) {
            rendering.object = RawText.encode(
                    "Z\",\"service\":\"" + escaped(name) + "\",\"stream\":\"" + escaped(stream) + "\",\"message\":\"");
        }
        if (targets.isEmpty()) {
            targets.add("stdout");
        }
        rendering.sinks = new Sink[targets.size()];
        for (int i = 0; i < targets.size(); i++) {
            rendering.sinks[i] = sink(targets.get(i));
        }
        streams = Arrays.copyOf(streams, streams.length + 1);
        streams[streams.length - 1] = new Stream(sys, input, hold, kept, rendering);
        rendering = new Rendering();
        targets.clear();
        hold = -1;
        kept = LogPipes.KEPT;
        maxSize = DEFAULT_SIZE;
        maxFiles = DEFAULT_FILES;
        compress = false;
        json = false;
        stream = "stderr";
    }

    private static String escaped(String text) {
        byte[] bytes = RawText.encode(text);
        byte[] to = new byte[bytes.length * JsonText.MOST_PER_BYTE];
        return RawText.decode(to, 0, JsonText.append(to, 0, bytes, 0, bytes.length));
    }

    private Sink sink(String target) throws UsageException {
        if (target.equals("stdout") || target.equals("stderr")) {
            return new StreamSink(sys, target.equals("stdout") ? 1 : 2);
        }
        String path = target.startsWith("file:") ? target.substring("file:".length()) : target;
        if (path.indexOf('/') < 0 && !target.startsWith("file:")) {
            throw new UsageException("cannot write to " + target + ": a target is stdout, stderr or file:PATH");
        }
        return existing(path) instanceof FileSink there
                ? there
                : new FileSink(sys, call.output, path, maxSize, maxFiles, compress);
    }

    /** Two streams that go to one file share it. */
    private @Nullable Sink existing(String path) {
        for (Stream each : streams) {
            for (Sink sink : each.rendering.sinks) {
                if (sink instanceof FileSink file && file.path().equals(path)) {
                    file.shared = true;
                    return file;
                }
            }
        }
        return null;
    }

    // The loop

    private void loop(int signals) {
        PollSet set = new PollSet();
        boolean stopping = false;
        // Nothing has been read so far, so that the first signals are not late.
        long looked = Long.MAX_VALUE;
        while (fill(set, signals)) {
            boolean busy = work();
            tellReady();
            tellTrouble();
            long now = sys.monotonicMillis();
            boolean prompt = now - looked <= PROMPT;
            sys.poll(set, stopping || busy || toEnd > 0 ? 0 : timeout(now));
            looked = sys.monotonicMillis();
            stopping |= handle(signals, prompt);
            boolean moved = takeReady(set);
            endLines(moved);
            if (stopping && !moved) {
                return;
            }
            for (Stream each : streams) {
                each.passPart(looked);
            }
            report();
        }
    }

    /** Sets what is waited for; whether any stream is. */
    private boolean fill(PollSet set, int signals) {
        set.clear();
        set.add(signals, PollSet.READABLE);
        boolean open = false;
        for (Stream each : streams) {
            if (!each.ended()) {
                set.add(each.pipe(), PollSet.READABLE);
                open = true;
            }
        }
        return open;
    }

    private long timeout(long now) {
        long timeout = hasDropped() || ready >= 0 ? REPORT_INTERVAL : Long.MAX_VALUE;
        for (Stream each : streams) {
            timeout = Math.min(timeout, each.partAt() - now);
        }
        return timeout > REPORT_INTERVAL ? -1 : Math.max(0, timeout);
    }

    /**
     * A line that a run has begun ends with that run, once the pipes are empty. One that fills them all the time is another run
     * by then, and its lines are not split.
     */
    private void endLines(boolean moved) {
        if (toEnd == 0) {
            return;
        }
        toEnd--;
        if (!moved) {
            toEnd = 0;
            for (Stream each : streams) {
                each.endLine();
            }
        }
    }

    /** A pipe that is not found readable would make a plain read wait. */
    private boolean takeReady(PollSet set) {
        boolean moved = false;
        int index = 1;
        for (Stream each : streams) {
            if (!each.ended() && set.found(index++)) {
                moved |= each.take();
            }
        }
        return moved;
    }

    private boolean work() {
        boolean more = false;
        for (Stream each : streams) {
            for (Sink sink : each.rendering.sinks) {
                more |= sink.work();
            }
        }
        return more;
    }

    /** Says that all targets are open, once they are: as s6 has it, by a newline. */
    private void tellReady() {
        if (ready < 0) {
            return;
        }
        for (Stream each : streams) {
            for (Sink sink : each.rendering.sinks) {
                if (!sink.open()) {
                    return;
                }
            }
        }
        sys.write(ready, new byte[] {'\n'}, 0, 1);
        if (tells) {
            trouble = ready;
        } else {
            sys.close(ready);
        }
        ready = -1;
    }

    /** The init shows it in status and health. */
    private void tellTrouble() {
        String now = "";
        for (Stream each : streams) {
            for (Sink sink : each.rendering.sinks) {
                now = now.isEmpty() ? sink.trouble() : now;
            }
        }
        if (trouble >= 0 && !now.equals(told)) {
            told = now;
            byte[] line = RawText.encode(LogPipes.TROUBLE + now + "\n");
            sys.write(trouble, line, 0, line.length);
        }
    }

    private boolean hasDropped() {
        boolean dropped = false;
        for (Stream each : streams) {
            dropped |= each.rendering.hasDropped();
        }
        return dropped;
    }

    private void report() {
        if (hasDropped()) {
            long now = sys.wallClockNanos();
            for (Stream each : streams) {
                each.rendering.reportDropped(now);
                each.rendering.flush();
            }
        }
    }

    /**
     * Does what signals ask for.
     *
     * @param prompt whether none of them has waited: of the end of a run, the next run may have written since
     * @return whether they ask to end
     */
    private boolean handle(int signals, boolean prompt) {
        boolean end = false;
        for (int signal = sys.nextSignal(signals); signal > 0; signal = sys.nextSignal(signals)) {
            if (signal == LogPipes.RUN_ENDED && prompt) {
                toEnd = ROUNDS;
            }
            end |= signal == Signal.TERM || signal == Signal.INT;
            if (signal == Signal.HUP || signal == Signal.ALRM) {
                for (Stream each : streams) {
                    for (Sink sink : each.rendering.sinks) {
                        if (signal == Signal.HUP) {
                            sink.reopen();
                        } else {
                            sink.rotate();
                        }
                    }
                }
            }
        }
        return end;
    }
}
