package dev.pintle.init.loop;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Printable;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.Diagnostic;

/**
 * The init's own messages, on standard error. A reader that has stopped reading must not stop PID 1: a message that does
 * not fit now is dropped, and how many were is said once there is room again.
 */
public final class Console {
    private static final int STDERR = 2;
    /** POSIX lets a pipe take this much at once or not at all (PIPE_BUF is 512 at the least). */
    private static final int LONGEST = 512;

    private final Sys sys;
    /** Standard error once more, which never blocks; or -1. */
    private final int own;

    private final PollSet room = new PollSet();
    private LogLevel threshold;
    private int lost;

    /** Prints what is at least as severe as {@code threshold}. */
    public Console(Sys sys, LogLevel threshold) {
        this.sys = sys;
        own = sys.openAgain(STDERR);
        this.threshold = threshold;
    }

    /** Changes what is printed from now on. */
    public void setThreshold(LogLevel threshold) {
        this.threshold = threshold;
    }

    /**
     * Prints {@code pintle: <level>: message}, where the level is not below the threshold. A message is one line, whatever names
     * there are in it.
     */
    public void say(LogLevel level, String message) {
        if (level.compareTo(threshold) > 0) {
            return;
        }
        if (lost > 0 && write("pintle: warn: " + lost + " messages were lost while nobody read standard error\n")) {
            lost = 0;
        }
        if (lost > 0 || !write("pintle: " + word(level) + ": " + Printable.line(message) + "\n")) {
            lost++;
        }
    }

    /** Prints what is wrong or doubtful in a layout. */
    public void say(Diagnostic diagnostic) {
        boolean error = diagnostic.severity() == Diagnostic.Severity.ERROR;
        say(error ? LogLevel.ERROR : LogLevel.WARN, diagnostic.place() + ": " + diagnostic.advice());
    }

    private static String word(LogLevel level) {
        return switch (level) {
            case ERROR -> "error";
            case WARN -> "warn";
            case INFO -> "info";
            case DEBUG -> "debug";
        };
    }

    /**
     * For a descriptor that may block, such as one of a pipe that this user may not open again. Who fills the pipe between this
     * and the write would hold it up until somebody reads.
     */
    private boolean hasRoom() {
        while (true) {
            room.clear();
            room.add(STDERR, PollSet.WRITABLE);
            int polled = sys.poll(room, 0);
            if (polled != -Errno.EINTR) {
                return polled > 0 && room.found(0);
            }
        }
    }

    private boolean write(String line) {
        byte[] bytes = RawText.encode(line);
        int written = 0;
        while (written < bytes.length) {
            if (own < 0 && !hasRoom()) {
                return written > 0;
            }
            int piece = Math.min(LONGEST, bytes.length - written);
            int result = sys.write(own < 0 ? STDERR : own, bytes, written, piece);
            if (result == -Errno.EINTR) {
                continue;
            }
            if (result == -Errno.EAGAIN) {
                return written > 0;
            }
            if (result <= 0) {
                // Nobody can be told; the next message finds out again.
                return written > 0 || result < 0;
            }
            written += result;
        }
        return true;
    }
}
