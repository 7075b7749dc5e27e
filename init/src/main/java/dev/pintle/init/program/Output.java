package dev.pintle.init.program;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;

/** Writes what a program has to say. A program may block on its reader, as every program does. */
public final class Output {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final Sys sys;
    private final String name;

    /** For the program that was called {@code name}. */
    public Output(Sys sys, String name) {
        this.sys = sys;
        this.name = name;
    }

    /** Whether people read it: only then there are colours. */
    public boolean forPeople() {
        return sys.isTerminal(STDOUT);
    }

    /** Prints a line. */
    public void print(String line) {
        write(STDOUT, line + "\n");
    }

    /** Prints {@code NAME: line} on standard error. */
    public void complain(String line) {
        write(STDERR, name + ": " + line + "\n");
    }

    /** Prints text as it is on standard error. */
    public void printError(String text) {
        write(STDERR, text);
    }

    private void write(int descriptor, String text) {
        byte[] bytes = RawText.encode(text);
        write(sys, descriptor, bytes, bytes.length);
    }

    /**
     * Writes bytes, all of them as long as somebody reads.
     *
     * @return 0, or why not as a negated errno
     */
    public static int write(Sys sys, int descriptor, byte[] bytes, int size) {
        int at = 0;
        while (at < size) {
            int result = sys.write(descriptor, bytes, at, size - at);
            if (result > 0) {
                at += result;
            } else if (result != -Errno.EINTR) {
                return result;
            }
        }
        return 0;
    }
}
