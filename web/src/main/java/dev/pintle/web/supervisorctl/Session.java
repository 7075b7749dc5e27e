package dev.pintle.web.supervisorctl;

import dev.pintle.init.program.Output;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import org.jspecify.annotations.Nullable;

/** What a session says and hears, and what its program ends with. */
final class Session {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int LONGEST_LINE = 1 << 16;

    final ToolSys sys;
    final boolean interactive;
    /** What the program ends with: what was found last, as the original has it. */
    int code;

    private byte[] input = new byte[256];
    private int size;

    Session(ToolSys sys, boolean interactive) {
        this.sys = sys;
        this.interactive = interactive;
    }

    /** Prints a line. */
    void print(String line) {
        write(line + "\n");
    }

    /** Prints a line on what went wrong, and ends with a code. */
    void fail(int failed, String line) {
        print(line);
        code = failed;
    }

    /** Prints what is no line. */
    void write(String text) {
        byte[] bytes = RawText.encode(text);
        Output.write(sys, STDOUT, bytes, bytes.length);
    }

    /** Asks for a line; null at the end of what there is. */
    @Nullable
    String ask(String question) {
        write(question);
        String line = line(-1);
        return line;
    }

    /**
     * The next line of standard input.
     *
     * @param patience milliseconds, -1 for ever
     * @return null where none has come, or none will: see {@link #isOver}
     */
    @Nullable
    String line(int patience) {
        while (true) {
            for (int i = 0; i < size; i++) {
                if (input[i] == '\n') {
                    return take(i, i + 1);
                }
            }
            if (isOver) {
                return size == 0 ? null : take(size, size);
            }
            if (!waits(patience)) {
                return null;
            }
            read();
        }
    }

    private boolean isOver;

    /** Whether nothing more comes. */
    boolean isOver() {
        return isOver && size == 0;
    }

    private boolean waits(int patience) {
        PollSet set = new PollSet();
        set.add(STDIN, PollSet.READABLE);
        return sys.poll(set, patience) > 0;
    }

    private void read() {
        if (size == input.length) {
            input = java.util.Arrays.copyOf(input, 2 * size);
        }
        int got = sys.read(STDIN, input, size, input.length - size);
        if (got > 0) {
            size += got;
        }
        isOver = size >= LONGEST_LINE || (got <= 0 && got != -Errno.EAGAIN && got != -Errno.EINTR);
    }

    private String take(int end, int next) {
        String line = RawText.decode(input, 0, end);
        System.arraycopy(input, next, input, 0, size - next);
        size -= next;
        return line;
    }
}
