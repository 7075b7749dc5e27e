package dev.pintle.init.loop;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.JsonText;
import dev.pintle.init.sys.PollSet;
import dev.pintle.init.sys.Printable;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import dev.pintle.init.sys.Timestamp;
import dev.pintle.layout.ContainerSettings.LogLevel;
import dev.pintle.layout.ContainerSettings.Messages;
import dev.pintle.layout.Diagnostic;
import dev.pintle.layout.text.Ascii;

/**
 * The init's own messages, on standard error. A reader that has stopped reading must not stop PID 1: a message that does
 * not fit now is dropped, and how many were is said once there is room again.
 */
public final class Console {
    private static final int STDERR = 2;
    /** POSIX lets a pipe take this much at once or not at all (PIPE_BUF is 512 at the least). */
    private static final int LONGEST = 512;

    private static final int TIME = 32;
    private static final long NANOS_IN_MILLI = 1_000_000;

    private final Sys sys;
    /** Standard error once more, which never blocks; or -1. */
    private final int own;

    private final PollSet room = new PollSet();
    private Messages settings;
    private int lost;

    /** Prints as {@code settings} say. */
    public Console(Sys sys, Messages settings) {
        this.sys = sys;
        own = sys.openAgain(STDERR);
        this.settings = settings;
    }

    /** Changes what is printed from now on, and how. */
    public void set(Messages settings) {
        this.settings = settings;
    }

    /**
     * Prints {@code pintle: <level>: message}, or an object of JSON, where the level is severe enough. A message is one line,
     * whatever names there are in it.
     */
    public void say(LogLevel level, String message) {
        if (level.compareTo(settings.level()) > 0) {
            return;
        }
        if (lost > 0 && write(LogLevel.WARN, lost + " messages were lost while nobody read standard error")) {
            lost = 0;
        }
        if (lost > 0 || !write(level, Printable.line(message))) {
            lost++;
        }
    }

    /** Prints what is wrong or doubtful in a layout. */
    public void say(Diagnostic diagnostic) {
        boolean error = diagnostic.severity() == Diagnostic.Severity.ERROR;
        say(error ? LogLevel.ERROR : LogLevel.WARN, diagnostic.place() + ": " + diagnostic.advice());
    }

    /** As the layout has it. */
    private static String word(LogLevel level) {
        return Ascii.lower(level.name());
    }

    /** For a descriptor that may block, such as one of a pipe that this user may not open again, or of a terminal. */
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

    /** The line of a message, with its newline. */
    private String line(LogLevel level, String message) {
        if (settings.format().equals("json")) {
            return "{\"time\":\"" + time(false) + "\",\"service\":\"pintle\",\"stream\":\"stderr\",\"level\":\""
                    + word(level) + "\",\"message\":\"" + escaped(message) + "\"}\n";
        }
        String timestamp = settings.timestamp();
        String before = timestamp.equals("no") ? "" : time(timestamp.equals("tai64n")) + " ";
        return before + "pintle: " + word(level) + ": " + message + "\n";
    }

    /** A message as the inside of a JSON string. */
    private static String escaped(String message) {
        byte[] bytes = RawText.encode(message);
        byte[] escaped = new byte[bytes.length * JsonText.MOST_PER_BYTE];
        return RawText.decode(escaped, 0, JsonText.append(escaped, 0, bytes, 0, bytes.length));
    }

    /** The time as {@code pintle-log} writes it. */
    private String time(boolean tai64n) {
        byte[] text = new byte[TIME];
        long nanos = sys.wallClockMillis() * NANOS_IN_MILLI;
        if (tai64n) {
            return RawText.decode(text, 0, Timestamp.appendTai64n(text, 0, nanos));
        }
        int end = Timestamp.appendDate(text, 0, nanos, 'T', 6);
        text[end] = 'Z';
        return RawText.decode(text, 0, end + 1);
    }

    private boolean write(LogLevel level, String message) {
        byte[] bytes = RawText.encode(line(level, message));
        int written = 0;
        while (written < bytes.length) {
            if (own < 0 && !hasRoom()) {
                return written > 0;
            }
            int piece = Math.min(LONGEST, bytes.length - written);
            int result =
                    own < 0 ? sys.writeAtOnce(STDERR, bytes, written, piece) : sys.write(own, bytes, written, piece);
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
