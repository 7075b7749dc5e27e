package dev.pintle.init.tool;

import dev.pintle.init.log.Gunzip;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.ToolSys;
import org.jspecify.annotations.Nullable;

/** One file of a log, open, which is read from front to back: as it is, or unpacked. */
final class LogFile {
    private final ToolSys sys;
    final String path;
    private final boolean packed;
    private final FileFacts facts = new FileFacts();
    private int file;
    private @Nullable Gunzip gunzip;

    /** Where its lines begin: a file in memory has something else before them. */
    private final long first;
    /** Where reading begins: this many bytes, or unpacked lines, are passed over. */
    long start;

    /** How much can be read; of a packed file not in bytes that are read. */
    private long size;

    private long at;
    /** Whether it could not be read to its end, and whether that was said. */
    boolean failed;

    boolean told;

    /**
     * Opens a file. A service may have put anything in its place: to open a FIFO would wait, and to read a device may do more.
     *
     * @param packed whether gzip has made it
     * @param first  where its lines begin
     */
    LogFile(ToolSys sys, String path, boolean packed, long first) {
        this.first = first;
        this.sys = sys;
        this.path = path;
        this.packed = packed;
        file = sys.stat(path, facts);
        if (file == 0) {
            file = facts.regular
                    ? sys.open(path, ToolSys.READ | ToolSys.TRUSTED | ToolSys.WITHOUT_WAITING, 0)
                    : -Errno.EINVAL;
        }
        if (file >= 0 && sys.statOpen(file, facts) == 0 && !facts.regular) {
            close();
            file = -Errno.EINVAL;
        }
        size = facts.size;
    }

    /** 0 where it is open, else why it is not. */
    int errno() {
        return file < 0 ? -file : 0;
    }

    boolean packed() {
        return packed;
    }

    long size() {
        return size;
    }

    /** Whether there are no lines in it. */
    boolean isEmpty() {
        return size <= first;
    }

    /** How far it was read. */
    long at() {
        return at;
    }

    /** When it was written last. */
    long modified() {
        return facts.modified;
    }

    /** Whether a path leads to this very file. */
    boolean isAt(String other) {
        FileFacts there = new FileFacts();
        return sys.stat(other, there) == 0 && there.inode == facts.inode && there.device == facts.device;
    }

    boolean isSame(LogFile other) {
        return other.facts.inode == facts.inode && other.facts.device == facts.device;
    }

    /** Whether this packed file is what became of another: what it says of itself is the other's size and checksum. */
    boolean isPacked(LogFile other) {
        if (!packed || other.packed) {
            return false;
        }
        byte[] trailer = new byte[Gunzip.TRAILER];
        boolean whole = sys.readAt(file, size - trailer.length, trailer, 0, trailer.length) == trailer.length;
        return whole && Gunzip.fits(trailer, sys, other.file);
    }

    /** Looks how large it is by now; one that was cut off is read again from its beginning. */
    void measure() {
        if (sys.statOpen(file, facts) == 0) {
            size = facts.size;
            at = !packed && at > size ? first : at;
        }
    }

    /** Goes back to where reading begins. */
    void rewind() {
        at = packed ? 0 : start;
        gunzip = null;
        failed = false;
    }

    /** Passes over what comes before a place. */
    long passTo(long place) {
        long passed = Math.max(0, place - at);
        at += passed;
        return passed;
    }

    /** The next bytes; 0 where there are no more for now; why not as a negated errno, or {@link Gunzip#DAMAGED}. */
    int read(byte[] to, int offset, int length) {
        if (!packed) {
            int got = readAt(at, to, offset, (int) Math.min(length, size - at));
            at += Math.max(got, 0);
            return got;
        }
        if (gunzip == null) {
            gunzip = new Gunzip(sys, file);
        }
        return gunzip.read(to, offset, length);
    }

    /** Reads at a place of a file that is not packed. */
    int readAt(long place, byte[] to, int offset, int length) {
        return length <= 0 ? 0 : sys.readAt(file, place, to, offset, length);
    }

    void close() {
        if (file >= 0) {
            sys.close(file);
        }
    }
}
