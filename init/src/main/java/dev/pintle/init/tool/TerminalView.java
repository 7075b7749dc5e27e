package dev.pintle.init.tool;

import dev.pintle.init.log.TimeReader;
import dev.pintle.init.program.Output;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Printable;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Timestamp;
import dev.pintle.init.sys.ToolSys;

/** Shows lines on standard output and standard error, as they were written. */
final class TerminalView implements LogView {
    /** Room for a time and what is behind it. */
    private static final int STAMP = 64;

    private static final byte[] NEWLINE = {'\n'};

    private final ToolSys sys;
    private final Output output;
    private final LogOutput shown;
    private final byte[] stamp = new byte[STAMP];
    /** Whether the time of a line is shown that has none of its own, where a logger has noted it. */
    private final boolean timestamps;

    TerminalView(ToolSys sys, Output output, boolean timestamps) {
        this.sys = sys;
        this.output = output;
        this.shown = new LogOutput(sys);
        this.timestamps = timestamps;
    }

    @Override
    public void show(LogTail tail, boolean goesOn, boolean several) {
        byte[] prefix = RawText.encode(Printable.line(tail.service()) + " | ");
        if (several && !goesOn && !(tail.begins() && tail.isNamed(prefix))) {
            shown.put(tail.descriptor(), prefix, 0, prefix.length);
        }
        if (timestamps && tail.begins() && tail.dated && tail.time() != TimeReader.UNKNOWN) {
            int size = Timestamp.appendDate(stamp, 0, tail.time(), 'T', 6);
            stamp[size] = 'Z';
            stamp[size + 1] = ' ';
            shown.put(tail.descriptor(), stamp, 0, size + 2);
        }
        shown.put(tail.descriptor(), tail.bytes(), tail.start(), tail.end());
    }

    @Override
    public void endLine(LogTail tail) {
        shown.put(tail.descriptor(), NEWLINE, 0, 1);
    }

    @Override
    public void gap(LogTail tail, long bytes) {
        byte[] gap = RawText.encode("(" + bytes + " bytes came too fast)\n");
        shown.put(tail.descriptor(), gap, 0, gap.length);
    }

    @Override
    public void complain(String sentence) {
        output.complain(sentence);
    }

    @Override
    public void flush() {
        shown.flush();
    }

    @Override
    public void end() {
        shown.end();
    }

    @Override
    public void pause(long millis) {
        sys.poll(new PollSet(), millis);
    }
}
