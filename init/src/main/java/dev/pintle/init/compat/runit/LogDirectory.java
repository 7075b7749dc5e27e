package dev.pintle.init.compat.runit;

import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.Files;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Timestamp;
import dev.pintle.init.sys.ToolSys;
import java.util.List;

/**
 * One log directory: what svlogd(8) keeps in it. Once it is open, its files are named from within, so that it may be moved
 * or its name given to another meanwhile.
 */
final class LogDirectory {
    private static final byte[] LINE_END = {'\n'};
    private static final String CURRENT = "current";
    private static final int APPENDED = ToolSys.WRITE | ToolSys.APPEND | ToolSys.CREATE;
    private static final int MODE = 0644;
    /** Of a file that was closed in order; without it, a svlogd was killed. */
    private static final int CLOSED_MODE = 0744;

    private static final int OWNER_EXECUTES = 0100;
    /** Of {@code @}, 24 digits, a dot and a letter. */
    private static final int NAME_LENGTH = 27;

    private static final int LARGEST_CONFIG = 1 << 16;
    private static final long NANOS = 1_000_000_000L;

    private final Svlogd program;
    private final LogReport report;
    private final ToolSys sys;
    private final String name;
    private final FileFacts facts = new FileFacts();
    private final byte[] pending = new byte[1 << 13];
    private int pendingSize;

    private LogConfig config = new LogConfig();
    private int directory = -1;
    private int lock = -1;
    private int current = -1;
    /** Of the present file, with what is pending. */
    private long size;

    private long rotateAt = Long.MAX_VALUE;
    private final LogProcessor processor;

    /** Whether the line that is being read goes here. */
    boolean selected;

    /** A directory that is not open yet. */
    LogDirectory(Svlogd program, String name) {
        this.program = program;
        this.report = program.report;
        this.sys = program.report.sys();
        this.name = name;
        this.processor = new LogProcessor(report, name);
    }

    boolean isOpen() {
        return directory >= 0;
    }

    LogConfig config() {
        return config;
    }

    /** When it is to be set aside for its age, in nanoseconds since 1970. */
    long rotateAt() {
        return rotateAt;
    }

    // Opening and closing

    /** Opens it, from the directory that this program was started in; whether that could be done. */
    boolean open() {
        lock = -1;
        directory = sys.open(name, ToolSys.READ, 0);
        if (directory < 0) {
            return refuse("unable to open log directory", -directory);
        }
        int entered = sys.enterDirectory(directory);
        if (entered < 0) {
            return refuse("unable to change directory", -entered);
        }
        lock = sys.open("lock", APPENDED | ToolSys.TRUSTED, 0600);
        int locked = lock < 0 ? lock : sys.lock(lock, false);
        if (locked < 0) {
            return refuse("unable to lock directory", -locked);
        }
        readConfig();
        return openCurrent();
    }

    private boolean refuse(String what, int errno) {
        sys.close(lock);
        sys.close(directory);
        directory = -1;
        report.warn(what + ": " + name, errno);
        return false;
    }

    private void readConfig() {
        Files.Reading reading = Files.read(sys, "config", LARGEST_CONFIG);
        if (reading.errno() != 0 && reading.errno() != Errno.ENOENT) {
            report.warn("unable to read config: " + name, reading.errno());
        }
        String text = reading.text();
        config = text == null ? new LogConfig() : new LogConfig(text);
        if (reading.errno() != Errno.ENOENT) {
            report.inform("read: " + name + "/config");
        }
        for (String trouble : config.troubles) {
            report.warn(trouble);
        }
        rotateAt = config.maxAge == 0 ? Long.MAX_VALUE : sys.wallClockNanos() + config.maxAge * NANOS;
        processor.setCommand(config.processor);
    }

    private boolean openCurrent() {
        int found = sys.stat(CURRENT, facts);
        size = found < 0 ? 0 : facts.size;
        if (found < 0 && found != -Errno.ENOENT) {
            return refuse("unable to stat current", -found);
        }
        if (size > 0 && (facts.mode & OWNER_EXECUTES) == 0) {
            setAside(unusedName('u'));
            removeOldest();
            found = -Errno.ENOENT;
        }
        openNew("unable to open current");
        report.inform((found < 0 ? "new: " : "append: ") + name + "/" + CURRENT);
        return true;
    }

    private void openNew(String trouble) {
        do {
            current = sys.open(CURRENT, APPENDED | ToolSys.TRUSTED, 0600);
        } while (report.hasFailed(current, trouble, name));
        setMode(MODE);
    }

    private void setMode(int mode) {
        while (report.hasFailed(sys.changeModeOf(current, mode), "unable to set mode of current", name)) {}
    }

    private void closeCurrent() {
        flush();
        while (report.hasFailed(sys.sync(current), "unable to fsync current logfile", name)) {}
        setMode(CLOSED_MODE);
        sys.close(current);
    }

    /** Closes it, with everything in its file. */
    void close() {
        if (isOpen()) {
            report.inform("close: " + name);
            enter();
            closeCurrent();
            sys.close(lock);
            sys.close(directory);
            directory = -1;
        }
    }

