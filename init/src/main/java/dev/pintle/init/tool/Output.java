package dev.pintle.init.tool;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;

/** Writes what a command has to say. A command may block on its reader, as every command does. */
final class Output {
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final Sys sys;

    Output(Sys sys) {
        this.sys = sys;
    }

    /** Whether people read it: only then there are colours. */
    boolean forPeople() {
        return sys.isTerminal(STDOUT);
    }

    void print(String line) {
        write(STDOUT, line + "\n");
    }

    void complain(String line) {
        write(STDERR, "pintle: " + line + "\n");
    }

    private void write(int descriptor, String text) {
        byte[] bytes = RawText.encode(text);
        int at = 0;
        while (at < bytes.length) {
            int result = sys.write(descriptor, bytes, at, bytes.length - at);
            if (result > 0) {
                at += result;
            } else if (result != -Errno.EINTR) {
                return;
            }
        }
    }
}
