package dev.pintle.init.compat.runit;

import dev.pintle.init.program.FailureException;
import dev.pintle.init.program.Invocation;
import dev.pintle.init.program.Options;
import dev.pintle.init.sys.EndedChild;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Signal;
import dev.pintle.init.sys.ToolSys;

/**
 * runit's {@code svlogd}: writes lines from standard input to directories of files (svlogd(8)).
 *
 * <p>Unlike the original it loses no line: not the last one where that has no end, nor one that comes with TERM. And it
 * writes what it has read in one piece, not each line for itself.
 */
public final class Svlogd {
    private static final String USAGE = "usage: svlogd [-ttv] [-r c] [-R abc] [-l len] [-b buflen] dir ...\n\n";
    private static final int USAGE_CODE = 111;
    private static final int DEFAULT_LINE = 1000;
    private static final int DEFAULT_BUFFER = 1024;
    private static final int LEAST_READ = 1 << 14;
    private static final int MOST = 1 << 24;
    private static final long MILLI = 1_000_000;

    private final Invocation call;
    private final ToolSys sys;
    final LogReport report;
    private final EndedChild ended = new EndedChild();
    private final PollSet set = new PollSet();
    private int signals;
    private LogDirectory[] directories = {};

    // Options
    private int stamps;
    private char replacement;
    private String replaced = "";
    int longestLine = DEFAULT_LINE;
    private int buffer = DEFAULT_BUFFER;

    // What signals ask for
    private boolean ending;
    private boolean rotating;
    private boolean reopening;

    private Svlogd(Invocation call) {
        this.call = call;
        this.sys = call.sys;
        this.report = new LogReport(call);
    }

    /** Runs it. */
    public static int run(Invocation call) throws FailureException {
        return new Svlogd(call).run();
    }

    private int run() throws FailureException {
        readOptions();
        int start = sys.open(".", ToolSys.READ, 0);
        signals = sys.openSignals();
        if (start < 0 || signals < 0) {
            throw LogReport.fatal(
                    "unable to open current working directory: " + ErrorWords.of(-Math.min(start, signals)));
        }
        reopen(start);
        loop(start, new LogLines(sys, directories, new LogLines.Form(longestLine, stamps, replacement, replaced)));
        for (LogDirectory directory : directories) {
            directory.awaitProcessor();
            directory.close();
        }
        return 0;
    }

    // Options

    private void readOptions() throws FailureException {
        Options options = new Options(call.words, "R:r:l:b:tvV");
        for (int letter = next(options); letter != Options.END; letter = next(options)) {
            take((char) letter, options.value());
        }
        if (options.operands().isEmpty() || buffer <= longestLine) {
            throw usage();
        }
        directories = new LogDirectory[options.operands().size()];
        for (int i = 0; i < directories.length; i++) {
            directories[i] = new LogDirectory(this, options.operands().get(i));
        }
    }

    private void take(char letter, String value) throws FailureException {
        switch (letter) {
            case 'R' -> {
                replaced = value;
                replacement = replacement == 0 ? '_' : replacement;
            }
            case 'r' -> {
                if (value.length() != 1) {
                    throw usage();
                }
                replacement = value.charAt(0);
            }
            case 'l' -> longestLine = number(value, DEFAULT_LINE);
            case 'b' -> buffer = number(value, DEFAULT_BUFFER);
            case 't' -> stamps = Math.min(stamps + 1, 3);
            case 'v' -> report.verbose = true;
            default -> throw usage();
        }
    }

    private static int number(String text, int otherwise) {
        int number = (int) Math.min(Runit.leadingNumber(text), MOST);
        return number == 0 ? otherwise : number;
    }

    private int next(Options options) throws FailureException {
        return Runit.next(options, call.name, USAGE_CODE, USAGE);
    }

    private static FailureException usage() {
        return FailureException.verbatim(USAGE_CODE, USAGE);
    }

    // The loop

    private void loop(int start, LogLines lines) throws FailureException {
        byte[] input = new byte[Math.max(buffer, LEAST_READ)];
        while (true) {
            settle(start);
            if (ending && lines.areWhole()) {
                return;
            }
            set.clear();
            set.add(signals, PollSet.READABLE);
            set.add(0, PollSet.READABLE);
            sys.poll(set, untilRotation());
            takeSignals();
            if (!set.found(1) || (ending && lines.areWhole())) {
                continue;
            }
            // No more is taken than what was begun.
            int got = sys.read(0, input, 0, ending ? 1 : input.length);
            if (got > 0) {
                lines.take(input, got);
            } else if (got != -Errno.EAGAIN && got != -Errno.EINTR) {
                if (got < 0) {
                    report.warn("unable to read standard input", -got);
                }
                lines.end();
                return;
            }
        }
    }

    /** Writes what there is, and does what signals and time have asked for. */
    private void settle(int start) throws FailureException {
        // Where no file is set aside for its age, the clock is not asked.
        long now = nextRotation() == Long.MAX_VALUE ? 0 : sys.wallClockNanos();
        for (LogDirectory directory : directories) {
            directory.flush();
            if (rotating || directory.rotateAt() < now) {
                directory.rotate();
            }
        }
        rotating = false;
        if (reopening) {
            reopening = false;
            reopen(start);
        }
    }

    private void reopen(int start) throws FailureException {
        boolean any = false;
        for (LogDirectory directory : directories) {
            directory.close();
            sys.enterDirectory(start);
            any |= directory.open();
        }
        if (!any) {
            throw LogReport.fatal("no functional log directories.");
        }
    }

    private long nextRotation() {
        long next = Long.MAX_VALUE;
        for (LogDirectory directory : directories) {
            next = Math.min(next, directory.rotateAt());
        }
        return next;
    }

    private long untilRotation() {
        long next = nextRotation();
        return next == Long.MAX_VALUE ? -1 : Math.max(0, (next - sys.wallClockNanos()) / MILLI + 1);
    }

    /** Waits for a signal, and takes it. */
    void awaitSignals() {
        set.clear();
        set.add(signals, PollSet.READABLE);
        sys.poll(set, -1);
        takeSignals();
    }

    private void takeSignals() {
        for (int signal = sys.nextSignal(signals); signal > 0; signal = sys.nextSignal(signals)) {
            switch (signal) {
                case Signal.TERM, Signal.INT, Signal.QUIT -> {
                    report.inform("sigterm received.");
                    ending = true;
                }
                case Signal.ALRM -> {
                    report.inform("sigalarm received.");
                    rotating = true;
                }
                case Signal.HUP -> {
                    report.inform("sighangup received.");
                    reopening = true;
                }
                case Signal.CHLD -> {
                    report.inform("sigchild received.");
                    takeEnded();
                }
                default -> {}
            }
        }
    }

    private void takeEnded() {
        while (sys.peekEnded(ended) == 1) {
            sys.release(ended.pid);
            boolean well = !ended.status.signalled() && ended.status.code() == 0;
            for (LogDirectory directory : directories) {
                if (directory.processorEnded(ended.pid, well)) {
                    break;
                }
            }
        }
    }
}