    private void enter() {
        while (report.hasFailed(sys.enterDirectory(directory), "unable to change directory", name)) {}
    }

    // Writing

    /** Takes a part of a line. */
    void append(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int piece = to - at;
            if (config.maxSize > 0) {
                if (size >= config.maxSize) {
                    rotate();
                }
                piece = (int) Math.min(piece, config.maxSize - size);
            }
            if (pendingSize == pending.length) {
                flush();
            }
            piece = Math.min(piece, pending.length - pendingSize);
            System.arraycopy(bytes, at, pending, pendingSize, piece);
            pendingSize += piece;
            size += piece;
            at += piece;
        }
    }

    /** Ends a line. */
    void endLine() {
        append(LINE_END, 0, 1);
        // A file that is too small for the longest line is filled, as the original fills it.
        long room = config.maxSize - size;
        if (config.maxSize >= program.longestLine && config.maxSize > 0 && room <= program.longestLine) {
            rotate();
        }
    }

    /** Writes what is pending; waits for room on the disk. */
    void flush() {
        int at = 0;
        while (at < pendingSize) {
            int result = sys.write(current, pending, at, pendingSize - at);
            if (result >= 0) {
                at += result;
            } else if (result != -Errno.ENOSPC || !makeRoom()) {
                report.hasFailed(result, "unable to write to current", name);
            }
        }
        pendingSize = 0;
    }

    /** Removes the oldest file to make room; whether that was possible. */
    private boolean makeRoom() {
        if (config.least >= config.most) {
            return false;
        }
        enter();
        Aside aside = new Aside(false);
        if (aside.count <= config.least || aside.oldest.isEmpty()) {
            return false;
        }
        report.warn("out of disk space, delete: " + name + "/" + aside.oldest);
        return remove(aside.oldest, "oldest logfile");
    }

    private boolean remove(String file, String what) {
        int result = sys.remove(file);
        if (result < 0) {
            report.warn("unable to unlink " + what + ": " + name, -result);
        }
        return result >= 0;
    }

    // Files that were set aside

    /** Sets the present file aside, unless there is nothing in it. */
    void rotate() {
        if (!isOpen()) {
            return;
        }
        awaitProcessor();
        enter();
        long now = sys.wallClockNanos();
        if (rotateAt < now) {
            rotateAt = now + config.maxAge * NANOS;
        }
        if (size == 0) {
            return;
        }
        closeCurrent();
        String aside = unusedName(config.processor.isEmpty() ? 's' : 'u');
        report.inform("rename: " + name + "/" + CURRENT + " " + aside + " " + size);
        setAside(aside);
        openNew("unable to create new current");
        size = 0;
        removeOldest();
        processor.start(aside);
    }

    private String unusedName(char kind) {
        byte[] stamp = new byte[NAME_LENGTH];
        String unused;
        do {
            int end = Timestamp.appendTai64n(stamp, 0, sys.wallClockNanos());
            stamp[end] = '.';
            stamp[end + 1] = (byte) kind;
            unused = RawText.decode(stamp, 0, NAME_LENGTH);
        } while (sys.stat(unused, facts) == 0);
        return unused;
    }

    private void setAside(String aside) {
        while (report.hasFailed(sys.rename(CURRENT, aside), "unable to rename current", name)) {}
        size = 0;
    }

    /** Once for each file that comes. */
    private void removeOldest() {
        Aside aside = new Aside(true);
        if (config.most > 0 && aside.count > config.most) {
            report.inform("delete: " + name + "/" + aside.oldest);
            remove(aside.oldest, "oldest logfile");
        }
    }

    /** What was set aside so far and is not to be processed any more, as Debian's svlogd counts. */
    private final class Aside {
        int count;
        String oldest = "";

        /** Looks, and takes away what processors left that did not end. */
        Aside(boolean clean) {
            List<String> names = sys.list(".");
            while (names == null) {
                report.hasFailed(-Errno.EACCES, "unable to open directory, want rotate", name);
                names = sys.list(".");
            }
            for (String each : names) {
                if (each.length() != NAME_LENGTH || each.charAt(0) != '@') {
                    continue;
                }
                char kind = each.charAt(NAME_LENGTH - 1);
                if (kind == 't' && clean) {
                    remove(each, "processor leftover");
                } else if (kind == 's') {
                    count++;
                    oldest = oldest.isEmpty() || each.compareTo(oldest) < 0 ? each : oldest;
                }
            }
        }
    }

    // The processor

    /** Takes the end of a child, if it is this directory's processor; whether it was. */
    boolean processorEnded(int pid, boolean well) {
        if (!processor.forget(pid)) {
            return false;
        }
        if (isOpen()) {
            enter();
            processor.conclude(well);
        }
        return true;
    }

    /** Waits until nothing is being processed. */
    void awaitProcessor() {
        while (processor.isRunning()) {
            program.awaitSignals();
        }
    }
}
