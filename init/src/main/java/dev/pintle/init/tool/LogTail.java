package dev.pintle.init.tool;

import dev.pintle.init.control.Message;
import dev.pintle.init.program.Output;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;

/** The end of one stream of a service: of a file that grows, or of what a logger keeps in memory. */
final class LogTail {
    private static final int PIECE = 8192;

    private final ToolSys sys;
    private final String service;
    private final String path;
    /** How much of the end can be read; 0 for all. */
    private final long kept;

    private final int descriptor;
    private final FileFacts facts = new FileFacts();
    private final byte[] buffer = new byte[PIECE];
    private byte[] prefix = {};
    private int file = -1;
    private long inode;
    private long at;
    private boolean inLine;

    LogTail(ToolSys sys, Message stream) {
        this.sys = sys;
        this.service = stream.text("service");
        this.path = stream.text("path");
        this.kept = stream.number("kept", 0);
        this.descriptor = stream.text("stream").equals("stderr") ? 2 : 1;
    }

    /**
     * Goes to the last lines.
     *
     * @param named whether the service's name is put before every line
     * @return what is wrong, or nothing
     */
    String open(int lines, boolean named) {
        if (named) {
            prefix = RawText.encode(service + " | ");
        }
        reopen();
        if (file == -Errno.ENOENT && kept == 0) {
            // It has written nothing so far.
            return "";
        }
        if (file < 0) {
            return "cannot show the output of " + service + ": cannot open " + path + ": " + Errno.describe(-file);
        }
        at = startOf(lines);
        return "";
    }

    private void reopen() {
        sys.close(file);
        file = sys.open(path, ToolSys.READ, 0);
        inode = sys.stat(path, facts) == 0 ? facts.inode : 0;
    }

    /** Looks for the ends of lines from the end backwards. */
    private long startOf(int lines) {
        long size = Math.max(0, sys.sizeOf(file));
        long first = kept > 0 ? Math.max(0, size - kept) : 0;
        int left = lines;
        long end = size;
        while (end > first) {
            int length = (int) Math.min(PIECE, end - first);
            if (sys.readAt(file, end - length, buffer, 0, length) != length) {
                return end;
            }
            for (int i = length - 1; i >= 0; i--) {
                boolean isLast = end - length + i == size - 1;
                if (buffer[i] == '\n' && !isLast && --left == 0) {
                    return end - length + i + 1;
                }
            }
            end -= length;
        }
        return lines == 0 ? size : first;
    }

    /** Shows what has come. */
    void show() {
        showRest();
        boolean replaced = kept == 0 && sys.stat(path, facts) == 0 && facts.inode != inode;
        if (replaced) {
            // What was written to the old file after the look above, and then the new one.
            showRest();
            reopen();
            at = 0;
            showRest();
        }
    }

    private void showRest() {
        if (file < 0) {
            return;
        }
        long size = sys.sizeOf(file);
        if (size < at) {
            at = 0;
        }
        if (kept > 0 && at < size - kept) {
            String gap = "(" + (size - kept - at) + " bytes came too fast)\n";
            write(RawText.encode(gap), gap.length());
            at = size - kept;
        }
        for (int got = read(); got > 0; got = read()) {
            at += got;
            print(got);
        }
    }

    private int read() {
        return sys.readAt(file, at, buffer, 0, PIECE);
    }

    private void print(int size) {
        if (prefix.length == 0) {
            write(buffer, size);
            return;
        }
        byte[] out = new byte[size + (prefix.length + 1) * (count(size) + 1)];
        int end = 0;
        for (int i = 0; i < size; i++) {
            if (!inLine) {
                System.arraycopy(prefix, 0, out, end, prefix.length);
                end += prefix.length;
            }
            out[end++] = buffer[i];
            inLine = buffer[i] != '\n';
        }
        write(out, end);
    }

    private int count(int size) {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += buffer[i] == '\n' ? 1 : 0;
        }
        return count;
    }

    private void write(byte[] bytes, int size) {
        Output.write(sys, descriptor, bytes, size);
    }
}
