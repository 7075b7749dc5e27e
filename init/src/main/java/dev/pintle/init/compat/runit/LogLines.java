package dev.pintle.init.compat.runit;

import dev.pintle.init.program.Output;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Timestamp;
import dev.pintle.init.sys.ToolSys;

/**
 * Cuts what svlogd reads into lines and gives them to the log directories. A line's beginning is what is matched; the rest of
 * one that is longer is written as it comes.
 */
final class LogLines {
    private static final int STAMP = 26;
    private static final byte[] CUT_OFF = {'.', '.', '.'};

    /**
     * What svlogd's options say of lines.
     *
     * @param longest     bytes of a line's beginning
     * @param stamps      what is before each: 0 nothing, 1 TAI64N, 2 a date, 3 a date as ISO 8601 has it
     * @param replacement what stands for characters that are not printable; 0 where they stay
     * @param replaced    characters that it stands for too
     */
    record Form(int longest, int stamps, char replacement, String replaced) {}

    private final ToolSys sys;
    private final LogDirectory[] directories;
    private final Form form;
    private final byte[] line;
    private int length;
    private final byte[] stamp = new byte[STAMP];
    private boolean inRest;

    LogLines(ToolSys sys, LogDirectory[] directories, Form form) {
        this.sys = sys;
        this.directories = directories;
        this.form = form;
        this.line = new byte[form.longest];
    }

    /** Whether no line has begun that has not ended. */
    boolean areWhole() {
        return length == 0;
    }

    /** Takes what was read. */
    void take(byte[] input, int to) {
        int at = 0;
        while (at < to) {
            at = inRest ? takeRest(input, at, to) : takeBeginning(input, at, to);
        }
    }

    private int takeBeginning(byte[] input, int from, int to) {
        if (length == 0 && form.stamps > 0) {
            makeStamp();
        }
        int limit = Math.min(to, from + form.longest - length);
        int end = sys.find((byte) '\n', input, from, limit);
        int stop = end < 0 ? limit : end;
        for (int i = from; i < stop; i++) {
            line[length++] = form.replacement == 0 ? input[i] : replace(input[i]);
        }
        if (end >= 0) {
            writeBeginning();
            endLine();
            return end + 1;
        }
        if (length == form.longest) {
            writeBeginning();
            inRest = true;
        }
        return stop;
    }

    private int takeRest(byte[] input, int from, int to) {
        int end = sys.find((byte) '\n', input, from, to);
        int stop = end < 0 ? to : end;
        for (LogDirectory directory : directories) {
            if (isWritten(directory)) {
                directory.append(input, from, stop);
            }
        }
        if (end < 0) {
            return to;
        }
        endLine();
        return end + 1;
    }

    /** Takes the end of what is read. */
    void end() {
        if (length > 0) {
            if (!inRest) {
                writeBeginning();
            }
            endLine();
        }
    }

    private void makeStamp() {
        long now = sys.wallClockNanos();
        if (form.stamps == 1) {
            Timestamp.appendTai64n(stamp, 0, now);
        } else {
            Timestamp.appendDate(stamp, 0, now, form.stamps == 2 ? '_' : 'T', 5);
        }
        stamp[STAMP - 1] = ' ';
    }

    private byte replace(byte b) {
        boolean printable = b >= ' ' && b <= '~';
        return printable && form.replaced.indexOf(b) < 0 ? b : (byte) form.replacement;
    }

    private boolean isWritten(LogDirectory directory) {
        return directory.isOpen() && directory.selected && !directory.config().sentOnly;
    }

    private void writeBeginning() {
        for (LogDirectory directory : directories) {
            if (!directory.isOpen()) {
                continue;
            }
            LogConfig config = directory.config();
            directory.selected = config.selects(line, length);
            if (config.alerts(line, length)) {
                write(2, whole(config.prefix));
            }
            if (directory.selected && config.port != 0) {
                send(directory);
            }
            if (isWritten(directory)) {
                directory.append(stamp, 0, stampLength());
                directory.append(config.prefix, 0, config.prefix.length);
                directory.append(line, 0, length);
            }
        }
    }

    private int stampLength() {
        return form.stamps > 0 ? STAMP : 0;
    }

    private void endLine() {
        for (LogDirectory directory : directories) {
            if (isWritten(directory)) {
                directory.endLine();
            }
        }
        length = 0;
        inRest = false;
    }

    /** The line for those who get no more than its beginning. */
    private byte[] whole(byte[] prefix) {
        byte[] more = length == form.longest ? CUT_OFF : new byte[0];
        byte[] bytes = new byte[stampLength() + prefix.length + length + more.length + 1];
        System.arraycopy(stamp, 0, bytes, 0, stampLength());
        System.arraycopy(prefix, 0, bytes, stampLength(), prefix.length);
        int at = stampLength() + prefix.length;
        System.arraycopy(line, 0, bytes, at, length);
        System.arraycopy(more, 0, bytes, at + length, more.length);
        bytes[bytes.length - 1] = '\n';
        return bytes;
    }

    private boolean write(int descriptor, byte[] bytes) {
        return Output.write(sys, descriptor, bytes, bytes.length) == 0;
    }

    private void send(LogDirectory directory) {
        LogConfig config = directory.config();
        byte[] bytes = whole(config.prefix);
        int socket = config.address == null ? -1 : sys.connect(config.address, config.port, false);
        if (socket < 0 || !write(socket, bytes)) {
            byte[] warning = RawText.encode("warning: failure sending through udp: ");
            directory.append(warning, 0, warning.length);
            directory.append(bytes, 0, bytes.length);
        }
        sys.close(socket);
    }
}
