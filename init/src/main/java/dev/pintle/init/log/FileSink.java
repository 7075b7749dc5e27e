package dev.pintle.init.log;

import dev.pintle.init.program.Output;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.ToolSys;
import org.jspecify.annotations.Nullable;

/**
 * A file that is set aside as {@code FILE.1} when it has grown too large, that as {@code FILE.2}, and so on. A disk that is
 * full costs lines, not time: they are counted, and how many were lost is written where they would have been.
 */
final class FileSink implements Sink {
    private static final int MODE = 0644;
    /** The directory may be a user's: no link of that one's is followed, and a FIFO that nobody reads is not waited for. */
    private static final int FLAGS = ToolSys.WRITE | ToolSys.APPEND | ToolSys.TRUSTED | ToolSys.WITHOUT_WAITING;

    private static final int TAIL = 65_536;
    /** How much of a line may come after the file is full: it is not set aside within one that is shorter. */
    private static final int LONGEST_REST = 1 << 15;

    private final ToolSys sys;
    private final Output output;
    private final String path;
    private final long maxSize;
    private final int maxFiles;
    private final boolean compressed;
    private int file = -1;
    /** Whether it can be set aside: no device, and no FIFO. */
    private boolean regular;

    private long size;
    /** Whether the last that was written is a part of a line whose rest may come. */
    private boolean inLine;
    /** Whether the part of a line at its end may be another stream's. */
    boolean shared;

    private @Nullable Gzip gzip;

    private long lostLines;
    private int lostFor;

    /**
     * A file, which is opened at once.
     *
     * @param maxSize    bytes; 0 for no limit
     * @param maxFiles   how many are kept beside the present one
     * @param compressed whether these are compressed
     */
    FileSink(ToolSys sys, Output output, String path, long maxSize, int maxFiles, boolean compressed) {
        this.sys = sys;
        this.output = output;
        this.path = path;
        this.maxSize = maxSize;
        this.maxFiles = maxFiles;
        this.compressed = compressed;
        openOrMake();
    }

    String path() {
        return path;
    }

    @Override
    public String trouble() {
        return lostFor == 0 ? "" : "cannot write to " + path + ": " + Errno.describe(lostFor);
    }

    @Override
    public boolean open() {
        if (file < 0) {
            openOrMake();
        }
        return file >= 0;
    }

    private void openOrMake() {
        file = sys.open(path, FLAGS | ToolSys.CREATE, MODE);
        if (file == -Errno.ENOENT && path.lastIndexOf('/') > 0) {
            sys.makeDirectory(path.substring(0, path.lastIndexOf('/')), 0755);
            file = sys.open(path, FLAGS | ToolSys.CREATE, MODE);
        }
        look();
        if (file < 0) {
            complain(-file);
        }
    }

    private void look() {
        FileFacts facts = new FileFacts();
        regular = file >= 0 && sys.statOpen(file, facts) == 0 && facts.regular;
        size = regular ? facts.size : 0;
    }

    /** Opens the file after one that was set aside, with that one's owner and permissions. */
    private void openLike(FileFacts before) {
        file = sys.open(path, FLAGS | ToolSys.NEW, MODE);
        if (file < 0) {
            openOrMake();
            return;
        }
        takeAfter(sys, file, before);
        look();
    }

    /** Gives a new file the owner and permissions of another; what is refused stays as it is. */
    static void takeAfter(ToolSys sys, int file, FileFacts other) {
        FileFacts facts = new FileFacts();
        if (sys.statOpen(file, facts) < 0) {
            return;
        }
        boolean given = facts.userId == other.userId && facts.groupId == other.groupId;
        if (given || sys.changeOwnerOf(file, other.userId, other.groupId) == 0) {
            sys.changeModeOf(file, other.mode);
        }
    }

