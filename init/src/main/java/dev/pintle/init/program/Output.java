package dev.pintle.init.program;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.Printable;
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

    /** Prints a line; what would be more than text in it becomes visible. */
    public void print(String line) {
        printRaw(Printable.line(line));
    }

    /** Prints lines, each as {@link #print} does, further in than those above them. */
    public void printIndented(String text) {
        for (int at = 0; at < text.length(); ) {
            int newline = text.indexOf('\n', at);
            int end = newline < 0 ? text.length() : newline;
            print("    " + text.substring(at, end));
            at = end + 1;
        }
    }

    /** Prints our own text, or a value that a program wants to the letter, and the end of its line. */
    public void printRaw(String text) {
        write(STDOUT, text + "\n");
    }

    /** Prints {@code NAME: line} on standard error, as {@link #print} does. */
    public void complain(String line) {
        write(STDERR, Printable.line(name + ": " + line) + "\n");
    }

    /** Says why a program ends; the code that it ends with. */
    public int report(FailureException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure.verbatim) {
            printError(message);
        } else {
            complain(message);
        }
        return failure.code;
    }

    /** Prints lines on standard error, as {@link #print} does. */
    public void printError(String text) {
        write(STDERR, Printable.lines(text));
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