    /**
     * Sees to it that the file ends with a line: a logger that was killed may have left a part of one, and a line is not
     * joined to it.
     *
     * @param comesAgain whether the whole line is still to be written: then the part is taken away
     */
    void mend(boolean comesAgain) {
        if (size == 0 || file < 0) {
            return;
        }
        int reader = sys.open(path, ToolSys.READ | ToolSys.TRUSTED | ToolSys.WITHOUT_WAITING, 0);
        long from = Math.max(0, size - TAIL);
        byte[] tail = new byte[(int) (size - from)];
        int got = reader < 0 ? reader : sys.readAt(reader, from, tail, 0, tail.length);
        sys.close(reader);
        if (got <= 0 || tail[got - 1] == '\n') {
            return;
        }
        int whole = Lines.lastEnd(tail, 0, got);
        if (comesAgain && !shared && (whole > 0 || from == 0)) {
            size = from + whole;
            sys.truncate(file, size);
        } else {
            write(new byte[] {'\n'}, 0, 1);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            int piece = end - at;
            long room = maxSize - size;
            if (maxSize > 0 && regular && piece > room && inLine && size < maxSize + LONGEST_REST) {
                int line = sys.find((byte) '\n', bytes, at, end);
                piece = line < 0 ? piece : line + 1 - at;
            } else if (maxSize > 0 && regular && piece > room) {
                int whole = room <= 0 ? at : Lines.lastEnd(bytes, at, at + (int) room);
                if (whole == at && size > 0) {
                    rotate();
                    if (size > 0) {
                        // It cannot be set aside, and better grows than loses what comes.
                        append(bytes, at, piece);
                        return;
                    }
                    continue;
                }
                int line = sys.find((byte) '\n', bytes, at, end);
                piece = whole > at ? whole - at : line < 0 ? piece : line + 1 - at;
            }
            append(bytes, at, piece);
            at += piece;
        }
    }

    private void append(byte[] bytes, int offset, int length) {
        if (file < 0) {
            reopen();
        }
        if (lostLines > 0 && !reportLoss()) {
            lostLines += Lines.count(bytes, offset, offset + length);
            return;
        }
        int written = 0;
        while (written < length) {
            int result = file < 0 ? file : sys.write(file, bytes, offset + written, length - written);
            if (result <= 0) {
                lose(bytes, offset, written, length, -result);
                return;
            }
            written += result;
        }
        size += length;
        inLine = bytes[offset + length - 1] != '\n';
    }

    /** A part of a line that was written before the disk was full is taken away again. */
    private void lose(byte[] bytes, int offset, int written, int length, int errno) {
        int whole = Lines.lastEnd(bytes, offset, offset + written) - offset;
        size += whole;
        if (whole < written) {
            sys.truncate(file, size);
        }
        lostLines += Lines.count(bytes, offset + whole, offset + length);
        complain(errno);
    }

    private void complain(int errno) {
        if (lostFor != errno) {
            lostFor = errno;
            output.complain("cannot write to " + path + ": " + Errno.describe(errno)
                    + "; lines are lost and counted until it can be written to");
        }
    }

    private boolean reportLoss() {
        byte[] report = RawText.encode((inLine ? "\n" : "") + "pintle-log: " + lostLines + " lines were lost: "
                + Errno.describe(lostFor) + "\n");
        int result = file < 0 ? file : sys.write(file, report, 0, report.length);
        if (result < report.length) {
            if (result > 0) {
                sys.truncate(file, size);
            }
            return false;
        }
        output.complain("can write to " + path + " again; " + lostLines + " lines were lost");
        size += report.length;
        inLine = false;
        lostLines = 0;
        lostFor = 0;
        return true;
    }

    @Override
    public void reopen() {
        sys.close(file);
        openOrMake();
    }

    @Override
    public void rotate() {
        if (file >= 0 && !regular) {
            return;
        }
        finishWork();
        FileFacts before = new FileFacts();
        boolean known = file >= 0 && sys.statOpen(file, before) == 0;
        sys.close(file);
        if (maxFiles == 0) {
            sys.remove(path);
        }
        for (int i = maxFiles; i > 0; i--) {
            String from = i == 1 ? path : path + "." + (i - 1);
            String to = path + "." + i;
            // Where there are both, a logger was killed before it could remove the one that it had compressed.
            boolean plain = sys.rename(from, to) == 0;
            if (i > 1 && sys.rename(from + ".gz", to + ".gz") == 0) {
                sys.remove(to);
            } else if (plain) {
                sys.remove(to + ".gz");
            }
        }
        if (known) {
            openLike(before);
        } else {
            openOrMake();
        }
        if (compressed && maxFiles > 0) {
            gzip = new Gzip(sys, path + ".1");
        }
    }

    @Override
    public boolean work() {
        if (gzip != null && !gzip.step()) {
            gzip = null;
        }
        return gzip != null;
    }

    private void finishWork() {
        while (work()) {
            // One piece after the other.
        }
    }

    @Override
    public void close() {
        finishWork();
        sys.sync(file);
        sys.close(file);
    }
}
